import { CalendarX2, Coffee, Lock } from 'lucide-react';
import { type CSSProperties, memo, type ReactNode } from 'react';
import { cn } from '../../components/cn';
import type { AppointmentRowFragment } from '../../gql/appointment';
import { useMinute } from '../../lib/clock';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import type { CalendarColumn as Column, Placed } from './columns';
import { DragGhost } from './drag-ghost';
import { FreeSlot } from './free-slot';
import { gaps, lengthOf, type Span } from './grid';
import type { Drag } from './use-drag';
import { VisitCard } from './visit-card';

interface Props {
  column: Column;
  /** What it is called to whoever cannot see where it stands. */
  label: string;
  hours: Span;
  /** Now, as a minute of this column, when it is this day. */
  now: number | null;
  chosenId: string | null;
  /** The instant near which Tab goes into the column. */
  cursor: number;
  /** The visit of this column that is dragged. */
  draggedId: string | null;
  /** What is dragged over this column. */
  dragged: Drag | null;
  onOpen: (visit: AppointmentRowFragment) => void;
  /** Absent when the role books nothing: free time is not offered then. */
  onBook: ((practitionerId: string, startsAt: string) => void) | undefined;
}

const high = (minutes: number) => `calc(${minutes} * var(--minute))`;
const place = ({ from, to }: Span, hours: Span): CSSProperties => ({ top: high(from - hours.from), height: high(to - from) });

/** What is higher than this is a visit or free time; what is lower is drawn so high all the same. */
const shortest = 14;

function placeItem({ from, to, lane, lanes }: Placed<unknown>, hours: Span): CSSProperties {
  return {
    ...place({ from, to: Math.max(to, from + shortest) }, hours),
    insetInlineStart: `${(lane / lanes) * 100}%`,
    width: `${100 / lanes}%`,
  };
}

/** The items in the order of the clock, which is that of the keys too. */
function itemsOf({ visits, slots }: Column, isOffered: boolean, now: number | null) {
  const items = [
    ...visits.map((visit) => ({ ...visit, at: visit.from, key: visit.thing.id, visit: visit.thing, slot: null })),
    ...(isOffered ? slots : [])
      .filter(({ from }) => now === null || from >= now)
      .map((slot) => ({ ...slot, at: slot.from, key: slot.thing.startsAt, visit: null, slot: slot.thing })),
  ];
  return items.sort((a, b) => a.at - b.at || a.lane - b.lane);
}

/** A practitioner's day: hours, breaks and time off behind, visits and free time in front, and the line of now. */
export const CalendarColumn = memo(function CalendarColumn({ column, label, hours, now, chosenId, cursor, draggedId, dragged, onOpen, onBook }: Props) {
  const items = itemsOf(column, Boolean(onBook), now);
  const distance = (thing: { startsAt: string }) => Math.abs(Date.parse(thing.startsAt) - cursor);
  const stop = items.reduce<(typeof items)[number] | null>(
    (best, item) => (!best || distance(item.visit ?? item.slot) < distance(best.visit ?? best.slot) ? item : best),
    null,
  );
  const isNowShown = now !== null && now >= hours.from && now <= hours.to;
  return (
    <section aria-label={label} data-column={column.key} className="calendar-lines relative border-s border-line" style={{ height: high(hours.to - hours.from) }}>
      <Blocks column={column} hours={hours} />
      {isNowShown && <div className="pointer-events-none absolute inset-x-0 border-t-2 border-ink" style={{ top: high(now - hours.from) }} />}
      <ol>
        {items.map((item) => (
          <li key={item.key} className={cn('@container absolute py-px ps-px pe-1', item.visit && item.visit.id === draggedId && 'opacity-50')} style={placeItem(item, hours)}>
            {item.visit ? (
              <VisitCard
                visit={item.visit}
                minutes={item.to - item.from}
                isChosen={item.visit.id === chosenId}
                tabIndex={item === stop ? 0 : -1}
                onOpen={onOpen}
              />
            ) : (
              <FreeSlot startsAt={item.slot.startsAt} tabIndex={item === stop ? 0 : -1} onBook={(startsAt) => onBook?.(column.practitioner.id, startsAt)} />
            )}
          </li>
        ))}
      </ol>
      {dragged && (
        <div className="pointer-events-none absolute inset-x-0 z-4 py-px ps-px pe-1" style={place({ from: dragged.from, to: Math.max(dragged.to, dragged.from + shortest) }, hours)}>
          <DragGhost drag={dragged} column={column} />
        </div>
      )}
      {isNowShown && (
        // A hair over the cards: the line itself would cross out names.
        <div data-now className="pointer-events-none absolute inset-x-0 z-4 border-t border-ink/40" style={{ top: high(now - hours.from) }} />
      )}
    </section>
  );
});

function Blocks({ column, hours }: { column: Column; hours: Span }) {
  const { t } = useI18n();
  const { time, dayOf } = useFormats();
  const minute = useMinute();
  const { work, breaks, away, holds, hasHours, day } = column;
  const clock = (minute: number) => time(new Date(day.origin + minute * 60_000).toISOString());
  const firstWork = Math.min(...work.map(({ from }) => from));
  const lastWork = Math.max(...work.map(({ to }) => to));
  const inside = (span: Span): Span => ({ from: Math.max(span.from, hours.from), to: Math.min(span.to, hours.to) });
  const isClosedAll = work.length === 0;
  return (
    <>
      {gaps(work, hours).map((gap) => {
        const opens = gap.to === firstWork;
        const closes = gap.from === lastWork;
        const words = isClosedAll
          ? t(hasHours ? 'calendar.notAtWork' : 'calendar.hoursUnknown')
          : opens
            ? t('calendar.opens', { time: clock(gap.to) })
            : closes
              ? t('calendar.closedFrom', { time: clock(gap.from) })
              : t('calendar.closed');
        return (
          <Block key={`closed ${gap.from}`} span={gap} hours={hours} className={cn('calendar-closed', opens ? 'items-end' : 'items-start')}>
            {away.length === 0 && words}
          </Block>
        );
      })}
      {breaks.map((span) => (
        <Block key={`break ${span.from}`} span={inside(span)} hours={hours} className="calendar-break items-center">
          <Coffee className="size-3.5 shrink-0" aria-hidden="true" />
          {t('calendar.break', { from: clock(span.from), until: clock(span.to) })}
        </Block>
      ))}
      {away.map((span) => (
        <Block key={span.id} span={inside(span)} hours={hours} className="calendar-away items-center font-medium text-ink" isHeavy>
          <CalendarX2 className="size-3.5 shrink-0" aria-hidden="true" />
          {span.isClinic
            ? t('calendar.clinicClosed')
            : span.to < lengthOf(day)
              ? t('calendar.awayUntil', { when: time(span.endsAt) })
              : t('calendar.awayUntil', { when: dayOf(span.endsAt) })}
          {span.reason && `: ${span.reason}`}
        </Block>
      ))}
      {holds
        .filter(({ expiresAt }) => Date.parse(expiresAt) > minute)
        .map((span) => (
          <Block key={span.id} span={inside(span)} hours={hours} className="z-1 items-center rounded-1 border border-dashed border-edge bg-sunken">
            <Lock className="size-3.5 shrink-0" aria-hidden="true" />
            {t('calendar.held', { time: time(span.expiresAt) })}
          </Block>
        ))}
    </>
  );
}

interface BlockProps {
  span: Span;
  hours: Span;
  className: string;
  /** The pattern is dense: the words stand on a ground of their own. */
  isHeavy?: boolean;
  children: ReactNode;
}

function Block({ span, hours, className, isHeavy = false, children }: BlockProps) {
  if (span.to <= span.from) return null;
  return (
    <div className={cn('absolute inset-x-0 flex justify-center overflow-clip p-1 text-center text-small text-ink-2', className)} style={place(span, hours)}>
      {children && (
        <span
          className={cn(
            'sticky top-16 bottom-4 inline-flex max-w-full min-w-0 items-center gap-1.5 rounded-1 px-1.5',
            isHeavy && 'border border-line-2 bg-surface py-0.5',
            className.includes('calendar-break') && 'bg-surface',
          )}
        >
          {children}
        </span>
      )}
    </div>
  );
}
