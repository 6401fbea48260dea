import { formats } from '../lib/format';
import { type I18n, type Key, localeOf } from '../lib/i18n';
import { isShare, weekdays } from './chart-data';

/** What a place, a series or both are called: "Monday · Nino Beridze". */
export const called = (...names: string[]) => names.filter(Boolean).join(' · ');

/** The words of a key, or what is to be said without any. */
function known(t: I18n['t'], key: string, otherwise: string): string {
  const words = t(key as Key);
  return words === key ? otherwise : words;
}

/** Words of a chart in the language of the page. Days are days of the calendar, so that no zone matters. */
export function chartWords({ t, language }: Pick<I18n, 't' | 'language'>) {
  const { day, weekdayOf } = formats(t, 'UTC');
  const month = (date: string) => t('date.month', { month: t('date.shortMonths').split(' ')[Number(date.slice(5, 7)) - 1] ?? '', year: date.slice(0, 4) });
  const number = (value: number, digits: number) => value.toLocaleString(localeOf[language], { maximumFractionDigits: digits });

  /** A group: "week". */
  const group = (name: string) => known(t, `playground.${name}`, name);

  /** A place on the axis: "2 Mar 2026", "Monday", "18–29". */
  function place(name: string, id: string): string {
    if (id === '' || id === 'UNKNOWN') return t('playground.unknown');
    if (/^\d{4}-\d\d-\d\d$/.test(id)) {
      if (name === 'quarterOn') return `Q${Math.ceil(Number(id.slice(5, 7)) / 3)} ${id.slice(0, 4)}`;
      return /month/i.test(name) ? month(id) : day(id);
    }
    if (name === 'hour') return `${id.padStart(2, '0')}:00`;
    // Some day of each: 2 February 1970 was a Monday.
    if (name === 'weekday') return weekdays.includes(id) ? weekdayOf(`1970-02-0${2 + weekdays.indexOf(id)}`) : id;
    const band = /^AGE_(\d+)_(\d+|OR_MORE)$/.exec(id);
    if (band?.[1]) return band[2] === 'OR_MORE' ? t('playground.ageOrMore', { from: band[1] }) : `${band[1]}–${band[2]}`;
    if (name === 'sex') return known(t, `patient.${id}`, id);
    return name === 'status' ? known(t, `appointment.${id}`, known(t, `record.${id}`, id)) : id;
  }

  /** A value of a measure: "12.4 %", "35 min". */
  function value(measure: string, isDuration: boolean, amount: number): string {
    if (isShare(measure)) return `${number(amount * 100, 1)} %`;
    if (!isDuration) return number(amount, 2);
    if (amount < 100) return t('playground.minutes', { count: number(amount, 0) });
    return amount < 2880 ? t('playground.hours', { count: number(amount / 60, 1) }) : t('playground.days', { count: number(amount / 1440, 1) });
  }

  return { group, place, value };
}

export type ChartWords = ReturnType<typeof chartWords>;
