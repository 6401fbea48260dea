import { createContext, type ReactNode, use, useId, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';

/** Something that a key does. */
export interface KeyAction {
  /** "n", "ArrowLeft", "?", or with "mod+" for Ctrl, or ⌘ on a Mac: "mod+k". */
  key: string;
  /** What it does, in the words of the user. */
  label: string;
  run: () => void;
  /** Stands in the action bar too. */
  isInBar?: boolean;
  /** Of an open dialogue: acts over it. Under a dialogue nothing else does. */
  isInDialog?: boolean;
}

interface Registry {
  groups: Map<string, KeyAction[]>;
  listeners: Set<() => void>;
  snapshot: KeyAction[];
}

const KeysContext = createContext<Registry | null>(null);

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** Where letters are text. */
function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=checkbox],[type=radio]), textarea, select');
}

/** The key as the map names it. On a keyboard that writes Georgian the place of the key counts. */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const isLatin = /^[\x20-\x7e]$/.test(event.key);
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase();
  const key = event.key.length === 1 ? (isLatin ? event.key.toLowerCase() : (letter ?? event.key)) : event.key;
  const mod = isMac ? event.metaKey : event.ctrlKey;
  return `${mod ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${key}`;
}

/** Key caps of a key: ["Ctrl", "K"]. */
export function capsOf(key: string): string[] {
  const names: Record<string, string> = {
    mod: isMac ? '⌘' : 'Ctrl',
    alt: 'Alt',
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    Escape: 'Esc',
  };
  return key.split('+').map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}

interface Props {
  /** Whether single letters act. */
  hasLetters: boolean;
  children: ReactNode;
}

/** Listens to the keyboard once, for all that is on the screen. What came last wins; under a dialogue only its own acts. */
export function KeysProvider({ hasLetters, children }: Props) {
  const [registry] = useState<Registry>(() => ({ groups: new Map(), listeners: new Set(), snapshot: [] }));
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const key = keyOf(event);
      const isPlain = !key.includes('mod+') && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (isPlain && (takesText(event.target) || (!hasLetters && key.length === 1))) return;
      if (document.querySelector('[role=menu], [role=listbox]')) return;
      const isUnderDialog = document.querySelector('[aria-modal=true], [role=dialog], [role=alertdialog]') !== null;
      // In a dialogue's field Ctrl+Z is about what was typed there.
      if (isUnderDialog && takesText(event.target)) return;
      const action = registry.snapshot.findLast((one) => one.key === key && (one.isInDialog || !isUnderDialog));
      if (!action) return;
      event.preventDefault();
      action.run();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [registry, hasLetters]);
  return <KeysContext value={registry}>{children}</KeysContext>;
}

function useRegistry(): Registry {
  const registry = use(KeysContext);
  if (!registry) throw new Error('there is no KeysProvider around this');
  return registry;
}

/** Makes keys act, and stand in the list of all keys, while the component is on the screen. */
export function useKeys(actions: KeyAction[]) {
  const registry = useRegistry();
  const id = useId();
  const latest = useRef(actions);
  latest.current = actions;
  const said = actions.map(({ key, label, isInBar, isInDialog }) => `${key} ${label} ${isInBar} ${isInDialog}`).join('\n');
  const stable = useMemo(
    () => actions.map((action, i) => ({ ...action, run: () => latest.current[i]?.run() })),
    [said],
  );
  // A key acts from the moment on that its words can be seen: effects that come after a paint are late on a busy machine, and
  // the key is lost. Words that change keep the place of the keys: only what leaves the screen gives it up.
  useLayoutEffect(() => {
    registry.groups.set(id, stable);
    tell(registry);
  }, [registry, id, stable]);
  useLayoutEffect(
    () => () => {
      registry.groups.delete(id);
      tell(registry);
    },
    [registry, id],
  );
}

function tell(registry: Registry) {
  registry.snapshot = [...registry.groups.values()].flat();
  for (const listener of registry.listeners) listener();
}

/** All that keys do at the moment. */
export function useKeyActions(): KeyAction[] {
  const registry = useRegistry();
  return useSyncExternalStore(
    (listener) => {
      registry.listeners.add(listener);
      return () => void registry.listeners.delete(listener);
    },
    () => registry.snapshot,
  );
}
