/** How many minutes a zone is ahead of UTC at an instant. */
function offset(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return (wall - Math.floor(instant / 1000) * 1000) / 60_000;
}

/** The instant at which the clinic's clock shows a time on a day: "09:30". */
export function instantOf(date: string, time: string, timeZone: string): string {
  const wall = Date.parse(`${date}T${time}Z`);
  // The first guess lies at most a day away, and the clocks may change in between: the second uses the zone's offset there.
  const first = wall - offset(wall, timeZone) * 60_000;
  return new Date(wall - offset(first, timeZone) * 60_000).toISOString();
}

/** The instant at which a day of the clinic's calendar begins. */
export function startOfDay(date: string, timeZone: string): string {
  return instantOf(date, '00:00', timeZone);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
