import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useI18n } from '../lib/i18n';
import { Banner } from './banner';
import { Button, IconButton } from './button';

interface Refusal {
  title: string;
  words: string;
  /** Does it again. */
  retry?: () => void;
  /** What to do instead. */
  instead?: { label: string; run: () => void };
}

let refusal: Refusal | null = null;
const listeners = new Set<() => void>();

function set(next: Refusal | null) {
  refusal = next;
  for (const listener of listeners) listener();
}

/** Says that something which looked done at once was not: it has no form beside which to say so. It stays until it is read. */
export function sayRefused(next: Refusal) {
  set(next);
}

/** What was refused before does not matter once something else is done. */
export function clearRefusal() {
  if (refusal) set(null);
}

/** The corner where refusals stand, over dialogues too. */
export function Refusals() {
  const { t } = useI18n();
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => refusal,
  );
  return (
    <div
      data-react-aria-top-layer="true"
      className="fixed inset-e-4 top-14 z-50 w-[26rem] max-w-[calc(100vw-2rem)] rounded-2 empty:hidden print:hidden"
    >
      {shown && (
        <div className="flex items-start rounded-2 bg-raised shadow-3">
          <div className="min-w-0 flex-1">
            <Banner tone="danger" title={shown.title}>
              <p>{shown.words}</p>
              {shown.retry && <After label={t('common.retry')} run={shown.retry} />}
              {shown.instead && <After {...shown.instead} />}
            </Banner>
          </div>
          <IconButton label={t('common.close')} icon={<X className="size-4" aria-hidden="true" />} onPress={() => set(null)} />
        </div>
      )}
    </div>
  );
}

/** A button that goes on from a refusal, which is read then. */
function After({ label, run }: { label: string; run: () => void }) {
  return (
    <Button
      isSmall
      onPress={() => {
        set(null);
        run();
      }}
    >
      {label}
    </Button>
  );
}
