import type { ReactNode } from 'react';
import { cn } from './cn';

export type Tone = 'plain' | 'warn' | 'danger' | 'ok' | 'accent';

const soft: Record<Tone, string> = {
  plain: 'bg-hover text-ink-2',
  warn: 'bg-warn-soft text-warn-text',
  danger: 'bg-danger-soft text-danger-text',
  ok: 'bg-ok-soft text-ok-text',
  accent: 'bg-accent-soft text-accent-text',
};

/** A state in a word, with its icon: readable in grey. */
export function Badge({ tone = 'plain', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1 rounded-1 px-1.5 py-px text-small font-medium whitespace-nowrap max-s:whitespace-normal [&_svg]:size-3.5 [&_svg]:shrink-0',
        soft[tone],
      )}
    >
      {icon}
      {children}
    </span>
  );
}

/** A quiet word beside a name. */
export function Tag({ children }: { children: ReactNode }) {
  return <span className="inline-block rounded-1 border border-line-2 px-1.5 text-small font-normal text-ink-2">{children}</span>;
}
