import { type ReactNode, useMemo } from 'react';
import { Provider } from 'urql';
import { newClient } from './client';
import { useFormats } from './format';
import { SessionContext, useSession } from './session';

/** An instant of the address, ?at=2026-03-10T05:00:00Z, if it is one that has been; null otherwise. */
export function pastInstant(text: string | null, now = Date.now()): string | null {
  if (!text || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return null;
  const instant = Date.parse(text);
  return Number.isNaN(instant) || instant > now ? null : text;
}

/** Shows what is in it as it was at an instant: asked anew, with a cache of its own, and nothing can be changed there. */
export function Past({ at, children }: { at: string; children: ReactNode }) {
  const session = useSession();
  const { isoDayOf } = useFormats();
  const { signedOut } = session;
  const client = useMemo(() => newClient(signedOut, at), [signedOut, at]);
  const past = useMemo(
    () => ({ ...session, pastAt: at, may: () => false, clinic: { ...session.clinic, today: isoDayOf(at) } }),
    [session, at, isoDayOf],
  );
  return (
    <Provider value={client}>
      <SessionContext value={past}>{children}</SessionContext>
    </Provider>
  );
}
