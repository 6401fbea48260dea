const form = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/;

/** Minutes of a length of ISO 8601 as the API writes it: 90 of "PT1H30M". Zero when it is none. */
export function minutesOf(duration: string): number {
  const [, days = 0, hours = 0, minutes = 0] = form.exec(duration) ?? [];
  return (Number(days) * 24 + Number(hours)) * 60 + Number(minutes);
}

/** The length that the API takes: "PT90M". */
export function durationOf(minutes: number): string {
  return `PT${minutes}M`;
}
