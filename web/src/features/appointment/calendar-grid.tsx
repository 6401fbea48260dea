import './calendar.css';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { cn } from '../../components/cn';
import type { AppointmentRowFragment } from '../../gql/appointment';
import { useMinute } from '../../lib/clock';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { CalendarColumn } from './calendar-column';
import type { CalendarColumn as Column } from './columns';
import { hoursAround, lengthOf, minuteOf } from './grid';
import { useDrag } from './use-drag';
import { useDrop } from './use-drop';
import { useGridKeys } from './use-grid-keys';

interface Props {
  columns: readonly Column[];
  /** What is shown: when it changes, the calendar is turned to now, or to where work begins. */
  subject: string;
  headOf: (column: Column) => ReactNode;
  chosenId: string | null;
  onFocus: (visitId: string | null) => void;
  onOpen: (visit: AppointmentRowFragment) => void;
  onBook: ((practitionerId: string, startsAt: string) => void) | undefined;
}

const remOfMinute = 0.1125;
const lead = 45;

/** Columns beside an axis of the clinic's hours. It scrolls in itself, its head and its axis stay. */
export function CalendarGrid({ columns, subject, headOf, chosenId, onFocus, onOpen, onBook }: Props) {
  const { t } = useI18n();
  const { time, longDay } = useFormats();
  const box = useRef<HTMLDivElement>(null);
  const minute = useMinute();
  const [first] = columns;
  const isWeek = columns.some(({ date }) => date !== first?.date);
  const hours = hoursAround(
    columns.flatMap(({ work, visits }) => [...work, ...visits]),
    Math.max(...columns.map(({ day }) => lengthOf(day))),
  );
  const nowIn = ({ day }: Column) => (minute >= day.startsAt && minute < day.endsAt ? minuteOf(day, minute) : null);
  const nowColumn = columns.find((column) => nowIn(column) !== null);
  const now = nowColumn ? nowIn(nowColumn) : null;
  const workStart = Math.min(...columns.flatMap(({ work }) => work.map(({ from }) => from)), hours.to);
  const beginMinute = now ?? (workStart < hours.to ? workStart : hours.from);
  const origin = (nowColumn ?? first)?.day.origin ?? 0;
  const begin = useRef({ subject: '', at: 0 });
  if (begin.current.subject !== subject) begin.current = { subject, at: origin + beginMinute * 60_000 };
  const keys = useGridKeys(box, begin.current.at);
  const drop = useDrop();
  const { drag, onPointerDown } = useDrag(box, {
    columns,
    hours,
    onDrop(visit, { day, practitioner }, from) {
      void drop(visit, practitioner, new Date(day.origin + from * 60_000).toISOString());
    },
  });

  // Another day begins where it matters. Of the same day only the hours may grow, and what is looked at stays where it is.
  const shown = useRef({ subject: '', from: 0 });
  useLayoutEffect(() => {
    const scroller = box.current;
    if (!scroller) return;
    const pixels = remOfMinute * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    if (shown.current.subject !== subject) {
      const today = scroller.querySelector<HTMLElement>(`[data-column="${CSS.escape(nowColumn?.key ?? '')}"]`);
      scroller.scrollTop = (beginMinute - lead - hours.from) * pixels;
      scroller.scrollLeft = isWeek && today ? today.offsetLeft + today.offsetWidth - scroller.clientWidth : 0;
    }
    if (shown.current.subject === subject && shown.current.from !== hours.from) scroller.scrollTop += (shown.current.from - hours.from) * pixels;
    shown.current = { subject, from: hours.from };
  });

  // Where nothing inside takes the focus, the calendar itself does, so that keys can scroll it.
  const isEmpty = columns.every(({ visits, slots }) => visits.length === 0 && !(onBook && slots.some(({ thing }) => Date.parse(thing.startsAt) >= minute)));
  const clock = (at: number) => time(new Date(origin + at * 60_000).toISOString());
  const marks = Array.from({ length: Math.ceil((hours.to - hours.from) / 60) }, (_, i) => hours.from + i * 60);
  const isNowShown = now !== null && now >= hours.from && now <= hours.to;
  return (
    <div className="calendar-box flex min-h-0 min-w-0 flex-1">
      <div
        ref={box}
        role="region"
        aria-label={t('calendar.calendar')}
        tabIndex={isEmpty ? 0 : undefined}
        data-week={isWeek || undefined}
        data-dragging={drag ? true : undefined}
        className="calendar grid min-h-0 min-w-0 flex-1 snap-x snap-proximity content-start overflow-auto bg-surface"
        style={{ gridTemplateColumns: `var(--axis) repeat(${columns.length}, minmax(var(--column), 1fr))` }}
        onFocus={(event) => {
          keys.onFocus(event);
          if (event.target.dataset.item) onFocus(event.target.dataset.visit ?? null);
        }}
        onKeyDown={keys.onKeyDown}
        onPointerDown={onPointerDown}
      >
        <div className="sticky start-0 top-0 z-6 border-b border-line-2 bg-surface" />
        {columns.map((column) => (
          <header key={column.key} className="sticky top-0 z-5 min-w-0 snap-start border-s border-b border-s-line border-b-line-2 bg-surface px-2 py-1.5">
            {headOf(column)}
          </header>
        ))}
        <div className="sticky start-0 z-4 bg-surface text-small text-ink-3" aria-hidden="true">
          {marks.map((at, i) => (
            <span
              key={at}
              className={cn('absolute end-2 tabular', i === 0 ? 'translate-y-0.5' : '-translate-y-1/2')}
              style={{ top: `calc(${at - hours.from} * var(--minute))` }}
            >
              {clock(at)}
            </span>
          ))}
          {isNowShown && (
            <span
              data-now-time
              className="absolute end-0 z-2 -translate-y-1/2 rounded-1 bg-ink px-1 font-semibold text-surface tabular"
              style={{ top: `calc(${now - hours.from} * var(--minute))` }}
            >
              {clock(now)}
            </span>
          )}
        </div>
        {columns.map((column) => (
          <CalendarColumn
            key={column.key}
            column={column}
            label={isWeek ? longDay(column.date) : column.practitioner.displayName}
            hours={hours}
            now={nowIn(column)}
            chosenId={chosenId}
            cursor={keys.cursor}
            draggedId={drag && column.visits.some(({ thing }) => thing.id === drag.visit.id) ? drag.visit.id : null}
            dragged={drag?.over === column.key ? drag : null}
            onOpen={onOpen}
            onBook={onBook}
          />
        ))}
      </div>
    </div>
  );
}
