import { TriangleAlert } from 'lucide-react';
import { statusLooks } from '../../components/appointment-status';
import { cn } from '../../components/cn';
import type { AppointmentRowFragment, AppointmentStatus } from '../../gql/appointment';
import { useMinute } from '../../lib/clock';
import { useI18n } from '../../lib/i18n';

/** From here on somebody waits too long. */
export const longWait = 15;

const minute = 60_000;

/** Minutes by the clock since an instant, of the minute that it is; never less than none, as clocks differ. */
export function minutesSince(instant: string | null, now: number): number {
  return instant ? Math.max(Math.floor(now / minute) - Math.floor(Date.parse(instant) / minute), 0) : 0;
}

const tones: Partial<Record<AppointmentStatus, string>> = {
  CHECKED_IN: 'text-warn-text',
  IN_PROGRESS: 'text-accent-text',
  NO_SHOW: 'text-danger-text',
};

interface Props {
  visit: Pick<AppointmentRowFragment, 'status' | 'checkedInAt' | 'startedAt'>;
  /** With the minutes alone where it waits or goes on: there is little room. */
  isShort?: boolean;
}

/** Where a visit stands, as icon and word, and for how long it waits or goes on. */
export function VisitStatus({ visit: { status, checkedInAt, startedAt }, isShort = false }: Props) {
  const { t } = useI18n();
  const now = useMinute();
  const { icon: Icon } = statusLooks[status];
  const since = status === 'CHECKED_IN' ? checkedInAt : status === 'IN_PROGRESS' ? startedAt : null;
  const count = minutesSince(since, now);
  const isLong = status === 'CHECKED_IN' && count > longWait;
  const word = t(`appointment.${status}`);
  return (
    <span className={cn('inline-flex min-w-0 items-center gap-1', !isShort && 'shrink-0', isLong ? 'font-semibold' : 'font-medium', tones[status] ?? 'text-ink-2')}>
      <Icon className="size-3.5 shrink-0" aria-hidden="true" />
      <span className={cn('truncate @max-[7rem]:sr-only', isShort && since && 'sr-only')}>{word}</span>
      {since && (
        <span className="tabular">
          {!isShort && '· '}
          {t('calendar.minutes', { count })}
        </span>
      )}
      {isLong && (
        <>
          <TriangleAlert className="size-3.5 shrink-0" aria-hidden="true" />
          <span className="sr-only">{t('calendar.longWait')}</span>
        </>
      )}
    </span>
  );
}
