import { type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Provider } from 'urql';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { HereDocument, IdleLimitDocument, SessionDocument, type SessionQuery } from '../../gql/session';
import { apiError, newClient } from '../../lib/client';
import { errorWords } from '../../lib/form';
import type { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { lazyPart } from '../../lib/lazy-part';
import { leaveUnasked } from '../../lib/leave';
import { keepLook, keptLook, type Look, showTheme } from '../../lib/look';
import { onRetry, retryAll } from '../../lib/retry';
import { type Session, SessionContext } from '../../lib/session';
import { signOut } from '../../lib/viewer';
import { IdleWarning } from './idle-warning';
import { useIdle } from './use-idle';

/** Why the screen is covered: nobody was here or somebody locked it, or the session ended elsewhere. */
export type Cover = 'locked' | 'ended';

/** Until the server has said what it is: what it is as a rule. */
const usualLimit = 15 * 60_000;

const SignInAgain = lazyPart(() => import('./sign-in-again'));

function toSignIn() {
  location.replace(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** Who is signed in, and the connection to the API as them. Without a session it leads to the sign-in page. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const { t, setLanguage } = useI18n();
  const [cover, setCover] = useState<Cover | null>(null);
  // Whoever is away has no session either: what was asked then changes nothing.
  const signedOut = useCallback(() => setCover((before) => before ?? 'ended'), []);
  const [client] = useState(() => newClient(signedOut));
  const [session, setSession] = useState<SessionQuery | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [look, setKept] = useState<Look>(() => keptLook());

  const ask = useCallback(async () => {
    const { data, error: failed } = await client.query(SessionDocument, {}, { requestPolicy: 'network-only' });
    const refusal = failed ? apiError(failed) : null;
    if (data?.viewer) setSession(data);
    else if (!refusal || refusal.code === 'UNAUTHENTICATED') return toSignIn();
    setError(refusal);
  }, [client]);
  useEffect(() => void ask(), [ask]);
  useEffect(() => (error ? onRetry(() => void ask()) : undefined), [error, ask]);

  const userId = session?.viewer?.id;
  useEffect(() => {
    if (!userId) return;
    const kept = keptLook(userId);
    setKept(kept);
    showTheme(kept.theme);
    void setLanguage(kept.language);
  }, [userId, setLanguage]);

  const [limit, setLimit] = useState(usualLimit);
  useEffect(() => {
    if (!userId) return;
    void client.query(IdleLimitDocument, {}).then(({ data }) => {
      // One that ends soon in any case shows less than the limit, the others show it.
      const limits = (data?.viewer?.sessions.nodes ?? []).map(({ idleExpiresAt, lastUsedAt }) => Date.parse(idleExpiresAt) - Date.parse(lastUsedAt));
      if (limits.length > 0) setLimit(Math.max(...limits));
    });
  }, [client, userId]);
  const lock = useCallback(() => setCover((before) => before ?? 'locked'), []);
  const uncover = useCallback(
    (id: string) => {
      // Another user starts clean.
      if (id !== userId) return leaveUnasked('/');
      setCover(null);
    },
    [userId],
  );
  const tell = useCallback(() => void client.query(HereDocument, {}, { requestPolicy: 'network-only' }).toPromise(), [client]);
  const { idle, say } = useIdle({ userId, limit, isCovered: cover !== null, onAway: lock, onBack: uncover, tell });
  useEffect(() => {
    if (cover !== 'locked') return;
    // The cover alone would leave the door open in another window. Without a server it waits for it.
    const leave = () => void signOut().catch(() => {});
    leave();
    return onRetry(leave);
  }, [cover]);
  const wasCovered = useRef(false);
  useEffect(() => {
    // Only now: what waited under the cover to leave must not leave the new session.
    if (wasCovered.current && !cover) retryAll();
    wasCovered.current = cover !== null;
  }, [cover]);

  const value = useMemo<Session | null>(() => {
    const viewer = session?.viewer;
    if (!viewer) return null;
    const { role } = viewer;
    return {
      viewer,
      clinic: session.clinic,
      may: (mutation) => viewer.allowedMutations.includes(mutation),
      isDesk: ['DOCTOR', 'NURSE', 'RECEPTIONIST'].includes(role),
      readsCharts: ['DOCTOR', 'NURSE'].includes(role),
      signedOut,
      look,
      setLook(change) {
        const next = { ...look, ...change };
        setKept(next);
        keepLook(next, viewer.id);
        showTheme(next.theme);
        if (change.language) void setLanguage(change.language);
      },
      lock() {
        say('away');
        lock();
      },
    };
  }, [session, look, setLanguage, lock, say, signedOut]);

  if (!value) {
    return (
      error && (
        <main className="mx-auto w-full max-w-[30rem] p-8">
          <Banner tone="danger" title={errorWords(error, t)}>
            <Button onPress={() => void ask()}>{t('common.retry')}</Button>
          </Banner>
        </main>
      )
    );
  }
  const back = (id: string) => {
    uncover(id);
    say('back', id);
  };
  return (
    <Provider value={client}>
      <SessionContext value={value}>
        {children}
        {idle.phase === 'warned' && <IdleWarning secondsLeft={idle.secondsLeft} />}
        {cover && (
          <Suspense fallback={<div className="fixed inset-0 z-50 bg-canvas" />}>
            <SignInAgain why={cover} onSignedIn={back} />
          </Suspense>
        )}
      </SessionContext>
    </Provider>
  );
}
