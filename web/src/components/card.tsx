import type { ReactNode } from 'react';

/** A part of a page under a heading of its own. */
export function Card({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0 rounded-3 border border-line bg-surface">
      <header className="flex items-center gap-2 px-4 pt-3 pb-2">
        <h2 className="flex-1 text-ui font-semibold">{title}</h2>
        {actions}
      </header>
      {children}
    </section>
  );
}
