import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Page, PageHead } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { SelectField } from '../../components/select-field';
import { Empty, Failed, Loading } from '../../components/states';
import { TextField } from '../../components/text-field';
import { type AppointmentStatus, AppointmentsDocument } from '../../gql/appointment';
import { addDays } from '../../lib/clinic-day';
import { localeOf, useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { useSoon } from '../../lib/use-soon';
import { useToday } from '../../lib/use-today';
import { useWindows } from '../../lib/windows';
import { type Filters, noFilters, whereOf } from './appointment-filters';
import { AppointmentTable } from './appointment-table';
import { PractitionerField } from '../../components/practitioner-field';
import { useAppointmentChanges } from './use-appointment-changes';

const statuses: readonly AppointmentStatus[] = ['REQUESTED', 'BOOKED', 'CHECKED_IN', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED', 'NO_SHOW'];

/** All appointments, narrowed by when, status and practitioner. */
export default function AppointmentsPage() {
  const { t, language } = useI18n();
  const { clinic, may } = useSession();
  const open = useWindows();
  const today = useToday();
  const [filters, setFilters] = useState<Filters>(noFilters);
  const [page, setPage] = useState<PageOf>(firstPage);
  const { data, error, isLoading, isStale, retry } = useApiQuery(
    AppointmentsDocument,
    {
      ...page,
      where: whereOf(filters, today, clinic.timeZone),
      orderBy: [{ field: 'STARTS_AT', direction: filters.when === 'past' ? 'DESC' : 'ASC' }],
    },
    { keepsOld: true },
  );
  // A month to either side is as far as changes are told at once.
  const [from, until] = filters.when === 'past' ? [addDays(today, -31), today] : [today, addDays(today, 31)];
  useAppointmentChanges({ days: { from, until } }, useSoon(retry));
  const list = data?.appointments;
  const narrow = (change: Partial<Filters>) => {
    setFilters({ ...filters, ...change });
    setPage(firstPage);
  };
  useKeys([{ key: '/', label: t('appointment.filter'), run: () => document.querySelector<HTMLElement>('#filters button')?.focus() }]);
  const isNarrowed = filters !== noFilters;
  const book = may('bookAppointment') && (
    <Button kind="main" keyHint="b" icon={<CalendarPlus className="size-4" aria-hidden="true" />} onPress={() => open({ name: 'book' })}>
      {t('appointment.book')}
    </Button>
  );
  return (
    <Page>
      <div className="max-s:px-4">
        <PageHead title={t('shell.appointments')} count={list?.totalCount?.toLocaleString(localeOf[language])}>
          {book}
        </PageHead>
      </div>
      <section aria-label={t('shell.appointments')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
        <div id="filters" className="border-b border-line p-4">
          <div className="grid items-start gap-3 s:flex s:flex-wrap s:[&>*]:w-60">
            <SelectField
              label={t('appointment.when')}
              value={filters.when}
              onChange={(when) => narrow({ when })}
              choices={[
                { value: 'coming', label: t('appointment.coming') },
                { value: 'today', label: t('shell.today') },
                { value: 'past', label: t('appointment.past') },
                { value: 'between', label: t('appointment.between') },
              ]}
            />
            {filters.when === 'between' && (
              <>
                <TextField label={t('appointment.from')} placeholder="1-11" value={filters.from} onChange={(from) => narrow({ from })} />
                <TextField label={t('appointment.until')} placeholder="30-11" value={filters.until} onChange={(until) => narrow({ until })} />
              </>
            )}
            <SelectField
              label={t('appointment.status')}
              value={filters.status}
              onChange={(status) => narrow({ status })}
              choices={[{ value: 'ANY', label: t('common.any') }, ...statuses.map((value) => ({ value, label: t(`appointment.${value}`) }))]}
            />
            <PractitionerField
              label={t('appointment.practitioner')}
              placeholder={t('common.any')}
              practitioner={filters.practitioner}
              onChoose={(practitioner) => narrow({ practitioner })}
            />
          </div>
        </div>
        {error && !list && <Failed error={error} onRetry={retry} />}
        {isLoading && <Loading />}
        {list?.nodes.length === 0 && (
          <Empty title={t('appointment.none')}>
            {isNarrowed && <Button onPress={() => narrow(noFilters)}>{t('common.clearFilters')}</Button>}
            {book}
          </Empty>
        )}
        {list && list.nodes.length > 0 && <AppointmentTable rows={list.nodes} isOneDay={filters.when === 'today'} isStale={isStale} />}
        {list && <Pager info={list.pageInfo} onGo={setPage} />}
      </section>
    </Page>
  );
}
