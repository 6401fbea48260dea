import type { AppointmentStatus, AppointmentWhere } from '../../gql/appointment';
import { addDays, startOfDay } from '../../lib/clinic-day';
import { readTypedDay } from '../../lib/typed-day';
import type { Bookable } from '../../components/practitioner-field';

/** Which visits are listed. */
export interface Filters {
  when: 'coming' | 'today' | 'past' | 'between';
  /** Days as they are typed, with `between`; both belong to it. */
  from: string;
  until: string;
  status: AppointmentStatus | 'ANY';
  practitioner: Bookable | null;
}

export const noFilters: Filters = { when: 'coming', from: '', until: '', status: 'ANY', practitioner: null };

/** A day that was, as a rule: 23.11 of this year, where the desk's next such day is not meant. */
function pastDay(typed: string, today: string): string | null {
  return readTypedDay(typed, `${today.slice(0, 4)}-01-01`);
}

/** The filters as a condition; what is not typed whole does not narrow. */
export function whereOf({ when, from, until, status, practitioner }: Filters, today: string, timeZone: string): AppointmentWhere {
  const start = (day: string) => startOfDay(day, timeZone);
  const [first, last] = [pastDay(from, today), pastDay(until, today)];
  const startsAt = {
    coming: { gte: start(today) },
    today: { gte: start(today), lt: start(addDays(today, 1)) },
    past: { lt: start(today) },
    between: { ...(first && { gte: start(first) }), ...(last && { lt: start(addDays(last, 1)) }) },
  }[when];
  return {
    ...(Object.keys(startsAt).length > 0 && { startsAt }),
    ...(status !== 'ANY' && { status: { eq: status } }),
    ...(practitioner && { practitionerId: { eq: practitioner.id } }),
  };
}
