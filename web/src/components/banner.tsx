import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface Props {
  tone: 'info' | 'warn' | 'danger' | 'ok';
  title: string;
  children?: ReactNode;
}

const tones = {
  info: { box: 'border-edge bg-sunken', icon: 'text-ink-2', Icon: Info },
  warn: { box: 'border-warn-line bg-warn-soft', icon: 'text-warn-text', Icon: TriangleAlert },
  danger: { box: 'border-danger bg-danger-soft', icon: 'text-danger-text', Icon: TriangleAlert },
  ok: { box: 'border-ok-line bg-ok-soft', icon: 'text-ok-text', Icon: CircleCheck },
};

/** Something to know before going on, as icon, words and tone. A refusal is read out at once. */
export function Banner({ tone, title, children }: Props) {
  const { box, icon, Icon } = tones[tone];
  return (
    <div role={tone === 'danger' ? 'alert' : 'status'} className={cn('flex gap-3 rounded-2 border-s-3 p-3', box)}>
      <Icon className={cn('mt-px size-4 shrink-0', icon)} aria-hidden="true" />
      <div className="grid min-w-0 flex-1 justify-items-start gap-2">
        <p className={cn('font-medium', tone === 'danger' && 'text-danger-text')}>{title}</p>
        {children}
      </div>
    </div>
  );
}
