import type { DatePrecision } from '../gql/patient';

export interface TypedDate {
  /** The first day that it can mean, ISO 8601. */
  date: string;
  precision: Extract<DatePrecision, 'DAY' | 'MONTH' | 'YEAR'>;
}

const isoDay = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const dayFirst = /^(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})$/;
const eightDigits = /^(\d{2})(\d{2})(\d{4})$/;
const monthYear = /^(\d{1,2})[\s./-]+(\d{4})$/;
const yearOnly = /^(\d{4})$/;

function day(year: number, month: number, dayOfMonth: number): TypedDate | null {
  const at = new Date(Date.UTC(year, month - 1, dayOfMonth));
  // A day that does not exist rolls over into the next month.
  if (year < 1800 || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== dayOfMonth) return null;
  return { date: at.toISOString().slice(0, 10), precision: 'DAY' };
}

/**
 * Reads a date as people type it, the day before the month: 1-2-1990, 01.02.1990, 01021990, 1990-02-01; or as much as is
 * known of it: 2.1990, 1990. Null when it is none.
 */
export function readTypedDate(text: string): TypedDate | null {
  const typed = text.trim();
  let match = isoDay.exec(typed);
  if (match) return day(Number(match[1]), Number(match[2]), Number(match[3]));
  match = dayFirst.exec(typed) ?? eightDigits.exec(typed);
  if (match) return day(Number(match[3]), Number(match[2]), Number(match[1]));
  match = monthYear.exec(typed);
  if (match) {
    const first = day(Number(match[2]), Number(match[1]), 1);
    return first && { ...first, precision: 'MONTH' };
  }
  match = yearOnly.exec(typed);
  const first = match && day(Number(match[1]), 1, 1);
  return first && { ...first, precision: 'YEAR' };
}
