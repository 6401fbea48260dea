import { useMemo } from 'react';
import { CalendarPatientChangedDocument, DayScheduleDocument, WeekScheduleDocument } from '../../gql/appointment';
import { addDays, startOfDay } from '../../lib/clinic-day';
import { useSession } from '../../lib/session';
import { type Answer, useApiQuery } from '../../lib/use-api';
import { useChanges } from '../../lib/use-changes';
import { useSoon } from '../../lib/use-soon';
import { weekDays } from './calendar-address';
import { type CalendarColumn, columnsOfDay, columnsOfWeek } from './columns';
import { useAppointmentChanges } from './use-appointment-changes';

export interface Schedule extends Omit<Answer<unknown>, 'data'> {
  /** Absent before the first answer. */
  columns: CalendarColumn[] | undefined;
}

/** Keeps the names in a calendar as they are at the other desks: the cache has them by itself. A hundred people are followed. */
function useNames(columns: readonly CalendarColumn[] | undefined) {
  const ids = new Set(columns?.flatMap(({ visits }) => visits.map(({ thing }) => thing.patient.id)));
  useChanges(CalendarPatientChangedDocument, ids.size > 0 ? { patientIds: [...ids].sort().slice(0, 100) } : null, () => {});
}

/** A day's calendar, of some practitioners or of all who are active, and what changes in it. */
export function useDay(date: string, practitionerIds: readonly string[], { pause = false } = {}): Schedule {
  const { timeZone } = useSession().clinic;
  const variables = {
    date,
    from: startOfDay(date, timeZone),
    until: startOfDay(addDays(date, 1), timeZone),
    ...(practitionerIds.length > 0 && { practitionerIds: [...practitionerIds] }),
  };
  const { data, ...answer } = useApiQuery(DayScheduleDocument, variables, { pause });
  useAppointmentChanges(pause ? null : { date }, useSoon(answer.retry));
  const columns = useMemo(() => data && columnsOfDay(data, date), [data, date]);
  useNames(columns);
  return { ...answer, columns };
}

/** The week of a practitioner that holds a day, and what changes in it. */
export function useWeek(date: string, practitionerId: string | undefined, { pause = false } = {}): Schedule {
  const { timeZone } = useSession().clinic;
  const dates = useMemo(() => weekDays(date), [date]);
  const starts = useMemo(() => [...dates, addDays(dates[6] ?? date, 1)].map((one) => startOfDay(one, timeZone)), [dates, date, timeZone]);
  const rests = pause || !practitionerId;
  const [day0 = '', day1 = '', day2 = '', day3 = '', day4 = '', day5 = '', day6 = '', day7 = ''] = starts;
  const weekOf = dates[0] ?? date;
  const { data, ...answer } = useApiQuery(
    WeekScheduleDocument,
    { weekOf, practitionerId: practitionerId ?? '', day0, day1, day2, day3, day4, day5, day6, day7 },
    { pause: rests },
  );
  useAppointmentChanges(rests ? null : { weekOf }, useSoon(answer.retry));
  const columns = useMemo(() => data && columnsOfWeek(data, dates, starts), [data, dates, starts]);
  useNames(columns);
  return { ...answer, columns };
}
