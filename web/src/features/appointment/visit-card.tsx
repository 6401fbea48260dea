import { cn } from '../../components/cn';
import { PersonName } from '../../components/person-name';
import type { AppointmentRowFragment, AppointmentStatus } from '../../gql/appointment';
import { useFormats } from '../../lib/format';
import { VisitStatus } from './visit-status';

/** What is over recedes, what waits stands out. The edge at the start and the line around it tell the statuses apart in grey. */
const looks: Record<AppointmentStatus, string> = {
  REQUESTED: 'border-dashed border-line-2 border-s-edge bg-surface',
  BOOKED: 'border-line-2 border-s-edge bg-surface',
  CHECKED_IN: 'border-warn-line/45 border-s-warn-line bg-warn-soft',
  IN_PROGRESS: 'border-accent/40 border-s-accent border-s-5 bg-accent-soft',
  COMPLETED: 'border-transparent border-s-line-2 bg-sunken',
  CANCELLED: 'border-dashed border-edge bg-surface',
  NO_SHOW: 'border-dashed border-danger bg-surface',
  ENTERED_IN_ERROR: 'border-dashed border-edge bg-surface',
};

interface Props {
  visit: AppointmentRowFragment;
  /** How high the card is, in minutes; absent where it is as high as it needs. */
  minutes?: number;
  /** When it is stands beside the card already. */
  hasTimeBeside?: boolean;
  /** Its keys act. */
  isChosen: boolean;
  tabIndex?: number;
  onOpen: (visit: AppointmentRowFragment) => void;
}

/** A visit: name first, then when, then where it stands. */
export function VisitCard({ visit, minutes = 60, hasTimeBeside = false, isChosen, tabIndex = 0, onOpen }: Props) {
  const { time } = useFormats();
  const { patient, status, startsAt, reason, appointmentType } = visit;
  const what = reason ?? appointmentType?.name;
  const isLine = minutes < 18;
  const isOver = status === 'COMPLETED';
  return (
    <button
      type="button"
      data-item={Date.parse(startsAt)}
      data-visit={visit.id}
      tabIndex={tabIndex}
      aria-current={isChosen || undefined}
      onClick={() => onOpen(visit)}
      className={cn(
        'relative flex size-full min-w-0 overflow-hidden rounded-1 border border-s-3 px-1.5 text-start text-small leading-4 text-ink-2',
        'transition-shadow duration-90 hover:z-2 hover:shadow-2 focus-visible:z-3 focus-visible:-outline-offset-1 focus-visible:shadow-2',
        isLine ? 'items-center gap-1.5' : minutes < 28 ? 'flex-col justify-center' : 'flex-col gap-0.5 pt-1',
        looks[status],
        isChosen && 'z-2 outline-2 -outline-offset-1 outline-accent',
      )}
    >
      <span className={cn('flex gap-1.5', !isLine && 'min-w-0', isLine ? 'min-w-[55%] flex-1' : 'w-full')}>
        <span title={patient.displayName} className={cn('truncate', isOver ? 'font-medium' : 'font-semibold text-ink', status === 'CANCELLED' && 'font-normal line-through')}>
          <PersonName>{patient.displayName}</PersonName>
        </span>
        <time dateTime={startsAt} className={cn('ms-auto tabular', hasTimeBeside ? 'sr-only' : isLine ? '@max-[15rem]:sr-only' : '@max-[7rem]:sr-only')}>
          {time(startsAt)}
        </time>
      </span>
      <span className={cn('flex min-w-0 gap-2', !isLine && 'w-full')}>
        <VisitStatus visit={visit} isShort={isLine} />
        {!isLine && (
          <span title={what} className="truncate">
            {what}
          </span>
        )}
      </span>
    </button>
  );
}
