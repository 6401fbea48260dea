import { useCallback, useEffect, useRef, useState } from 'react';
import { type Idle, idleAfter, lockAfter, tellEvery } from '../../lib/idle';

interface Options {
  /** Whose screen it is: windows of the same user count together. Undefined before that is known. */
  userId: string | undefined;
  /** After how long without a request the server ends a session, in milliseconds. */
  limit: number;
  /** The screen is covered already: nothing is counted. */
  isCovered: boolean;
  /** Nobody was here for too long, in this window or another. */
  onAway: () => void;
  /** Somebody signed in again in another window. */
  onBack: (userId: string) => void;
  /** Somebody is here: the server has to know, or it ends the session. */
  tell: () => void;
}

type Message = { kind: 'active' | 'away' | 'back'; userId: string };

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Follows whether anybody is at the screen, together with the other windows of this browser. Nothing is stored. */
export function useIdle({ userId, limit, isCovered, onAway, onBack, tell }: Options) {
  const [idle, setIdle] = useState<Idle>({ phase: 'here' });
  const last = useRef(Date.now());
  const told = useRef(Date.now());
  const channel = useRef<BroadcastChannel | null>(null);
  const latest = useRef({ onAway, onBack, tell });
  latest.current = { onAway, onBack, tell };

  /** Tells the other windows; of whom, when that is not whose screen it was. */
  const say = useCallback(
    (kind: Message['kind'], who = userId) => {
      if (who) channel.current?.postMessage({ kind, userId: who } satisfies Message);
    },
    [userId],
  );

  useEffect(() => {
    if (!userId || !('BroadcastChannel' in globalThis)) return;
    const own = new BroadcastChannel('clinicql.idle');
    channel.current = own;
    own.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.kind === 'back') return latest.current.onBack(data.userId);
      if (data.userId !== userId) return;
      if (data.kind === 'active') last.current = Date.now();
      else latest.current.onAway();
    };
    return () => {
      channel.current = null;
      own.close();
    };
  }, [userId]);

  useEffect(() => {
    if (!userId || isCovered) return;
    const after = lockAfter(limit);
    const every = tellEvery(limit);
    last.current = Date.now();
    setIdle({ phase: 'here' });
    /** Looks at the clock, which goes on while a computer sleeps and its timers do not. */
    const look = () => {
      const next = idleAfter(Date.now() - last.current, after);
      setIdle((before) => (before.phase === 'here' && next.phase === 'here' ? before : next));
      if (next.phase !== 'away') return;
      say('away');
      latest.current.onAway();
    };
    const sign = () => {
      const now = Date.now();
      // The first sign after too long comes from whoever is there now.
      if (idleAfter(now - last.current, after).phase === 'away') return look();
      const wasWarned = idleAfter(now - last.current, after).phase === 'warned';
      last.current = now;
      if (wasWarned) look();
      if (!wasWarned && now - told.current < every) return;
      told.current = now;
      say('active');
      latest.current.tell();
    };
    const timer = setInterval(look, 1_000);
    for (const name of signs) document.addEventListener(name, sign, { capture: true, passive: true });
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      for (const name of signs) document.removeEventListener(name, sign, { capture: true });
      document.removeEventListener('visibilitychange', look);
    };
  }, [userId, limit, isCovered, say]);

  return { idle: isCovered ? ({ phase: 'here' } as const) : idle, say };
}
