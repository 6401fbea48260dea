import { type RefObject, useEffect, useRef, useState } from 'react';

/** The width of an element as it is laid out, in pixels. */
export function useWidth<Type extends Element>(initial: number): [RefObject<Type | null>, number] {
  const ref = useRef<Type>(null);
  const [width, setWidth] = useState(initial);
  useEffect(() => {
    const element = ref.current;
    if (!element || !('ResizeObserver' in globalThis)) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
