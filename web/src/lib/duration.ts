/** Whole minutes of an ISO 8601 duration as the API writes it: "PT1H30M". */
export function minutesOf(duration: string): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration);
  return match ? Number(match[1] ?? 0) * 1440 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0) : 0;
}

export function durationOf(minutes: number): string {
  return `PT${minutes}M`;
}
