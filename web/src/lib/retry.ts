import { live } from './live';

/** What waits to be asked again: when the server is back, and when whoever had to has signed in again. */
const waiting = new Set<() => void>();

export function onRetry(listener: () => void): () => void {
  waiting.add(listener);
  return () => void waiting.delete(listener);
}

export function retryAll() {
  for (const retry of [...waiting]) retry();
}

let wasAnswering = live.now;
live.subscribe(() => {
  const isBack = live.now && !wasAnswering;
  wasAnswering = live.now;
  if (isBack) retryAll();
});
