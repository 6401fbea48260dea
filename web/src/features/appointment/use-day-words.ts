import { useMemo } from 'react';
import { addDays } from '../../lib/clinic-day';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useToday } from '../../lib/use-today';

/** The day of an instant as it is said at the desk: today, tomorrow, or the day by name. */
export function useDayWords() {
  const { t } = useI18n();
  const today = useToday();
  const { isoDayOf, weekdayOf, day } = useFormats();
  return useMemo(() => {
    // Both languages shorten a weekday to its first three letters.
    const shortDay = (date: string) => `${weekdayOf(date).slice(0, 3)} ${date.slice(0, 4) === today.slice(0, 4) ? day(date).replace(/ \d{4}$/, '') : day(date)}`;
    const ofDay = (date: string) =>
      date === today ? t('booking.today') : date === addDays(today, 1) ? t('booking.tomorrow') : shortDay(date);
    return { ofDay, of: (instant: string) => ofDay(isoDayOf(instant)) };
  }, [t, today, isoDayOf, weekdayOf, day]);
}
