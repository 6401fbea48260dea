import type { AppointmentRowFragment, AppointmentStatus, CalendarColumnFragment, DayScheduleQuery, FreeSlotFragment, WeekScheduleQuery } from '../../gql/appointment';
import { now } from '../../lib/clock';
import { type Day, dayOfWeek, gaps, type Lane, lanesOf, singleDay, type Span, spanWithin } from './grid';

/** Something with a place in a column. */
export type Placed<Thing> = Span & Lane & { thing: Thing };

export interface Away extends Span {
  id: string;
  endsAt: string;
  /** The whole clinic is closed. */
  isClinic: boolean;
  reason: string | null;
}

export interface Hold extends Span {
  id: string;
  expiresAt: string;
}

/** A column of the calendar: one practitioner on one day. */
export interface CalendarColumn {
  key: string;
  day: Day;
  /** The day in the clinic's calendar. */
  date: string;
  practitioner: { id: string; displayName: string; specialty: string | null };
  work: Span[];
  breaks: Span[];
  away: Away[];
  holds: Hold[];
  visits: Placed<AppointmentRowFragment>[];
  slots: Placed<FreeSlotFragment>[];
  /** Somebody has said when they work, be it never on this day. */
  hasHours: boolean;
}

type Practitioner = CalendarColumn['practitioner'] & { workingHours: readonly unknown[] };

interface Source {
  key: string;
  day: Day;
  date: string;
  practitioner: Practitioner;
  column: CalendarColumnFragment;
  appointments?: readonly AppointmentRowFragment[];
  slots: readonly FreeSlotFragment[];
}

/** What holds its time: nothing else is free then. */
const holding: readonly AppointmentStatus[] = ['BOOKED', 'CHECKED_IN', 'IN_PROGRESS'];
const overlap = (a: Span, b: Span) => a.from < b.to && b.from < a.to;

/** Whether a visit would find its time free in a column, as far as the screen knows: pauses between visits are the API's to keep. */
export function isFree({ day, work, breaks, away, holds, visits }: CalendarColumn, span: Span, visitId: string): boolean {
  const taken = [...breaks, ...away, ...holds.filter(({ expiresAt }) => Date.parse(expiresAt) > now()), ...visits.filter(({ thing }) => thing.id !== visitId && holding.includes(thing.status))];
  return day.origin + span.from * 60_000 >= now() && gaps(work, span).length === 0 && !taken.some((one) => overlap(one, span));
}

function columnOf({ key, day, date, practitioner, column, appointments = column.appointments, slots }: Source): CalendarColumn {
  const within = <Thing extends { startsAt: string; endsAt: string }>(things: readonly Thing[]) =>
    things.flatMap((thing) => {
      const span = spanWithin(day, thing);
      return span ? [{ thing, ...span }] : [];
    });
  const periods = within(column.workingPeriods);
  const visits = within(appointments);
  // What was moved here is on the screen before the server has told what is left.
  const held = visits.filter(({ thing }) => holding.includes(thing.status));
  const free = within(slots).filter((slot) => !held.some((visit) => overlap(visit, slot)));
  // A visit that holds no time, because nobody came or it is only asked for, stands beside the free time.
  const lanes = lanesOf([...visits, ...free]);
  const lane = (i: number) => lanes[i] ?? { lane: 0, lanes: 1 };
  return {
    key,
    day,
    date,
    practitioner,
    work: periods.filter(({ thing }) => thing.kind === 'WORK').map(({ from, to }) => ({ from, to })),
    breaks: periods.filter(({ thing }) => thing.kind === 'BREAK').map(({ from, to }) => ({ from, to })),
    away: within(column.timeOff).map(({ thing, from, to }) => ({
      from,
      to,
      id: thing.id,
      endsAt: thing.endsAt,
      isClinic: thing.practitioner === null,
      reason: thing.reason,
    })),
    holds: within(column.holds).map(({ thing, from, to }) => ({ from, to, id: thing.id, expiresAt: thing.expiresAt })),
    visits: visits.map((visit, i) => ({ ...visit, ...lane(i) })),
    slots: free.map((slot, i) => ({ ...slot, ...lane(visits.length + i) })),
    hasHours: practitioner.workingHours.length > 0,
  };
}

/** The columns of a day, one a practitioner. A visit stands with its practitioner: one that is being moved is in the other's list still. */
export function columnsOfDay({ schedule }: DayScheduleQuery, date: string): CalendarColumn[] {
  const day = singleDay(schedule.startsAt, schedule.endsAt);
  const all = schedule.columns.flatMap(({ practitioner, appointments }) => (practitioner ? appointments : []));
  return schedule.columns.flatMap((column) => {
    const { practitioner } = column;
    if (!practitioner) return [];
    const appointments = all.filter((visit) => visit.practitioner?.id === practitioner.id);
    return [columnOf({ key: practitioner.id, day, date, practitioner, column, appointments, slots: practitioner.availableSlots?.nodes ?? [] })];
  });
}

/** The columns of a practitioner's week, one a day. `starts` are the instants at which its days begin, and that at which it ends. */
export function columnsOfWeek({ schedule }: WeekScheduleQuery, dates: readonly string[], starts: readonly string[]): CalendarColumn[] {
  const [column] = schedule.columns;
  const practitioner = column?.practitioner;
  if (!practitioner) return [];
  const { slots0, slots1, slots2, slots3, slots4, slots5, slots6 } = practitioner;
  return [slots0, slots1, slots2, slots3, slots4, slots5, slots6].map((slots, i) => {
    const date = dates[i] ?? '';
    const day = dayOfWeek(starts[i] ?? '', starts[i + 1] ?? '');
    return columnOf({ key: date, day, date, practitioner, column, slots: slots?.nodes ?? [] });
  });
}
