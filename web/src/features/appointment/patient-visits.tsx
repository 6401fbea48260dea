import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Page } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { Empty, Failed, Loading } from '../../components/states';
import { AppointmentsDocument } from '../../gql/appointment';
import { addDays } from '../../lib/clinic-day';
import { useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { useSoon } from '../../lib/use-soon';
import { useToday } from '../../lib/use-today';
import { useWindows } from '../../lib/windows';
import { AppointmentTable } from './appointment-table';
import { useAppointmentChanges } from './use-appointment-changes';

/** One patient's visits, latest first, with their steps; B books another. */
export function PatientVisits({ patientId }: { patientId: string }) {
  const { t } = useI18n();
  const { may, pastAt } = useSession();
  const open = useWindows();
  const [page, setPage] = useState<PageOf>(firstPage);
  const { data, error, isLoading, isStale, retry } = useApiQuery(
    AppointmentsDocument,
    { ...page, where: { patientId: { eq: patientId } }, orderBy: [{ field: 'STARTS_AT', direction: 'DESC' }] },
    { keepsOld: true },
  );
  // Half a month to either side is as far as changes are told at once.
  const today = useToday();
  useAppointmentChanges(pastAt ? null : { days: { from: addDays(today, -15), until: addDays(today, 16) } }, useSoon(retry));
  const book = may('bookAppointment') ? () => open({ name: 'book', patientId }) : null;
  useKeys(book ? [{ key: 'b', label: t('appointment.book'), run: book, isInBar: true }] : []);
  const list = data?.appointments;
  const button = book && (
    <Button kind="main" keyHint="b" icon={<CalendarPlus className="size-4" aria-hidden="true" />} onPress={book}>
      {t('appointment.book')}
    </Button>
  );
  return (
    <Page>
      {button && <div className="flex justify-end max-s:px-4 print:hidden">{button}</div>}
      <section aria-label={t('shell.appointments')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
        {isLoading && <Loading />}
        {error && !list && <Failed error={error} onRetry={retry} />}
        {list?.nodes.length === 0 && <Empty title={t('booking.noneOfPatient')}>{button}</Empty>}
        {list && list.nodes.length > 0 && <AppointmentTable rows={list.nodes} isOnePatient isStale={isStale} />}
        {list && <Pager info={list.pageInfo} onGo={setPage} />}
      </section>
    </Page>
  );
}
