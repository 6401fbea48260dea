import { useSyncExternalStore } from 'react';

/** Whether the server answers. What fails for want of an answer says so here; what succeeds takes it back. */
let isLive = true;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

const every = 3_000;

function set(next: boolean) {
  if (next === isLive) return;
  isLive = next;
  for (const listener of listeners) listener();
}

async function ask() {
  timer = undefined;
  try {
    const answer = await fetch('/health/ready', { cache: 'no-store', signal: AbortSignal.timeout(every) });
    if (answer.ok) return set(true);
  } catch {
    // Ask again below.
  }
  timer ??= setTimeout(ask, every);
}

export const live = {
  get now() {
    return isLive;
  },
  /** An answer came. */
  answered() {
    set(true);
  },
  /** No answer came: asks from now on until one does. */
  lost() {
    set(false);
    timer ??= setTimeout(ask, every);
  },
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

if (typeof addEventListener === 'function') {
  addEventListener('offline', () => live.lost());
  addEventListener('online', () => void ask());
}

export function useLive(): boolean {
  return useSyncExternalStore(live.subscribe, () => isLive);
}
