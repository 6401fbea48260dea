import { createContext, type ReactNode, Suspense, use, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { type AroundNavHandler, Router, useLocation, useSearch } from 'wouter';
import { lazyPart } from './lazy-part';

const LeaveDialog = lazyPart(() => import('../components/leave-dialog'));

interface Keeper {
  hold: (id: string) => void;
  release: (id: string) => void;
}

const LeaveContext = createContext<Keeper>({ hold() {}, release() {} });

/**
 * Asks before a page is left whose typed words would be lost: by a link, by a key, by the browser's ways back and forth,
 * and by closing the window. What stays under the same path, such as another search, is no leaving.
 */
export function LeaveGuard({ children }: { children: ReactNode }) {
  const held = useRef(new Set<string>());
  const [go, setGo] = useState<{ run: () => void } | null>(null);
  const keeper = useMemo<Keeper>(() => ({ hold: (id) => void held.current.add(id), release: (id) => void held.current.delete(id) }), []);
  const aroundNav = useCallback<AroundNavHandler>((navigate, to, options) => {
    const isLeaving = held.current.size > 0 && new URL(to, location.href).pathname !== location.pathname;
    if (isLeaving) setGo({ run: () => navigate(to, options) });
    else navigate(to, options);
  }, []);
  useEffect(() => {
    const close = (event: BeforeUnloadEvent) => {
      if (held.current.size > 0) event.preventDefault();
    };
    addEventListener('beforeunload', close);
    return () => removeEventListener('beforeunload', close);
  }, []);
  return (
    <LeaveContext value={keeper}>
      <Router aroundNav={aroundNav}>
        <BackGuard held={held} onLeave={(run) => setGo({ run })} />
        {children}
        {go && (
          <Suspense>
            <LeaveDialog
              onStay={() => setGo(null)}
              onLeave={() => {
                setGo(null);
                held.current.clear();
                go.run();
              }}
            />
          </Suspense>
        )}
      </Router>
    </LeaveContext>
  );
}

/** What the browser's ways back and forth have to ask. */
let onBack: ((event: PopStateEvent) => void) | undefined;

// Before the router listens: browsers call the listeners of a window in the order in which they came.
if (typeof addEventListener === 'function') addEventListener('popstate', (event) => onBack?.(event));

/** The browser has gone back before anybody can say no: the address is put back, and then it is asked. */
function BackGuard({ held, onLeave }: { held: { current: Set<string> }; onLeave: (run: () => void) => void }) {
  const [path, navigate] = useLocation();
  const search = useSearch();
  useEffect(() => {
    const here = path + (search && `?${search}`);
    onBack = (event) => {
      const wanted = location.pathname + location.search;
      if (held.current.size === 0 || location.pathname === path) return;
      event.stopImmediatePropagation();
      history.pushState(null, '', here);
      onLeave(() => navigate(wanted));
    };
    return () => {
      onBack = undefined;
    };
  });
  return null;
}

/** Holds the page while something is typed that leaving would lose. It returns a function that lets go at once, for whoever has just saved it. */
export function useLeaveGuard(isChanged: boolean): () => void {
  const { hold, release } = use(LeaveContext);
  const id = useId();
  useEffect(() => {
    if (isChanged) hold(id);
    else release(id);
    return () => release(id);
  }, [isChanged, id, hold, release]);
  return useCallback(() => release(id), [release, id]);
}
