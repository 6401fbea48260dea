import { type ComponentType, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { Refusals } from '../components/refusals';
import { Toasts } from '../components/toasts';
import { useI18n } from '../lib/i18n';
import { useKeys } from '../lib/keys';
import { lazyPart, loadAllParts } from '../lib/lazy-part';
import { useSession } from '../lib/session';
import { ActionBar } from './action-bar';
import { TopBar } from './top-bar';
import { type Window, WindowsContext } from '../lib/windows';

const windows = {
  find: lazyPart(() => import('../features/patient/find-patient')),
  newPatient: lazyPart(() => import('../features/patient/new-patient')),
  book: lazyPart(() => import('../features/appointment/book-appointment')),
  visit: lazyPart(() => import('../features/appointment/visit-window')),
  moveVisit: lazyPart(() => import('../features/appointment/move-visit')),
  cancelVisit: lazyPart(() => import('../features/appointment/cancel-visit')),
  keys: lazyPart(() => import('./all-keys')),
  about: lazyPart(() => import('./about')),
};

/** What every window is given; each takes what it needs of it. */
type WindowProps = Omit<Window, 'name'> & { typed: string; appointmentId: string; onClose: () => void };

/** What stands around every page: the bar above, the actions below, and the windows that open from anywhere. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useI18n();
  const { isDesk, may, lock } = useSession();
  const [, navigate] = useLocation();
  const [opened, setOpened] = useState<readonly Window[]>([]);
  // A window that another took the place of leaves nothing to go back to: whoever closes the last is where they were.
  const opener = useRef<Element | null>(null);
  const hasWindow = opened.length > 0;
  useEffect(() => {
    if (hasWindow) return;
    const timer = setTimeout(() => {
      if (document.activeElement === document.body && opener.current instanceof HTMLElement) opener.current.focus();
    }, 50);
    return () => clearTimeout(timer);
  }, [hasWindow]);
  const setOpen = useCallback(
    (window: Window | null) => {
      if (window && document.activeElement?.closest('[role=dialog]') === null) opener.current = document.activeElement;
      setOpened((all) => (!window ? all.slice(0, -1) : window.isOver ? [...all, window] : [window]));
    },
    [],
  );
  useKeys([
    ...(isDesk ? [{ key: 'mod+k', label: t('keys.find'), run: () => setOpen({ name: 'find' }) }] : []),
    { key: 't', label: t('shell.today'), run: () => navigate('/') },
    ...(may('bookAppointment') ? [{ key: 'b', label: t('appointment.book'), run: () => setOpen({ name: 'book' }), isInBar: true }] : []),
    ...(may('createPatient') ? [{ key: 'n', label: t('patient.new'), run: () => setOpen({ name: 'newPatient' }) }] : []),
    { key: 'alt+l', label: t('session.lock'), run: lock },
    { key: '?', label: t('keys.all'), run: () => setOpen({ name: 'keys' }) },
  ]);
  useEffect(loadAllParts, []);
  return (
    <WindowsContext value={setOpen}>
      <a
        href="#main"
        className="absolute start-2 -top-16 z-50 rounded-2 bg-ink px-4 py-2 text-surface focus:top-2"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        {t('shell.skip')}
      </a>
      <TopBar />
      <main id="main" tabIndex={-1} className="flex-1 pb-12 outline-none max-s:pb-28 [@media(max-height:30rem)]:pb-4 print:pb-0">
        {children}
      </main>
      <ActionBar />
      <Toasts />
      <Refusals />
      {opened.map((window, i) => {
        const Opened: ComponentType<WindowProps> = windows[window.name];
        return (
          <Suspense key={i}>
            <Opened {...window} typed={window.typed ?? ''} appointmentId={window.appointmentId ?? ''} onClose={() => setOpen(null)} />
          </Suspense>
        );
      })}
    </WindowsContext>
  );
}
