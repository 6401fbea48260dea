import { useState } from 'react';
import { Page, PageHead } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { type Choice, SelectField } from '../../components/select-field';
import { Empty, Failed, Loading } from '../../components/states';
import { type AppointmentStatus, AppointmentsDocument } from '../../gql/appointment';
import { startOfDay } from '../../lib/clinic-day';
import { localeOf, useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { AppointmentTable } from './appointment-table';

const statuses: readonly AppointmentStatus[] = ['REQUESTED', 'BOOKED', 'CHECKED_IN', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED', 'NO_SHOW'];

/** All appointments, to come or past, by status. */
export default function AppointmentsPage() {
  const { t, language } = useI18n();
  const { clinic } = useSession();
  const [when, setWhen] = useState<'coming' | 'past'>('coming');
  const [status, setStatus] = useState<AppointmentStatus | 'ANY'>('ANY');
  const [page, setPage] = useState<PageOf>(firstPage);
  const today = startOfDay(clinic.today, clinic.timeZone);
  const { data, error, isLoading, isStale, retry } = useApiQuery(
    AppointmentsDocument,
    {
      ...page,
      where: { startsAt: when === 'coming' ? { gte: today } : { lt: today }, ...(status !== 'ANY' && { status: { eq: status } }) },
      orderBy: [{ field: 'STARTS_AT', direction: when === 'coming' ? 'ASC' : 'DESC' }],
    },
    { keepsOld: true },
  );
  const list = data?.appointments;
  const choices: Choice<AppointmentStatus | 'ANY'>[] = [
    { value: 'ANY', label: t('common.any') },
    ...statuses.map((value) => ({ value, label: t(`appointment.${value}`) })),
  ];
  return (
    <Page>
      <div className="max-s:px-4">
        <PageHead title={t('shell.appointments')} count={list?.totalCount.toLocaleString(localeOf[language])} />
      </div>
      <section aria-label={t('shell.appointments')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
        <div className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-3 border-b border-line p-4 s:max-w-[30rem]">
          <SelectField
            label={t('appointment.when')}
            value={when}
            onChange={(next) => {
              setWhen(next);
              setPage(firstPage);
            }}
            choices={[
              { value: 'coming', label: t('appointment.coming') },
              { value: 'past', label: t('appointment.past') },
            ]}
          />
          <SelectField
            label={t('appointment.status')}
            value={status}
            onChange={(next) => {
              setStatus(next);
              setPage(firstPage);
            }}
            choices={choices}
          />
        </div>
        {error && !list && <Failed error={error} onRetry={retry} />}
        {isLoading && <Loading />}
        {list?.nodes.length === 0 && <Empty title={t('appointment.none')} />}
        {list && list.nodes.length > 0 && <AppointmentTable rows={list.nodes} isStale={isStale} />}
        {list && <Pager info={list.pageInfo} onGo={setPage} />}
      </section>
    </Page>
  );
}
