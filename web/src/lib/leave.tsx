import { createContext, type ReactNode, Suspense, use, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { type AroundNavHandler, Router, useLocation, useSearch } from 'wouter';
import { lazyPart } from './lazy-part';

const LeaveDialog = lazyPart(() => import('../components/leave-dialog'));

/** What leaving would lose: the page with what is on it, or only the whole browser tab, under which the shell's windows stay open. */
type Reach = 'page' | 'tab';

interface Keeper {
  hold: (id: string, reach: Reach) => void;
  release: (id: string) => void;
}

const LeaveContext = createContext<Keeper>({ hold() {}, release() {} });

/**
 * Asks before a page is left whose typed words would be lost: by a link, by a key, by the browser's ways back and forth,
 * and by closing the window. What stays under the same path, such as another search, is no leaving.
 */
export function LeaveGuard({ children }: { children: ReactNode }) {
  const held = useRef(new Map<string, Reach>());
  const [go, setGo] = useState<{ run: () => void } | null>(null);
  const keeper = useMemo<Keeper>(() => ({ hold: (id, reach) => void held.current.set(id, reach), release: (id) => void held.current.delete(id) }), []);
  const aroundNav = useCallback<AroundNavHandler>((navigate, to, options) => {
    const isLeaving = holdsPage(held.current) && new URL(to, location.href).pathname !== location.pathname;
    if (isLeaving) setGo({ run: () => navigate(to, options) });
    else navigate(to, options);
  }, []);
  useEffect(() => {
    const close = (event: BeforeUnloadEvent) => {
      if (held.current.size > 0 && !isLetGo) event.preventDefault();
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
                for (const [id, reach] of held.current) if (reach === 'page') held.current.delete(id);
                go.run();
              }}
            />
          </Suspense>
        )}
      </Router>
    </LeaveContext>
  );
}

const holdsPage = (held: ReadonlyMap<string, Reach>) => [...held.values()].includes('page');

let isLetGo = false;

/** Leaves for good without a question: what was typed belongs to somebody who is not here any more. */
export function leaveUnasked(address: string) {
  isLetGo = true;
  location.replace(address);
}

/** What the browser's ways back and forth have to ask. */
let onBack: ((event: PopStateEvent) => void) | undefined;

// Before the router listens: browsers call the listeners of a window in the order in which they came.
if (typeof addEventListener === 'function') addEventListener('popstate', (event) => onBack?.(event));

/** The browser has gone back before anybody can say no: the address is put back, and then it is asked. */
function BackGuard({ held, onLeave }: { held: { current: ReadonlyMap<string, Reach> }; onLeave: (run: () => void) => void }) {
  const [path, navigate] = useLocation();
  const search = useSearch();
  useEffect(() => {
    const here = path + (search && `?${search}`);
    onBack = (event) => {
      const wanted = location.pathname + location.search;
      if (!holdsPage(held.current) || location.pathname === path) return;
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

/**
 * Closes a window, and asks first when something was typed in it: once for the window itself, and for the ways that take
 * the page with it. What is being sent is not held, for an answer may lead on to another page.
 */
export function useClosing(form: { isChanged: boolean; isSending: boolean }, onClose: () => void, reach: Reach = 'page') {
  const [isLeaving, setIsLeaving] = useState(false);
  useLeaveGuard(form.isChanged && !form.isSending, reach);
  return {
    /** It has been asked, and `LeaveNotice` is to stand at its head. */
    isLeaving,
    close: () => (form.isChanged && !isLeaving ? setIsLeaving(true) : onClose()),
    stay: () => setIsLeaving(false),
  };
}

/** Holds the page, or the tab, while something is typed that leaving would lose. It returns a function that lets go at once, for whoever has just saved it. */
export function useLeaveGuard(isChanged: boolean, reach: Reach = 'page'): () => void {
  const { hold, release } = use(LeaveContext);
  const id = useId();
  useEffect(() => {
    if (isChanged) hold(id, reach);
    else release(id);
    return () => release(id);
  }, [isChanged, reach, id, hold, release]);
  return useCallback(() => release(id), [release, id]);
}
