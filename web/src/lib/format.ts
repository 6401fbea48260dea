import { useMemo } from 'react';
import type { DatePrecision } from '../gql/patient';
import { type I18n, useI18n } from './i18n';
import { useSession } from './session';

interface Born {
  birthDate: string | null;
  birthDatePrecision: DatePrecision;
}

/** Words for days and times: months by name, times on the clinic's wall clock whatever the browser's zone. */
export function formats(t: I18n['t'], timeZone: string) {
  const [months, shortMonths, weekdays, shortWeekdays] = [t('date.months'), t('date.shortMonths'), t('date.weekdays'), t('date.shortWeekdays')].map((words) => words.split(' '));
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  const isoDay = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone });
  const parts = (date: string) => ({ year: date.slice(0, 4), at: Number(date.slice(5, 7)) - 1, day: String(Number(date.slice(8, 10))) });
  const day = (date: string) => {
    const { year, at, day } = parts(date);
    return t('date.short', { day, month: shortMonths?.[at] ?? '', year });
  };
  const isoDayOf = (instant: string) => isoDay.format(new Date(instant));
  return {
    /** 14 Jul 1989, of a day of the calendar, ISO 8601 */
    day,
    /** Wednesday, 12 August 2026 */
    longDay(date: string) {
      const { year, at, day } = parts(date);
      const weekday = weekdays?.[new Date(`${date}T00:00Z`).getUTCDay()] ?? '';
      return t('date.long', { weekday, day, month: months?.[at] ?? '', year });
    },
    /** Wednesday */
    weekdayOf: (date: string) => weekdays?.[new Date(`${date}T00:00Z`).getUTCDay()] ?? '',
    /** Wed 12 Aug */
    shortDay(date: string) {
      const { at, day } = parts(date);
      return t('date.shortDay', { weekday: shortWeekdays?.[new Date(`${date}T00:00Z`).getUTCDay()] ?? '', day, month: shortMonths?.[at] ?? '' });
    },
    /** As much of a birth date as is known. */
    born({ birthDate, birthDatePrecision }: Born) {
      if (!birthDate) return t('patient.bornUnknown');
      const { year, at } = parts(birthDate);
      if (birthDatePrecision === 'YEAR') return year;
      return birthDatePrecision === 'MONTH' ? t('date.month', { month: shortMonths?.[at] ?? '', year }) : day(birthDate);
    },
    /** The day of an instant at the clinic, ISO 8601. */
    isoDayOf,
    /** An instant on the clinic's wall clock: 2026-03-02T09:30 */
    localOf: (instant: string) => `${isoDayOf(instant)}T${clock.format(new Date(instant))}`,
    /** The same in words. */
    dayOf: (instant: string) => day(isoDayOf(instant)),
    /** 09:30 */
    time: (instant: string) => clock.format(new Date(instant)),
  };
}

export type Formats = ReturnType<typeof formats>;

export function useFormats(): Formats {
  const { t } = useI18n();
  const { timeZone } = useSession().clinic;
  return useMemo(() => formats(t, timeZone), [t, timeZone]);
}
