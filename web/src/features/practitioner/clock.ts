const typed = /^(\d{1,2})(?:[:.\s-]?(\d{2}))?$/;

/** A time of day as people type it, 9, 930, 9.30 or 09:30, as "09:30". Null when it is none. */
export function readClock(text: string): string | null {
  const match = typed.exec(text.trim());
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? 0)];
  return hours > 23 || minutes > 59 ? null : clockOf(hours * 60 + minutes);
}

/** "09:30" of 570 minutes after midnight, whichever day that is. */
export function clockOf(minutes: number): string {
  const ofDay = ((minutes % 1440) + 1440) % 1440;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}

/** 570 of "09:30". */
export function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}
