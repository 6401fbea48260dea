import { addDays } from '../../lib/clinic-day';

export const views = ['day', 'week', 'list'] as const;
export type View = (typeof views)[number];

/** What the calendar shows. All of it stands in the address, so that it can be kept, sent and gone back to. */
export interface CalendarAddress {
  /** A day of the clinic's calendar; in the week the one that it is about. */
  date: string;
  view: View;
  /** Whose columns, by id; nobody means everybody. */
  practitionerIds: readonly string[];
}

const isoDay = /^\d{4}-\d{2}-\d{2}$/;
const id = /^[0-9a-f-]{36}$/;

/** Reads `?date=2026-08-12&view=week&with=ID,ID`; what is missing or makes no sense is today, the day and everybody. */
export function readAddress(search: string, today: string): CalendarAddress {
  const asked = new URLSearchParams(search);
  const date = asked.get('date') ?? '';
  const isDay = isoDay.test(date) && addDaysOrNull(date) === date;
  return {
    date: isDay ? date : today,
    view: views.find((view) => view === asked.get('view')) ?? 'day',
    practitionerIds: [...new Set((asked.get('with') ?? '').split(',').filter((one) => id.test(one)))].slice(0, 50),
  };
}

function addDaysOrNull(date: string): string | null {
  // A day that does not exist rolls over, or is none.
  return Number.isNaN(Date.parse(date)) ? null : addDays(date, 0);
}

export function writeAddress({ date, view, practitionerIds }: CalendarAddress, today: string): string {
  const parts = [
    date !== today && `date=${date}`,
    view !== 'day' && `view=${view}`,
    practitionerIds.length > 0 && `with=${practitionerIds.join(',')}`,
  ].filter(Boolean);
  return parts.length > 0 ? `/?${parts.join('&')}` : '/';
}

/** The Monday of the week that holds a day. */
export function mondayOf(date: string): string {
  return addDays(date, -((new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7));
}

export function weekDays(date: string): string[] {
  const monday = mondayOf(date);
  return Array.from({ length: 7 }, (_, i) => addDays(monday, i));
}
