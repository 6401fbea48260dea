/** Where things stand in the calendar: minutes from the top of a column. */
export interface Span {
  from: number;
  to: number;
}

interface Instants {
  startsAt: string;
  endsAt: string;
}

/** The day that a column shows, in milliseconds. It need not have 24 hours. */
export interface Day {
  startsAt: number;
  endsAt: number;
  /** The instant that stands at minute 0. */
  origin: number;
}

const minute = 60_000;

/** A day alone: every instant has a place of its own, also on the days on which the clocks change. */
export function singleDay(startsAt: string, endsAt: string): Day {
  return { startsAt: Date.parse(startsAt), endsAt: Date.parse(endsAt), origin: Date.parse(startsAt) };
}

/** A day among others: what the clock shows stands at one height in all of them, from the hour on at which clocks change. */
export function dayOfWeek(startsAt: string, endsAt: string): Day {
  return { startsAt: Date.parse(startsAt), endsAt: Date.parse(endsAt), origin: Date.parse(endsAt) - 24 * 60 * minute };
}

export function minuteOf({ origin }: Day, instant: number): number {
  return (instant - origin) / minute;
}

/** How far down a day reaches. */
export function lengthOf(day: Day): number {
  return minuteOf(day, day.endsAt);
}

/** What of a time lies within the day, or null. */
export function spanWithin(day: Day, { startsAt, endsAt }: Instants): Span | null {
  const from = Math.max(minuteOf(day, Math.max(Date.parse(startsAt), day.startsAt)), 0);
  const to = minuteOf(day, Math.min(Date.parse(endsAt), day.endsAt));
  return to > from ? { from, to } : null;
}

/** What lies between the spans, from one minute to another. Spans may overlap and come in any order. */
export function gaps(spans: readonly Span[], { from, to }: Span): Span[] {
  const free: Span[] = [];
  let at = from;
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (span.from > at) free.push({ from: at, to: Math.min(span.from, to) });
    at = Math.max(at, span.to);
    if (at >= to) break;
  }
  if (at < to) free.push({ from: at, to });
  return free.filter((gap) => gap.to > gap.from);
}

const quarter = 15;

/** The minute at which something begins that is dragged: a quarter of an hour of the clock, or that at which it stood. */
export function snap(at: number, own: number): number {
  const nearest = Math.round(at / quarter) * quarter;
  return Math.abs(at - own) < Math.abs(at - nearest) ? own : nearest;
}

const hour = 60;
const usual: Span = { from: 8 * hour, to: 18 * hour };
const least = 8 * hour;

/** The whole hours that hold all of these, at least eight; of an empty day those from eight to six. */
export function hoursAround(spans: readonly Span[], length = 24 * hour): Span {
  if (spans.length === 0) return usual;
  const from = Math.floor(Math.min(...spans.map((span) => span.from)) / hour) * hour;
  const to = Math.min(Math.ceil(Math.max(...spans.map((span) => span.to)) / hour) * hour, length);
  const missing = Math.max(least - (to - from), 0);
  const end = Math.min(to + missing, length);
  return { from: Math.max(Math.min(from, end - least), 0), to: end };
}

/** Which of how many lanes side by side something has. */
export interface Lane {
  lane: number;
  lanes: number;
}

/**
 * Puts what overlaps side by side: one entry for each span, in the order given. Nothing is drawn lower than `shortest`
 * minutes, so what is shorter counts as that long.
 */
export function lanesOf(spans: readonly Span[], shortest = 14): Lane[] {
  const lanes: Lane[] = spans.map(() => ({ lane: 0, lanes: 1 }));
  const order = spans.map((span, i) => ({ i, from: span.from, to: Math.max(span.to, span.from + shortest) }));
  order.sort((a, b) => a.from - b.from || b.to - a.to);
  let cluster: { i: number; lane: number }[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const { i, lane } of cluster) lanes[i] = { lane, lanes: ends.length };
    cluster = [];
    ends = [];
  };
  for (const { i, from, to } of order) {
    if (ends.every((end) => end <= from)) close();
    const freed = ends.findIndex((end) => end <= from);
    const lane = freed < 0 ? ends.length : freed;
    ends[lane] = to;
    cluster.push({ i, lane });
  }
  close();
  return lanes;
}
