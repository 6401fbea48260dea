import { readTypedDate } from './typed-date';

const dayMonth = /^(\d{1,2})[\s./-]+(\d{1,2})\.?$/;
const dayOnly = /^(\d{1,2})\.?$/;

/**
 * Reads a day to come as people type it at a desk: as readTypedDate does, or 23.11, or the 23rd alone, which mean the next
 * such day from today on. ISO 8601, or null when it is none.
 */
export function readTypedDay(text: string, today: string): string | null {
  const typed = text.trim();
  const whole = readTypedDate(typed);
  if (whole) return whole.precision === 'DAY' ? whole.date : null;
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  let match = dayMonth.exec(typed);
  const months: [number, number][] = match
    ? Array.from({ length: 5 }, (_, i) => [year + i, Number(match?.[2])])
    : Array.from({ length: 3 }, (_, i) => [year + Math.floor((month - 1 + i) / 12), ((month - 1 + i) % 12) + 1]);
  match ??= dayOnly.exec(typed);
  if (!match) return null;
  for (const [y, m] of months) {
    const day = readTypedDate(`${match[1]}.${m}.${y}`)?.date;
    if (day && day >= today) return day;
  }
  return null;
}

/** Reads a time of day as people type it: 9, 930, 9:30, 9.30. "09:30", or null when it is none. */
export function readTypedTime(text: string): string | null {
  const match = /^(\d{1,2})(?:\s*[:. ]\s*(\d{2})|(\d{2}))?$/.exec(text.trim());
  if (!match) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? match[3] ?? 0)];
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
