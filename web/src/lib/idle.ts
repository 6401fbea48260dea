/** Where somebody stands who has done nothing for a while. */
export type Idle = { phase: 'here' } | { phase: 'warned'; secondsLeft: number } | { phase: 'away' };

const minute = 60_000;

/**
 * After how long without a sign of anybody the screen locks, in milliseconds, by the server's own limit. The server counts
 * from the last request, and that to within a minute: we are earlier, so that a session never ends before its screen locks.
 */
export function lockAfter(serverLimit: number): number {
  return serverLimit > 6 * minute ? serverLimit - 2 * minute : (serverLimit * 2) / 3;
}

/** How often at most the server is told that somebody is here. */
export function tellEvery(serverLimit: number): number {
  return Math.min(minute, serverLimit / 5);
}

/** What holds after a time without a sign of anybody; the warning stands for a minute, or the last third of a short limit. */
export function idleAfter(silence: number, limit: number): Idle {
  if (silence >= limit) return { phase: 'away' };
  const left = limit - silence;
  if (left > Math.min(minute, limit / 3)) return { phase: 'here' };
  return { phase: 'warned', secondsLeft: Math.ceil(left / 1000) };
}
