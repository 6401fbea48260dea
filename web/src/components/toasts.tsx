import { Undo2, X } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { useI18n } from '../lib/i18n';
import { useKeys } from '../lib/keys';
import { KeyCap } from './key-cap';

interface Toast {
  id: number;
  words: string;
  /** Takes back what was done. */
  undo?: () => void;
}

let toasts: readonly Toast[] = [];
let count = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says what was done, with a way to take it back. What failed is said where it failed, never here. */
export function toast(words: string, undo?: () => void) {
  count += 1;
  // The newest alone: what it says before is done.
  set([{ id: count, words, ...(undo && { undo }) }]);
}

function dismiss(id: number) {
  set(toasts.filter((one) => one.id !== id));
}

const shortest = 6_000;
/** Time to take something back: issue and standard ask for ten seconds at least. */
const withUndo = 12_000;

/** The corner where toasts stand. They are read out, and stay while the pointer or the focus is on them. */
export function Toasts() {
  const { t } = useI18n();
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => toasts,
  );
  const [last] = shown;
  const undo = () => {
    if (!last?.undo) return;
    dismiss(last.id);
    last.undo();
  };
  useKeys(last?.undo ? [{ key: 'mod+z', label: t('keys.undo'), run: undo, isInDialog: true }] : []);
  useEffect(() => {
    if (!last) return;
    const rest = () => {
      const box = document.getElementById('toasts');
      if (box?.matches(':hover, :focus-within')) timer = setTimeout(rest, 1_000);
      else dismiss(last.id);
    };
    let timer = setTimeout(rest, last.undo ? withUndo : shortest);
    return () => clearTimeout(timer);
  }, [last]);
  return (
    <div
      id="toasts"
      role="status"
      // What was done in a dialogue can be taken back over it.
      data-react-aria-top-layer="true"
      className="fixed inset-s-4 bottom-14 z-50 max-w-[calc(100vw-2rem)] print:hidden"
    >
      {last && (
        <div key={last.id} className="flex items-center gap-3 rounded-2 bg-ink py-1.5 ps-4 pe-1.5 text-surface shadow-2">
          <span>{last.words}</span>
          {last.undo && (
            <button
              type="button"
              onClick={undo}
              className="inline-flex min-h-7 shrink-0 items-center gap-2 whitespace-nowrap rounded-2 border border-current/45 px-2 font-medium pointer-coarse:min-h-control"
            >
              <Undo2 className="size-4" aria-hidden="true" />
              {t('common.undo')}
              <KeyCap of="mod+z" tone="dark" />
            </button>
          )}
          <button
            type="button"
            aria-label={t('common.close')}
            onClick={() => dismiss(last.id)}
            className="grid size-7 place-items-center rounded-2 pointer-coarse:size-control"
          >
            <X className="size-4" aria-hidden="true" />
          </button>
        </div>
      )}
    </div>
  );
}
