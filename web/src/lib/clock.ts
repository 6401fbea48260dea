import { useSyncExternalStore } from 'react';

/** How far this computer's clock is behind the server's, in milliseconds. */
let skew = 0;

/** What a clock may be off before it is corrected: the server tells whole seconds. */
const tolerance = 5_000;

/** Learns the server's time from an answer, so that a desk whose own clock is wrong still counts minutes right. */
export function noteServerTime(date: string | null, here = Date.now()) {
  const there = date ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(there)) return;
  const next = there - here;
  skew = Math.abs(next) < tolerance ? 0 : next;
}

/** The instant that it is, by the server's clock. */
export function now(): number {
  return Date.now() + skew;
}

const minute = 60_000;
const every = 2_000;
const listeners = new Set<() => void>();
let current = startOfMinute();
let timer: ReturnType<typeof setInterval> | undefined;

function startOfMinute(): number {
  return Math.floor(now() / minute) * minute;
}

function tick() {
  const next = startOfMinute();
  if (next === current) return;
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(tick, every);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The minute that it is, as the instant at which it began; what shows it changes with it. */
export function useMinute(): number {
  return useSyncExternalStore(subscribe, () => (timer ? current : (current = startOfMinute())));
}

/** Whole minutes since an instant; none when it lies ahead, as clocks differ. */
export function minutesSince(instant: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(instant)) / minute));
}
