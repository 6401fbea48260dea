import { CalendarX2, Coffee, Plus } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { cn } from '../../components/cn';
import type { AppointmentRowFragment } from '../../gql/appointment';
import { useMinute } from '../../lib/clock';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import type { CalendarColumn } from './columns';
import { minuteOf, type Span } from './grid';
import { VisitCard } from './visit-card';
import './calendar.css';

interface Props {
  column: CalendarColumn;
  chosenId: string | null;
  onOpen: (visit: AppointmentRowFragment) => void;
  onBook: ((practitionerId: string, startsAt: string) => void) | undefined;
}

interface Line {
  key: string;
  at: number;
  words: string;
  content: ReactNode;
}

/** Free times that follow each other are one line, an hour at most: a line is a time to choose. */
function runs(slots: readonly (Span & { thing: { startsAt: string } })[]): (Span & { startsAt: string })[] {
  const joined: (Span & { startsAt: string })[] = [];
  for (const { from, to, thing } of slots) {
    const last = joined.at(-1);
    if (last && last.to >= from && from % 60 !== 0) last.to = to;
    else joined.push({ from, to, startsAt: thing.startsAt });
  }
  return joined;
}

const blockClass = 'flex min-h-9 flex-wrap items-center gap-1.5 rounded-1 px-3 text-small text-ink-2';

/** A practitioner's day as a list, for a phone: visits, free time and breaks in the order of the clock, and where it is now. */
export default function Agenda({ column, chosenId, onOpen, onBook }: Props) {
  const { t } = useI18n();
  const { time, dayOf } = useFormats();
  const minute = useMinute();
  const { day, practitioner, visits, slots, breaks, away, work, hasHours } = column;
  const clock = (at: number) => time(new Date(day.origin + at * 60_000).toISOString());
  const isToday = minute >= day.startsAt && minute < day.endsAt;
  const now = minuteOf(day, minute);
  const lines: Line[] = [
    ...visits.map(({ thing, from }) => ({
      key: thing.id,
      at: from,
      words: time(thing.startsAt),
      content: (
        <div className="h-13">
          <VisitCard visit={thing} hasTimeBeside isChosen={thing.id === chosenId} onOpen={onOpen} />
        </div>
      ),
    })),
    ...(onBook ? runs(slots.filter(({ from }) => !isToday || from >= now)) : []).map(({ from, to, startsAt }) => ({
      key: startsAt,
      at: from,
      words: clock(from),
      content: (
        <button
          type="button"
          data-item={Date.parse(startsAt)}
          onClick={() => onBook?.(practitioner.id, startsAt)}
          className="flex min-h-11 w-full items-center gap-1.5 rounded-1 border border-dashed border-edge px-3 text-start text-small font-medium text-accent-text"
        >
          <Plus className="size-3.5 shrink-0" aria-hidden="true" />
          {t('calendar.freeTime', { count: to - from })}
        </button>
      ),
    })),
    ...breaks.map(({ from, to }) => ({
      key: `break ${from}`,
      at: from,
      words: clock(from),
      content: (
        <div className={cn(blockClass, 'calendar-break')}>
          <span className="flex items-center gap-1.5 rounded-1 bg-surface px-1">
            <Coffee className="size-3.5 shrink-0" aria-hidden="true" />
            {t('calendar.break', { from: clock(from), until: clock(to) })}
          </span>
        </div>
      ),
    })),
    ...away.map(({ id, from, to, endsAt, isClinic, reason }) => ({
      key: id,
      at: from,
      words: clock(from),
      content: (
        <div className={cn(blockClass, 'calendar-away')}>
          <span className="flex items-center gap-1.5 rounded-1 border border-line-2 bg-surface px-1 font-medium text-ink">
            <CalendarX2 className="size-3.5 shrink-0" aria-hidden="true" />
            {isClinic ? t('calendar.clinicClosed') : t('calendar.awayUntil', { when: minuteOf(day, day.endsAt) > to ? time(endsAt) : dayOf(endsAt) })}
            {reason && `: ${reason}`}
          </span>
        </div>
      ),
    })),
  ];
  if (work.length === 0 && away.length === 0) {
    const words = t(hasHours ? 'calendar.notAtWork' : 'calendar.hoursUnknown');
    lines.push({ key: 'closed', at: -1, words: '', content: <div className={cn(blockClass, 'calendar-closed')}>{words}</div> });
  }
  if (isToday) {
    lines.push({ key: 'now', at: now - 0.5, words: clock(now), content: <hr data-now className="border-t-2 border-ink" aria-label={t('calendar.now')} /> });
  }
  lines.sort((a, b) => a.at - b.at);
  const list = useRef<HTMLOListElement>(null);
  // Opened, it is turned to now; after that nothing moves by itself.
  useLayoutEffect(() => {
    list.current?.querySelector('[data-now]')?.scrollIntoView({ block: 'center' }); // which newer browsers answer, and React would take for a cleanup
  }, [day.startsAt, practitioner.id]);
  return (
    <section aria-label={practitioner.displayName} data-column={column.key}>
      <ol ref={list} className="grid gap-2 px-3 py-3">
        {lines.map(({ key, words, content }) => (
          <li key={key} className="grid grid-cols-[3rem_minmax(0,1fr)] items-center gap-2">
            <span className={cn('text-end text-ink-2 tabular', key === 'now' && 'font-semibold text-ink')}>{words}</span>
            {content}
          </li>
        ))}
      </ol>
    </section>
  );
}
