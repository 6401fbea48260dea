import { useCallback, useSyncExternalStore } from 'react';

/** Whether the window is so, and follows it: "(max-width: 40rem)". For what is another screen, not another style. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}

/** A phone: as the breakpoint s of app.css. */
export const narrow = '(width < 40rem)';
/** No room beside the calendar: as the breakpoint m of app.css. */
export const medium = '(width < 62rem)';
