import { useState } from 'react';
import { Page, PageHead } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { SelectField } from '../../components/select-field';
import { Empty, Failed, Loading } from '../../components/states';
import { MedicalRecordsDocument, type MedicalRecordStatus } from '../../gql/record';
import { localeOf, useI18n } from '../../lib/i18n';
import { useApiQuery } from '../../lib/use-api';
import { RecordTable } from './record-table';

const statuses: readonly MedicalRecordStatus[] = ['DRAFT', 'SIGNED', 'AMENDED'];

/** Medical records of all patients, newest first. */
export default function RecordsPage() {
  const { t, language } = useI18n();
  const [status, setStatus] = useState<MedicalRecordStatus | 'ANY'>('ANY');
  const [page, setPage] = useState<PageOf>(firstPage);
  const { data, error, isLoading, isStale, retry } = useApiQuery(
    MedicalRecordsDocument,
    { ...page, ...(status !== 'ANY' && { where: { status: { eq: status } } }) },
    { keepsOld: true },
  );
  const list = data?.medicalRecords;
  return (
    <Page>
      <div className="max-s:px-4">
        <PageHead title={t('shell.records')} count={list?.totalCount.toLocaleString(localeOf[language])} />
      </div>
      <section aria-label={t('shell.records')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
        <div className="border-b border-line p-4 s:max-w-60">
          <SelectField
            label={t('record.status')}
            value={status}
            onChange={(next) => {
              setStatus(next);
              setPage(firstPage);
            }}
            choices={[{ value: 'ANY' as const, label: t('common.any') }, ...statuses.map((value) => ({ value, label: t(`record.${value}`) }))]}
          />
        </div>
        {error && !list && <Failed error={error} onRetry={retry} />}
        {isLoading && <Loading />}
        {list?.nodes.length === 0 && <Empty title={t('record.none')} />}
        {list && list.nodes.length > 0 && <RecordTable rows={list.nodes} isStale={isStale} />}
        {list && <Pager info={list.pageInfo} onGo={setPage} />}
      </section>
    </Page>
  );
}
