import { TriangleAlert } from 'lucide-react';
import { AppointmentStatusBadge } from '../../components/appointment-status';
import { cn } from '../../components/cn';
import type { AppointmentRowFragment } from '../../gql/appointment';
import { useI18n } from '../../lib/i18n';
import { minutesSince, useMinute } from '../../lib/clock';

/** From here on a patient waits for long, in minutes. */
const long = 15;

/** Where a visit stands, and for how long the patient waits or the visit goes on. */
export function VisitBadge({ visit: { status, checkedInAt, startedAt } }: { visit: Pick<AppointmentRowFragment, 'status' | 'checkedInAt' | 'startedAt'> }) {
  const { t } = useI18n();
  const now = useMinute();
  const since = status === 'CHECKED_IN' ? checkedInAt : status === 'IN_PROGRESS' ? startedAt : null;
  const count = since ? minutesSince(since, now) : 0;
  const isLong = status === 'CHECKED_IN' && count >= long;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <AppointmentStatusBadge status={status} />
      {since && (
        <span className={cn('tabular inline-flex items-center gap-1 text-small', isLong ? 'font-semibold text-warn-text' : 'text-ink-2')}>
          {t('visit.minutes', { count })}
          {isLong && <TriangleAlert className="size-3.5" role="img" aria-label={t('visit.forLong')} />}
        </span>
      )}
    </span>
  );
}
