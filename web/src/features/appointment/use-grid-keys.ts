import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';

interface Place {
  element: HTMLElement;
  /** Its column's key. */
  column: string;
  /** Its instant. */
  at: number;
  /** The visit's id; free time has none. */
  visit: string | undefined;
}

const itemsIn = (root: ParentNode) => [...root.querySelectorAll<HTMLElement>('[data-item]')];
const instantOf = (item: HTMLElement) => Number(item.dataset.item);

function nearest(items: readonly HTMLElement[], at: number): HTMLElement | undefined {
  return items.reduce<HTMLElement | undefined>(
    (best, item) => (!best || Math.abs(instantOf(item) - at) < Math.abs(instantOf(best) - at) ? item : best),
    undefined,
  );
}

/**
 * Goes through visits and free time by keys. J and K, and the arrows inside, go along the clock in a column; Tab goes
 * from column to column at about the same time. `begin` is the instant at which it begins. What has the focus and is
 * taken away by another desk leaves it to what stands there now.
 */
export function useGridKeys(box: RefObject<HTMLElement | null>, begin: number) {
  const { t } = useI18n();
  const [cursor, setCursor] = useState(begin);
  const place = useRef<Place | null>(null);
  useEffect(() => setCursor(begin), [begin]);

  const move = (to: 'next' | 'previous' | 'first' | 'last') => {
    if (!box.current) return;
    const focused = document.activeElement as HTMLElement | null;
    const column = focused?.closest('[data-column]');
    if (!column || !focused?.dataset.item || !box.current.contains(column)) {
      const all = [...box.current.querySelectorAll<HTMLElement>('[data-column]')].filter((one) => itemsIn(one).length > 0);
      const last = all.find((one) => one.dataset.column === place.current?.column) ?? all[0];
      if (last) nearest(itemsIn(last), cursor)?.focus();
      return;
    }
    const items = itemsIn(column);
    const at = items.indexOf(focused);
    const wanted = { next: at + 1, previous: at - 1, first: 0, last: items.length - 1 }[to];
    items[Math.min(Math.max(wanted, 0), items.length - 1)]?.focus();
  };
  useKeys([
    { key: 'j', label: t('calendar.next'), run: () => move('next') },
    { key: 'k', label: t('calendar.previous'), run: () => move('previous') },
  ]);

  useLayoutEffect(() => {
    const last = place.current;
    if (!last || !box.current) return;
    const home = last.element.closest<HTMLElement>('[data-column]')?.dataset.column;
    // A visit that is moved may keep its card, and else has another under its id: keys must not act on what stands nearby.
    if (last.element.isConnected && home !== undefined) place.current = { ...last, column: home, at: instantOf(last.element) };
    else if (document.activeElement === document.body) {
      const same = last.visit && box.current.querySelector<HTMLElement>(`[data-visit="${CSS.escape(last.visit)}"]`);
      const column = box.current.querySelector(`[data-column="${CSS.escape(last.column)}"]`);
      (same || (column && nearest(itemsIn(column), last.at)))?.focus({ preventScroll: true });
    }
  });

  return {
    cursor,
    onFocus({ target }: FocusEvent<HTMLElement>) {
      const column = target.closest<HTMLElement>('[data-column]')?.dataset.column;
      if (!target.dataset.item || column === undefined) return;
      place.current = { element: target, column, at: instantOf(target), visit: target.dataset.visit };
      setCursor(instantOf(target));
    },
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      const to = ({ ArrowDown: 'next', ArrowUp: 'previous', Home: 'first', End: 'last' } as const)[event.key as 'Home'];
      if (!to || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!(event.target as HTMLElement).dataset.item) return;
      event.preventDefault();
      move(to);
    },
  };
}
