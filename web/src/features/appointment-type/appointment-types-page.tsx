import { Check, CircleX, Plus } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../../components/badge';
import { Button } from '../../components/button';
import { ClinicTabs } from '../../components/clinic-tabs';
import { Page, PageHead } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { Empty, Failed, Loading } from '../../components/states';
import { type Column, Table } from '../../components/table';
import { AppointmentTypesDocument } from '../../gql/appointment-type';
import { minutesOf } from '../../lib/duration';
import { localeOf, useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { type AppointmentType, AppointmentTypeForm } from './appointment-type-form';

/** What visits are called, how long they take and what pause they need. */
export default function AppointmentTypesPage() {
  const { t, language } = useI18n();
  const { may } = useSession();
  const [page, setPage] = useState<PageOf>(firstPage);
  const [open, setOpen] = useState<AppointmentType | 'new' | null>(null);
  const { data, error, isLoading, isStale, retry } = useApiQuery(AppointmentTypesDocument, page, { keepsOld: true });
  const list = data?.appointmentTypes;
  const mayChange = may('updateAppointmentType');
  const add = may('createAppointmentType') && (
    <Button kind="main" icon={<Plus className="size-4" aria-hidden="true" />} onPress={() => setOpen('new')}>
      {t('appointmentType.new')}
    </Button>
  );
  const minutes = (duration: string) => {
    const count = minutesOf(duration);
    return <span className="tabular">{count > 0 ? t('appointmentType.minutes', { count }) : '—'}</span>;
  };
  const columns: Column<AppointmentType>[] = [
    {
      head: t('appointmentType.name'),
      cell: ({ name, color }) => (
        <span className="inline-flex items-center gap-2">
          {/* The colour goes with the name, and is never the only sign. */}
          <span className="size-2.5 shrink-0 rounded-full border border-line-2" style={color ? { backgroundColor: color } : {}} aria-hidden="true" />
          {name}
        </span>
      ),
    },
    { head: t('appointmentType.length'), isPlain: true, cell: ({ length }) => minutes(length) },
    { head: t('appointmentType.before'), cell: ({ bufferBefore }) => minutes(bufferBefore) },
    { head: t('appointmentType.after'), cell: ({ bufferAfter }) => minutes(bufferAfter) },
    {
      head: t('appointmentType.state'),
      isPlain: true,
      cell: ({ isActive }) =>
        isActive ? (
          <Badge tone="ok" icon={<Check aria-hidden="true" />}>
            {t('appointmentType.active')}
          </Badge>
        ) : (
          <Badge icon={<CircleX aria-hidden="true" />}>{t('appointmentType.retired')}</Badge>
        ),
    },
    ...(mayChange
      ? [
          {
            head: t('appointmentType.editShort'),
            isPlain: true,
            cell: (row: AppointmentType) => (
              <Button isSmall aria-label={t('appointmentType.edit', { name: row.name })} onPress={() => setOpen(row)}>
                {t('appointmentType.editShort')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <ClinicTabs />
      <Page>
        <div className="max-s:px-4">
          <PageHead title={t('appointmentType.all')} count={list?.totalCount.toLocaleString(localeOf[language])}>
            {add}
          </PageHead>
        </div>
        <section aria-label={t('appointmentType.all')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
          {error && !list && <Failed error={error} onRetry={retry} />}
          {isLoading && <Loading />}
          {list?.nodes.length === 0 && <Empty title={t('appointmentType.none')}>{add}</Empty>}
          {list && list.nodes.length > 0 && (
            <Table label={t('appointmentType.all')} rows={list.nodes} keyOf={({ id }) => id} columns={columns} isStale={isStale} />
          )}
          {list && <Pager info={list.pageInfo} onGo={setPage} />}
        </section>
        {open && <AppointmentTypeForm {...(open !== 'new' && { type: open })} onClose={() => setOpen(null)} onDone={retry} />}
      </Page>
    </>
  );
}
