import { useSyncExternalStore } from 'react';

/** Whether the server answers. What fails for want of an answer says so here; what succeeds takes it back. */
let isAnswering = true;
/** Whether changes are told as they happen. Null while nothing on the screen asks for them. */
let isFollowing: boolean | null = null;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

const every = 3_000;

function set(answering: boolean, following = isFollowing) {
  if (answering === isAnswering && following === isFollowing) return;
  isAnswering = answering;
  isFollowing = following;
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
  /** The server answers. */
  get now() {
    return isAnswering;
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
  /** Changes are told, or are not though they should be; null when nobody needs them. */
  followed(following: boolean | null) {
    set(isAnswering, following);
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

/** `live`: what is on the screen is what the server has. `catchingUp`: the server answers, and changes are not told yet. */
export type Liveness = 'live' | 'catchingUp' | 'offline';

export function useLive(): Liveness {
  return useSyncExternalStore(live.subscribe, () => (!isAnswering ? 'offline' : isFollowing === false ? 'catchingUp' : 'live'));
}
