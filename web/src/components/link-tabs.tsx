import { Link, useLocation } from 'wouter';
import { cn } from './cn';

export interface LinkTab {
  href: string;
  label: string;
  /** What lies under its address belongs to it. */
  hasParts?: boolean;
}

/** The parts of a page, each with an address of its own. On a narrow screen the strip scrolls in itself. */
export function LinkTabs({ label, tabs }: { label: string; tabs: readonly LinkTab[] }) {
  const [location] = useLocation();
  return (
    <nav aria-label={label} className="flex min-w-0 overflow-x-auto border-b border-line bg-surface px-2 [scrollbar-width:none] print:hidden">
      {tabs.map(({ href, label: words, hasParts }) => {
        const [path] = href.split('?');
        const isCurrent = location === path || (hasParts && location.startsWith(`${path}/`));
        return (
          <Link
            key={href}
            href={href}
            aria-current={isCurrent ? 'page' : undefined}
            className={cn(
              'flex min-h-11 items-center border-y-2 border-t-transparent px-3 font-medium whitespace-nowrap -outline-offset-2!',
              isCurrent ? 'border-b-accent text-ink' : 'border-b-transparent text-ink-2 hover:text-ink',
            )}
          >
            {words}
          </Link>
        );
      })}
    </nav>
  );
}
