import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useLocation, useSearch } from 'wouter';
import { Button, IconButton } from '../../components/button';
import { Page, PageHead } from '../../components/page-head';
import { Empty, Failed, Loading } from '../../components/states';
import { AppointmentsDocument } from '../../gql/appointment';
import { addDays, startOfDay } from '../../lib/clinic-day';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { AppointmentTable } from './appointment-table';

const isoDay = /^\d{4}-\d{2}-\d{2}$/;

/** The day's visits in their order. The day stands in the address: ?date=2026-08-12. */
export function DayPage() {
  const { t } = useI18n();
  const { clinic } = useSession();
  const { longDay } = useFormats();
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('date') ?? '';
  const day = isoDay.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : clinic.today;
  const go = (to: string) => navigate(to === clinic.today ? '/' : `/?date=${to}`);
  useKeys([
    { key: 'ArrowLeft', label: t('appointment.dayBefore'), run: () => go(addDays(day, -1)), isInBar: true },
    { key: 'ArrowRight', label: t('appointment.dayAfter'), run: () => go(addDays(day, 1)), isInBar: true },
    { key: 't', label: t('shell.today'), run: () => go(clinic.today), isInBar: true },
  ]);
  const startsAt = { gte: startOfDay(day, clinic.timeZone), lt: startOfDay(addDays(day, 1), clinic.timeZone) };
  const { data, error, isLoading, isStale, retry } = useApiQuery(AppointmentsDocument, {
    first: 100,
    where: { startsAt },
    orderBy: [{ field: 'STARTS_AT', direction: 'ASC' }],
  });
  const list = data?.appointments;
  return (
    <Page>
      <div className="flex flex-wrap items-center gap-3 max-s:px-4">
        <div className="flex items-center gap-1">
          <IconButton
            label={t('appointment.dayBefore')}
            icon={<ChevronLeft className="size-4" aria-hidden="true" />}
            onPress={() => go(addDays(day, -1))}
          />
          <Button keyHint="t" onPress={() => go(clinic.today)}>
            {t('shell.today')}
          </Button>
          <IconButton
            label={t('appointment.dayAfter')}
            icon={<ChevronRight className="size-4" aria-hidden="true" />}
            onPress={() => go(addDays(day, 1))}
          />
        </div>
        <PageHead title={longDay(day)} count={list && t('appointment.count', { count: list.totalCount })} />
      </div>
      <section aria-label={longDay(day)} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
        {error && !list && <Failed error={error} onRetry={retry} />}
        {isLoading && <Loading />}
        {list?.nodes.length === 0 && <Empty title={t('appointment.noneOnDay')} />}
        {list && list.nodes.length > 0 && <AppointmentTable rows={list.nodes} isOneDay isStale={isStale} />}
        {list?.pageInfo.hasNextPage && <p className="px-4 py-2 text-ink-2">{t('appointment.firstOnly', { count: 100 })}</p>}
      </section>
    </Page>
  );
}
