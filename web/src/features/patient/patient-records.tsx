import { useState } from 'react';
import { Tag } from '../../components/badge';
import { Banner } from '../../components/banner';
import { Page } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { PersonName } from '../../components/person-name';
import { RecordStatusBadge } from '../../components/record-status';
import { Empty, Failed, Loading } from '../../components/states';
import { type Column, Table } from '../../components/table';
import { PatientRecordsDocument, type PatientRecordsQuery } from '../../gql/patient';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useApiQuery } from '../../lib/use-api';

type Row = NonNullable<NonNullable<PatientRecordsQuery['patient']>['medicalRecords']>['nodes'][number];

/** The patient's medical records, newest first; or that the chart is closed to whoever looks. */
export function PatientRecords({ patientId, isClosed }: { patientId: string; isClosed: boolean }) {
  const { t } = useI18n();
  const { day } = useFormats();
  const [page, setPage] = useState<PageOf>(firstPage);
  const { data, error, isLoading, retry } = useApiQuery(
    PatientRecordsDocument,
    { id: patientId, ...page },
    { keepsOld: true, pause: isClosed },
  );
  if (isClosed) {
    return (
      <Page>
        <Banner tone="info" title={t('patient.closed')} />
      </Page>
    );
  }
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
      <section aria-label={t('shell.records')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
        {isLoading && <Loading />}
        {error && !list && <Failed error={error} onRetry={retry} />}
        {list?.nodes.length === 0 && <Empty title={t('record.none')} />}
        {list && list.nodes.length > 0 && <Table label={t('shell.records')} rows={list.nodes} keyOf={({ id }) => id} columns={columns} />}
        {list && <Pager info={list.pageInfo} onGo={setPage} />}
      </section>
    </Page>
  );
}
