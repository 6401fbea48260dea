import { type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { Provider } from 'urql';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { SessionDocument, type SessionQuery } from '../../gql/session';
import { apiError, newClient } from '../../lib/client';
import { errorWords } from '../../lib/form';
import type { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { lazyPart } from '../../lib/lazy-part';
import { keepLook, keptLook, type Look, showTheme } from '../../lib/look';
import { onRetry, retryAll } from '../../lib/retry';
import { type Session, SessionContext } from '../../lib/session';

const SignInAgain = lazyPart(() => import('./sign-in-again'));

function toSignIn() {
  location.replace(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** Who is signed in, and the connection to the API as them. Without a session it leads to the sign-in page. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const { t, setLanguage } = useI18n();
  const [hasEnded, setHasEnded] = useState(false);
  const [client] = useState(() => newClient(() => setHasEnded(true)));
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
      look,
      setLook(change) {
        const next = { ...look, ...change };
        setKept(next);
        keepLook(next, viewer.id);
        showTheme(next.theme);
        if (change.language) void setLanguage(change.language);
      },
    };
  }, [session, look, setLanguage]);

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
    // Another user starts clean.
    if (id !== value.viewer.id) return location.reload();
    setHasEnded(false);
    retryAll();
  };
  return (
    <Provider value={client}>
      <SessionContext value={value}>
        {children}
        {hasEnded && (
          <Suspense>
            <SignInAgain onSignedIn={back} />
          </Suspense>
        )}
      </SessionContext>
    </Provider>
  );
}
