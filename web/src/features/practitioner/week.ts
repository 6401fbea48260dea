import type { PractitionerQuery, Weekday, WorkingHoursInput, WorkingHoursKind } from '../../gql/practitioner';
import { addDays } from '../../lib/clinic-day';
import { clockOf, minuteOf, readClock } from './clock';

/** All hours of a practitioner, of the past and the future too. */
export type Hours = NonNullable<PractitionerQuery['practitioner']>['workingHours'];

/** A time of a day for work or rest, as typed. */
export interface Span {
  kind: WorkingHoursKind;
  from: string;
  to: string;
}

export const weekdays: readonly Weekday[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

export type Week = Record<Weekday, readonly Span[]>;

/** The API takes no more of one practitioner. */
const most = 50;

const holds = ({ startsOn, endsOn }: Hours[number], day: string) => startsOn <= day && (endsOn === null || endsOn >= day);

/** The week as it is on a day. */
export function weekOn(hours: Hours, day: string): Week {
  const of = (weekday: Weekday) =>
    hours
      .filter((one) => one.weekday === weekday && holds(one, day))
      .map(({ kind, startTime, endTime }): Span => ({ kind, from: startTime.slice(0, 5), to: endTime.slice(0, 5) }))
      .sort((a, b) => a.from.localeCompare(b.from));
  return weekdays.reduce<Partial<Week>>((week, weekday) => ({ ...week, [weekday]: of(weekday) }), {}) as Week;
}

/** The days after this one on which other hours begin. */
export function laterStarts(hours: Hours, day: string): string[] {
  return [...new Set(hours.map(({ startsOn }) => startsOn))].filter((start) => start > day).sort();
}

/**
 * All hours with this week from a day on. What was before stays as it was until the day before, what was planned for
 * later begins when it was to, and a span that goes on is left as it is.
 */
export function withWeek(hours: Hours, day: string, week: Week): WorkingHoursInput[] {
  const wanted = weekdays.flatMap((weekday) =>
    week[weekday].map(({ kind, from, to }) => ({ kind, weekday, startTime: readClock(from) ?? from, endTime: readClock(to) ?? to })),
  );
  const kept: WorkingHoursInput[] = [];
  for (const { kind, weekday, startTime, endTime, startsOn, endsOn } of hours) {
    const one = { kind, weekday, startTime, endTime, startsOn, endsOn };
    const same = wanted.findIndex(
      (span) => span.kind === kind && span.weekday === weekday && span.startTime === startTime.slice(0, 5) && span.endTime === endTime.slice(0, 5),
    );
    const isHeld = holds(one, day);
    if (isHeld && same >= 0) wanted.splice(same, 1);
    if (!isHeld || same >= 0) kept.push(one);
    else if (startsOn < day) kept.push({ ...one, endsOn: addDays(day, -1) });
  }
  const [next] = laterStarts(hours, day);
  const all = [...kept, ...wanted.map((span) => ({ ...span, startsOn: day, endsOn: next ? addDays(next, -1) : null }))];
  // The record keeps what is left out here: its history has each version.
  const over = all.filter(({ endsOn }) => endsOn && endsOn < day).sort((a, b) => (a.endsOn ?? '').localeCompare(b.endsOn ?? ''));
  const dropped = new Set(over.slice(0, Math.max(all.length - most, 0)));
  return all.filter((one) => !dropped.has(one));
}

/** The weekday of each mistake that the API finds in the hours it was sent, by their place in the list. */
export function weekdaysOf(sent: readonly WorkingHoursInput[], problems: readonly { path: readonly (string | number)[] }[]): Set<Weekday> {
  const found = new Set<Weekday>();
  for (const { path } of problems) {
    const at = path[path.indexOf('hours') + 1];
    const one = typeof at === 'number' ? sent[at] : undefined;
    if (one && path.includes('hours')) found.add(one.weekday);
  }
  return found;
}

/** When a span ends, in minutes after the midnight before it began: past 24 hours when it goes into the next day. */
export function endOf({ from, to }: Span): number {
  const end = minuteOf(to);
  return end <= minuteOf(from) ? end + 1440 : end;
}

/** Minutes of work in a day, without the breaks that lie in it. Spans that cannot be read count nothing. */
export function workOf(spans: readonly Span[]): number {
  const read = spans.filter(({ from, to }) => readClock(from) && readClock(to)).map((span) => ({ ...span, from: readClock(span.from) ?? '', to: readClock(span.to) ?? '' }));
  const breaks = read.filter(({ kind }) => kind === 'BREAK');
  return read
    .filter(({ kind }) => kind === 'WORK')
    .reduce((sum, work) => {
      const rest = breaks.reduce((taken, one) => taken + Math.max(Math.min(endOf(work), endOf(one)) - Math.max(minuteOf(work.from), minuteOf(one.from)), 0), 0);
      return sum + endOf(work) - minuteOf(work.from) - rest;
    }, 0);
}

/** What a further span begins with: work in the morning or after what is there, a break in the middle of the day. */
export function nextSpan(spans: readonly Span[], kind: WorkingHoursKind): Span {
  if (kind === 'BREAK') return { kind, from: '13:00', to: '14:00' };
  const last = spans.filter((span) => span.kind === 'WORK' && readClock(span.to)).at(-1);
  const start = last ? minuteOf(readClock(last.to) ?? '') + 60 : 540;
  return { kind, from: clockOf(start), to: clockOf(last ? start + 240 : 1080) };
}
