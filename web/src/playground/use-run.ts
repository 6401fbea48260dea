import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { createContext, use, useEffect, useMemo, useSyncExternalStore } from 'react';
import { newRuns, type Run, type Runs } from './run';

export const RunsContext = createContext<Runs>(newRuns());

/** The tab that is open. */
export function useTab(): string {
  return useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]?.id ?? '');
}

/** What GraphiQL says in an answer's place when variables or headers are no JSON: nothing was sent then, and nothing noted. */
function notSent(response: string | null): Run | undefined {
  const [, words] = /^\{\s*"errors": \[\s*\{\s*"message": "Request not sent\. (.*)"/.exec(response ?? '') ?? [];
  return words === undefined ? undefined : { status: 0, answer: { errors: [{ message: words, extensions: { code: 'NOT_SENT' } }] }, retryAfter: 0, milliseconds: 0 };
}

/** What came of the last operation of the open tab. */
export function useRun(): Run | undefined {
  const runs = use(RunsContext);
  const tab = useTab();
  const response = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]?.response ?? null);
  const unsent = useMemo(() => notSent(response), [response]);
  const run = useSyncExternalStore(runs.subscribe, () => runs.of(tab));
  return unsent ?? run;
}

/**
 * Keeps runs with their tabs: what is sent from a tab that one leaves, or stops, is given up, so that its answer does not
 * come up in another. It shows nothing.
 */
export function RunKeeper({ abandon }: { abandon: () => void }) {
  const runs = use(RunsContext);
  const tab = useTab();
  const ids = useGraphiQL(({ tabs }) => tabs.map(({ id }) => id).join(' '));
  const isFetching = useGraphiQL((state) => state.isFetching);
  const { stop } = useGraphiQLActions();
  useEffect(() => {
    runs.tab = tab;
    return () => {
      abandon();
      stop();
    };
  }, [runs, tab, abandon, stop]);
  useEffect(() => {
    if (!isFetching) abandon();
  }, [isFetching, abandon]);
  useEffect(() => runs.keep(ids.split(' ')), [runs, ids]);
  return null;
}
