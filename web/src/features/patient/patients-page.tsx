import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useWindows } from '../../lib/windows';
import { Button } from '../../components/button';
import { Page, PageHead } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { Empty, Failed, Loading } from '../../components/states';
import { PatientsDocument } from '../../gql/patient';
import { localeOf, useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { type Filters, noFilters, PatientFilters, whereOf } from './patient-filters';
import { PatientTable } from './patient-table';
import { usePatientChanges } from './use-patient-changes';

/** All patients by name, narrowed by what one picks. */
export default function PatientsPage() {
  const { t, language } = useI18n();
  const { may, clinic } = useSession();
  const open = useWindows();
  const [filters, setFilters] = useState<Filters>(noFilters);
  const [page, setPage] = useState<PageOf>(firstPage);
  const { data, error, isLoading, isStale, retry } = useApiQuery(
    PatientsDocument,
    { ...page, where: whereOf(filters, clinic.today) },
    { keepsOld: true },
  );
  const narrow = (next: Filters) => {
    setFilters(next);
    setPage(firstPage);
  };
  useKeys([{ key: '/', label: t('patient.filter'), run: () => document.querySelector<HTMLInputElement>('#filters input')?.focus() }]);
  const list = data?.patients;
  usePatientChanges(list?.nodes.map(({ id }) => id) ?? [], retry);
  const isNarrowed = filters !== noFilters;
  const add = may('createPatient') && (
    <Button
      kind="main"
      keyHint="n"
      icon={<UserPlus className="size-4" aria-hidden="true" />}
      onPress={() => open({ name: 'newPatient', typed: filters.name })}
    >
      {t('patient.new')}
    </Button>
  );
  return (
    <Page>
      <div className="max-s:px-4">
        <PageHead title={t('shell.patients')} count={list?.totalCount?.toLocaleString(localeOf[language])}>
          {add}
        </PageHead>
      </div>
      <section aria-label={t('shell.patients')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
        <PatientFilters filters={filters} onChange={narrow} />
        {error && !list && <Failed error={error} onRetry={retry} />}
        {isLoading && <Loading rows={12} />}
        {list?.nodes.length === 0 && (
          <Empty title={t(isNarrowed ? 'patient.noneFits' : 'patient.none')}>
            {isNarrowed && <Button onPress={() => narrow(noFilters)}>{t('common.clearFilters')}</Button>}
            {add}
          </Empty>
        )}
        {list && list.nodes.length > 0 && <PatientTable rows={list.nodes} isStale={isStale} />}
        {list && <Pager info={list.pageInfo} onGo={setPage} />}
      </section>
    </Page>
  );
}
