import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components/Button';
import { cn } from './cn';
import { KeyCap } from './key-cap';

interface Props extends Omit<ButtonProps, 'children' | 'className' | 'style'> {
  /** `main` is the one thing to do on the screen. */
  kind?: 'main' | 'plain' | 'quiet' | 'danger';
  isSmall?: boolean;
  icon?: ReactNode;
  /** The key that does the same, shown beside the words. */
  keyHint?: string;
  children: ReactNode;
}

export const buttonKinds = {
  main: 'border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover',
  plain: 'border-line-2 bg-surface text-ink hover:bg-hover',
  quiet: 'border-transparent text-ink-2 hover:bg-hover hover:text-ink',
  danger: 'border-danger bg-danger text-on-danger',
};

export function buttonClass(kind: keyof typeof buttonKinds, isSmall = false): string {
  return cn(
    'inline-flex items-center justify-center gap-2 rounded-2 border font-medium transition-colors duration-90',
    'aria-disabled:cursor-not-allowed aria-disabled:border-line-2 aria-disabled:bg-sunken aria-disabled:text-ink-3',
    'disabled:cursor-not-allowed disabled:border-line-2 disabled:bg-sunken disabled:text-ink-3',
    isSmall ? 'min-h-7 px-2 text-small pointer-coarse:min-h-control' : 'min-h-control px-3',
    buttonKinds[kind],
  );
}

export function Button({ kind = 'plain', isSmall = false, icon, keyHint, children, ...props }: Props) {
  return (
    <AriaButton {...props} className={buttonClass(kind, isSmall)}>
      {icon}
      <span>{children}</span>
      {keyHint && <KeyCap of={keyHint} {...((kind === 'main' || kind === 'danger') && { tone: 'accent' as const })} />}
    </AriaButton>
  );
}

interface IconProps extends Omit<ButtonProps, 'children' | 'className' | 'style'> {
  /** What it does: an icon has no words. */
  label: string;
  icon: ReactNode;
  isSmall?: boolean;
}

export function IconButton({ label, icon, isSmall = false, ...props }: IconProps) {
  return (
    <AriaButton
      {...props}
      aria-label={label}
      className={cn(
        'grid shrink-0 place-items-center rounded-2 text-ink-2 transition-colors duration-90 hover:bg-hover hover:text-ink disabled:cursor-not-allowed disabled:text-ink-3 disabled:hover:bg-transparent',
        isSmall ? 'size-7 pointer-coarse:size-control' : 'size-control',
      )}
    >
      {icon}
    </AriaButton>
  );
}
