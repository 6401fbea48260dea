import { useRef } from 'react';
import { cn } from '../../components/cn';
import { KeyCap } from '../../components/key-cap';

export interface SlotChoice {
  id: string;
  startsAt: string;
  time: string;
  /** What else tells it apart: the day, the practitioner. */
  more?: string;
}

interface Props {
  label: string;
  slots: readonly SlotChoice[];
  /** The start of the slot that is chosen. */
  chosen: string | null;
  onChoose: (id: string) => void;
  /** Shows 1 2 3, which the form listens to. */
  hasKeys?: boolean;
}

/** Free times as buttons: one stop of the Tab key, arrows go from one to the next. */
export function SlotButtons({ label, slots, chosen, onChoose, hasKeys = false }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const stop = Math.max(slots.findIndex(({ startsAt }) => startsAt === chosen), 0);
  const go = (event: React.KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -slots.length, End: slots.length };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...(box.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)]?.focus();
  };
  return (
    <div ref={box} role="group" aria-label={label} data-slots onKeyDown={go} className="flex flex-wrap gap-1.5">
      {slots.map(({ id, startsAt, time, more }, i) => {
        const isChosen = startsAt === chosen;
        return (
          <button
            key={id}
            type="button"
            data-slot={startsAt}
            tabIndex={hasKeys || i === stop ? 0 : -1}
            aria-pressed={isChosen}
            aria-keyshortcuts={hasKeys ? String(i + 1) : undefined}
            onClick={() => onChoose(id)}
            className={cn(
              'inline-flex min-h-7 items-center gap-2 rounded-2 border px-2 text-start font-medium pointer-coarse:min-h-control',
              isChosen ? 'border-accent bg-accent text-on-accent' : 'border-line-2 bg-surface hover:bg-hover',
            )}
          >
            {hasKeys && <KeyCap of={String(i + 1)} {...(isChosen && { tone: 'accent' as const })} />}
            <span className="tabular">{time}</span>
            {more && <span className={cn('text-small font-normal', !isChosen && 'text-ink-2')}>{more}</span>}
          </button>
        );
      })}
    </div>
  );
}
