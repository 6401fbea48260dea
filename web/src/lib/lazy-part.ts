import { type ComponentType, lazy } from 'react';

const loads = new Set<() => Promise<unknown>>();

/** A part of the application that is loaded when it is first shown, or before when there is time. */
export function lazyPart<Props>(load: () => Promise<{ default: ComponentType<Props> }>) {
  loads.add(load);
  return lazy(load);
}

/** Loads all parts after the first screen stands, so that the next one waits for nothing, and without a network too. */
export function loadAllParts() {
  const start = () => {
    for (const load of loads) load().catch(() => {}); // Who opens it is told.
  };
  if ('requestIdleCallback' in globalThis) requestIdleCallback(start, { timeout: 5_000 });
  else setTimeout(start, 2_000);
}
