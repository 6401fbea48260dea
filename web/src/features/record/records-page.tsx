import { FilePlus2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { Banner } from '../../components/banner';
import { Button, buttonClass } from '../../components/button';
import { Page, PageHead } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { SelectField } from '../../components/select-field';
import { Empty, Failed, Loading } from '../../components/states';
import { TextField } from '../../components/text-field';
import { MeDocument, MedicalRecordsDocument, type MedicalRecordStatus, type MedicalRecordWhere } from '../../gql/record';
import { localeOf, useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { RecordTable } from './record-table';

const statuses: readonly MedicalRecordStatus[] = ['DRAFT', 'SIGNED', 'AMENDED', 'ENTERED_IN_ERROR'];

/** Medical records of all patients, newest first. What is picked stands in the address: /records?status=DRAFT&of=me; words that are typed do not. */
export default function RecordsPage() {
  const { t, language } = useI18n();
  const { may } = useSession();
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch());
  const status = statuses.find((one) => one === asked.get('status')) ?? 'ANY';
  const [diagnosis, setDiagnosis] = useState('');
  const [page, setPage] = useState<PageOf>(firstPage);
  const me = useApiQuery(MeDocument, {}).data?.viewer?.user.practitioner?.id;
  const isMine = asked.get('of') === 'me' && me !== undefined;
  const where: MedicalRecordWhere = {
    ...(status !== 'ANY' && { status: { eq: status } }),
    ...(isMine && { practitionerId: { eq: me } }),
    ...(diagnosis.trim() && { or: [{ diagnosis: { contains: diagnosis.trim().slice(0, 100) } }, { code: { startsWith: diagnosis.trim().slice(0, 50) } }] }),
  };
  const { data, error, isLoading, isStale, retry } = useApiQuery(MedicalRecordsDocument, { ...page, where }, { keepsOld: true });
  const unsigned = useApiQuery(
    MedicalRecordsDocument,
    { first: 1, where: { status: { eq: 'DRAFT' }, practitionerId: { eq: me ?? '' } } },
    { pause: !me, keepsOld: true },
  ).data?.medicalRecords.totalCount;
  const list = data?.medicalRecords;
  const narrow = (name: 'status' | 'of', value: string) => {
    if (value) asked.set(name, value);
    else asked.delete(name);
    setPage(firstPage);
    navigate(`/records${asked.size > 0 ? `?${asked}` : ''}`, { replace: true });
  };
  const isNarrowed = status !== 'ANY' || isMine || diagnosis.trim() !== '';
  const clear = () => {
    setDiagnosis('');
    setPage(firstPage);
    navigate('/records', { replace: true });
  };
  const isUnsignedShown = status === 'DRAFT' && isMine;
  useKeys([
    { key: '/', label: t('patient.filter'), run: () => document.querySelector<HTMLInputElement>('#filters input')?.focus() },
    ...(may('createMedicalRecord') ? [{ key: 'r', label: t('record.new'), run: () => navigate('/records/new'), isInBar: true }] : []),
  ]);
  const add = may('createMedicalRecord') && (
    <Link href="/records/new" className={buttonClass('main')}>
      <FilePlus2 className="size-4" aria-hidden="true" />
      {t('record.new')}
    </Link>
  );
  return (
    <Page>
      <div className="max-s:px-4">
        <PageHead title={t('shell.records')} count={list?.totalCount?.toLocaleString(localeOf[language])}>
          {add}
        </PageHead>
      </div>
      {unsigned != null && unsigned > 0 && !isUnsignedShown && (
        <Banner tone="warn" title={t('record.unsignedMine', { count: unsigned })}>
          <Button isSmall onPress={() => navigate('/records?status=DRAFT&of=me')}>
            {t('record.showUnsigned')}
          </Button>
        </Banner>
      )}
      <section aria-label={t('shell.records')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
        <div id="filters" className="grid grid-cols-[minmax(0,30rem)_12rem_12rem] gap-3 border-b border-line p-4 max-m:grid-cols-2 max-s:grid-cols-1">
          <TextField
            label={t('record.diagnosis')}
            value={diagnosis}
            onChange={(words) => {
              setDiagnosis(words);
              setPage(firstPage);
            }}
          />
          <SelectField
            label={t('record.status')}
            value={status}
            onChange={(next) => narrow('status', next === 'ANY' ? '' : next)}
            choices={[{ value: 'ANY' as const, label: t('common.any') }, ...statuses.map((value) => ({ value, label: t(`record.${value}`) }))]}
          />
          {me && (
            <SelectField
              label={t('record.mine')}
              value={isMine ? 'me' : 'all'}
              onChange={(next) => narrow('of', next === 'me' ? 'me' : '')}
              choices={[
                { value: 'all', label: t('record.everybodys') },
                { value: 'me', label: t('record.onlyMine') },
              ]}
            />
          )}
        </div>
        {error && !list && <Failed error={error} onRetry={retry} />}
        {isLoading && <Loading />}
        {list?.nodes.length === 0 && (
          <Empty title={t('record.none')}>
            {isNarrowed && <Button onPress={clear}>{t('common.clearFilters')}</Button>}
            {add}
          </Empty>
        )}
        {list && list.nodes.length > 0 && <RecordTable rows={list.nodes} isStale={isStale} />}
        {list && <Pager info={list.pageInfo} onGo={setPage} />}
      </section>
    </Page>
  );
}
