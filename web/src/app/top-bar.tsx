import { type LucideIcon, Radio, RefreshCw, Search, WifiOff } from 'lucide-react';
import { Suspense } from 'react';
import { Link, useLocation } from 'wouter';
import { cn } from '../components/cn';
import { KeyCap } from '../components/key-cap';
import logo from '../icon.svg';
import { type Key, useI18n } from '../lib/i18n';
import { lazyPart } from '../lib/lazy-part';
import { type Liveness, useLive } from '../lib/live';
import { useSession } from '../lib/session';
import { routes } from './routes';
import { useWindows } from '../lib/windows';

// Menus are a good part of what the first visit would load: the bar stands before them.
const UserMenu = lazyPart(() => import('./user-menu'));

/**
 * Where one is, where one can go, the search, and who one is. On a phone the ways stand at the bottom; in a window as low as at
 * 400 %, where they would cover a quarter of the page, below the rest of the bar.
 */
export function TopBar() {
  const { t } = useI18n();
  const { isDesk } = useSession();
  const open = useWindows();
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-2 border-b border-line bg-surface px-4 max-s:px-3 [@media(max-height:30rem)]:static max-s:[@media(max-height:30rem)]:h-auto max-s:[@media(max-height:30rem)]:min-h-12 max-s:[@media(max-height:30rem)]:flex-wrap max-s:[@media(max-height:30rem)]:gap-y-1 max-s:[@media(max-height:30rem)]:pt-1 print:hidden">
      <Link href="/" className="me-2 flex min-h-6 min-w-6 items-center gap-2 rounded-1 text-body font-semibold">
        <img src={logo} alt="" width="22" height="22" />
        <span className="max-m:sr-only">ClinicQL</span>
      </Link>
      <MainNav className="self-stretch max-s:hidden" />
      <div className="ms-auto flex min-w-0 items-center gap-1">
        {isDesk && (
          <button
            type="button"
            onClick={() => open({ name: 'find' })}
            className="flex h-control min-w-0 items-center gap-2 rounded-2 border border-line-2 bg-sunken px-2 text-ink-2 hover:border-edge l:w-68"
          >
            <Search className="size-4 shrink-0" aria-hidden="true" />
            <span className="truncate max-m:sr-only">{t('patient.find')}</span>
            <span className="ms-auto max-m:hidden">
              <KeyCap of="mod+k" />
            </span>
          </button>
        )}
        <LiveBadge />
        <Suspense fallback={<span className="size-9 l:w-40" />}>
          <UserMenu />
        </Suspense>
      </div>
      <MainNav className="fixed inset-x-0 bottom-0 h-14 border-t border-line bg-surface s:hidden [@media(max-height:30rem)]:static [@media(max-height:30rem)]:-mx-3 [@media(max-height:30rem)]:h-12 [@media(max-height:30rem)]:w-[calc(100%+1.5rem)]" isLow />
    </header>
  );
}

function MainNav({ className, isLow = false }: { className: string; isLow?: boolean }) {
  const { t } = useI18n();
  const session = useSession();
  const [location] = useLocation();
  return (
    <nav aria-label={t('shell.main')} className={cn('flex min-w-0', isLow ? 'justify-around' : 'gap-1', className)}>
      {routes.map(({ path, tab, isFor, isTabFor = isFor }) => {
        if (!tab || !isFor(session) || !isTabFor(session)) return null;
        const isCurrent = path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`);
        return (
          <Link
            key={path}
            href={path}
            aria-current={isCurrent ? 'page' : undefined}
            className={cn(
              'flex min-w-0 items-center border-y-2 border-transparent font-medium -outline-offset-2!',
              isLow ? 'flex-1 flex-col justify-center gap-0.5 px-0.5 text-center text-key leading-3' : 'gap-2 px-3 whitespace-nowrap max-m:px-2',
              isCurrent ? cn('text-ink', isLow ? 'border-t-accent' : 'border-b-accent') : 'text-ink-2 hover:text-ink',
            )}
          >
            <tab.icon
              className={cn('size-4 shrink-0', !isLow && 'max-l:hidden', isCurrent ? 'text-accent-text' : 'text-ink-3')}
              aria-hidden="true"
            />
            <span>{t(tab.label)}</span>
          </Link>
        );
      })}
    </nav>
  );
}

const liveness: Record<Liveness, { label: Key; icon: LucideIcon }> = {
  live: { label: 'shell.live', icon: Radio },
  catchingUp: { label: 'shell.catchingUp', icon: RefreshCw },
  offline: { label: 'shell.offline', icon: WifiOff },
};

/** Whether what is on the screen is what the server has. */
function LiveBadge() {
  const { t } = useI18n();
  const now = useLive();
  const isLive = now === 'live';
  const { label, icon: Icon } = liveness[now];
  return (
    <span role="status" className={cn('flex items-center gap-1 px-2 text-small', isLive ? 'text-ink-2' : 'font-medium text-warn-text')}>
      <Icon className={cn('size-4', isLive && 'text-ok-text')} aria-hidden="true" />
      <span className={cn(isLive && 'max-l:sr-only')}>{t(label)}</span>
    </span>
  );
}
