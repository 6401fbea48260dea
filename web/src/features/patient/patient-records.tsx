import { FilePlus2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { Tag } from '../../components/badge';
import { buttonClass } from '../../components/button';
import { Page } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { PersonName } from '../../components/person-name';
import { RecordStatusBadge } from '../../components/record-status';
import { Empty, Failed, Loading } from '../../components/states';
import { type Column, Table } from '../../components/table';
import { PatientRecordsDocument, type PatientRecordsQuery } from '../../gql/patient';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';

type Row = NonNullable<NonNullable<PatientRecordsQuery['patient']>['medicalRecords']>['nodes'][number];

/** The patient's medical records, newest first. */
export function PatientRecords({ patientId }: { patientId: string }) {
  const { t } = useI18n();
  const { day } = useFormats();
  const [page, setPage] = useState<PageOf>(firstPage);
  const { may, pastAt } = useSession();
  const { data, error, isLoading, retry } = useApiQuery(PatientRecordsDocument, { id: patientId, ...page }, { keepsOld: true });
  const home = `/patients/${patientId}/records`;
  const then = pastAt ? `?at=${encodeURIComponent(pastAt)}` : '';
  const add = may('createMedicalRecord') && (
    <Link href={`${home}/new`} className={buttonClass('main')}>
      <FilePlus2 className="size-4" aria-hidden="true" />
      {t('record.new')}
    </Link>
  );
  const list = data?.patient?.medicalRecords;
  const columns: Column<Row>[] = [
    {
      head: t('record.diagnosis'),
      cell: ({ diagnosis, code }) => (
        <>
          {diagnosis} {code && <Tag>{code}</Tag>}
        </>
      ),
    },
    { head: t('record.date'), isPlain: true, cell: ({ recordedOn }) => <span className="tabular">{day(recordedOn)}</span> },
    { head: t('record.status'), isPlain: true, cell: ({ status }) => <RecordStatusBadge status={status} /> },
    {
      head: t('appointment.practitioner'),
      isPlain: true,
      cell: ({ practitioner }) => practitioner && <PersonName>{practitioner.displayName}</PersonName>,
    },
    { head: t('record.prescription'), isPlain: true, isExtra: true, cell: ({ prescription }) => prescription },
  ];
  return (
    <Page>
      {add && <div className="flex justify-end max-s:px-4 print:hidden">{add}</div>}
      <section aria-label={t('shell.records')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
        {isLoading && <Loading />}
        {error && !list && <Failed error={error} onRetry={retry} />}
        {list?.nodes.length === 0 && <Empty title={t('record.noneOfPatient')}>{add}</Empty>}
        {list && list.nodes.length > 0 && <Table label={t('shell.records')} rows={list.nodes} keyOf={({ id }) => id} hrefOf={({ id }) => `${home}/${id}${then}`} columns={columns} />}
        {list && <Pager info={list.pageInfo} onGo={setPage} />}
      </section>
    </Page>
  );
}
