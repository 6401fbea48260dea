import { useState } from 'react';
import { Button } from '../../components/button';
import { Checkbox } from '../../components/checkbox';
import { DateField } from '../../components/date-field';
import { Page, PageHead } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { SelectField } from '../../components/select-field';
import { Empty, Failed, Loading } from '../../components/states';
import { TextField } from '../../components/text-field';
import { AuditLogDocument } from '../../gql/audit';
import { useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { type Filters, isId, kinds, noFilters, whereOf } from './audit-filters';
import { AuditTable } from './audit-table';
import { AuditTabs } from './audit-tabs';
import { SealStatus } from './seal-status';

/** Who did what, newest first. */
export default function AuditPage() {
  const { t } = useI18n();
  const { clinic } = useSession();
  const [filters, setFilters] = useState<Filters>(noFilters);
  const [page, setPage] = useState<PageOf>(firstPage);
  const { data, error, isLoading, isStale, retry } = useApiQuery(
    AuditLogDocument,
    { ...page, where: whereOf(filters, clinic.timeZone) },
    { keepsOld: true },
  );
  const narrow = (change: Partial<Filters>) => {
    setFilters({ ...filters, ...change });
    setPage(firstPage);
  };
  useKeys([{ key: '/', label: t('audit.who'), run: () => document.querySelector<HTMLInputElement>('#filters input')?.focus() }]);
  const list = data?.auditLog;
  const text = (name: 'actor' | 'from' | 'until' | 'patientId') => ({ value: filters[name], onChange: (value: string) => narrow({ [name]: value }) });
  return (
    <>
      <AuditTabs />
      <Page>
        <div className="grid gap-3 max-s:px-4">
          <PageHead title={t('audit.log')}>{filters !== noFilters && <Button onPress={() => narrow(noFilters)}>{t('common.clearFilters')}</Button>}</PageHead>
          <SealStatus />
        </div>
        <section aria-label={t('audit.log')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
          <div id="filters" className="grid grid-cols-[repeat(auto-fill,minmax(min(13rem,42%),1fr))] items-start gap-3 border-b border-line p-4">
            <TextField label={t('audit.who')} hint={t('audit.whoHint')} {...text('actor')} />
            <SelectField
              label={t('audit.what')}
              value={filters.kind}
              onChange={(kind) => narrow({ kind })}
              choices={[{ value: 'ANY' as const, label: t('common.any') }, ...kinds.map((value) => ({ value, label: t(`audit.${value}`) }))]}
            />
            <DateField label={t('audit.from')} {...text('from')} />
            <DateField label={t('audit.until')} {...text('until')} />
            <TextField
              label={t('audit.patient')}
              hint={t('audit.patientHint')}
              {...text('patientId')}
              mistake={filters.patientId.trim() && !isId(filters.patientId.trim()) ? t('error.problem', { subject: t('audit.patient'), words: t('audit.notId') }) : undefined}
            />
            <div className="pt-5">
              <Checkbox isSelected={filters.isUnderGlass} onChange={(isUnderGlass) => narrow({ isUnderGlass })}>
                {t('audit.onlyGlass')}
              </Checkbox>
            </div>
          </div>
          {error && <Failed error={error} onRetry={retry} />}
          {isLoading && <Loading />}
          {list?.nodes.length === 0 && (
            <Empty title={t('audit.none')}>
              <Button onPress={() => narrow(noFilters)}>{t('common.clearFilters')}</Button>
            </Empty>
          )}
          {list && list.nodes.length > 0 && <AuditTable rows={list.nodes} isStale={isStale} onPatient={(patientId) => narrow({ patientId })} />}
          {list && <Pager info={list.pageInfo} onGo={setPage} />}
        </section>
      </Page>
    </>
  );
}
