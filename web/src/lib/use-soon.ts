import { useCallback, useEffect, useRef } from 'react';

/** Changes that come together are read together. */
const together = 150;

/** Does something soon, once for all who ask for it until then. */
export function useSoon(act: () => void): () => void {
  const latest = useRef(act);
  latest.current = act;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, together);
  }, []);
}
