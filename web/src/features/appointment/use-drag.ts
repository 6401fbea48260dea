import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { AppointmentRowFragment } from '../../gql/appointment';
import { now } from '../../lib/clock';
import { useSession } from '../../lib/session';
import type { CalendarColumn } from './columns';
import { snap, type Span } from './grid';
import { lawfulSteps } from './steps';

/** A visit on its way to another place. */
export interface Drag extends Span {
  visit: AppointmentRowFragment;
  /** The key of the column that it is over; null: over none, where dropping it changes nothing. */
  over: string | null;
}

interface Grid {
  columns: readonly CalendarColumn[];
  hours: Span;
  /** Visits that may be moved were dropped at another time, or in another column. */
  onDrop: (visit: AppointmentRowFragment, column: CalendarColumn, from: number) => void;
}

/** A press that trembles less is a press. In pixels, as the others. */
const tremble = 5;
/** So near to an edge the calendar scrolls. */
const edge = 36;
const fastest = 14;

const within = (at: number, from: number, to: number) => Math.min(Math.max(at, from), to);
const pull = (at: number, from: number, to: number) => {
  const depth = at < from + edge ? at - from - edge : at > to - edge ? at - to + edge : 0;
  return (within(depth, -edge, edge) / edge) * fastest;
};

/**
 * Drags visits with a mouse; fingers scroll, and by keys the window for moving does the same. Escape takes a visit back to
 * where it was. Where it stands are quarters of an hour, and the time that it has.
 */
export function useDrag(box: RefObject<HTMLElement | null>, grid: Grid) {
  const { may } = useSession();
  const [drag, setDrag] = useState<Drag | null>(null);
  const latest = useRef(grid);
  latest.current = grid;
  const leave = useRef<(() => void) | undefined>(undefined);
  useEffect(() => () => leave.current?.(), []);

  const find = (id: string) => {
    for (const column of latest.current.columns) {
      const placed = column.visits.find(({ thing }) => thing.id === id);
      if (placed && lawfulSteps(placed.thing, now(), may).some(({ name }) => name === 'move')) return { ...placed, column };
    }
    return null;
  };

  const onPointerDown = (down: ReactPointerEvent) => {
    const scroller = box.current;
    const card = (down.target as Element).closest<HTMLElement>('[data-visit]');
    const grabbed = card && find(card.dataset.visit ?? '');
    const home = card?.closest('[data-column]');
    if (!scroller || !grabbed || !home || down.pointerType !== 'mouse' || down.button !== 0 || down.ctrlKey || down.metaKey || down.shiftKey) return;
    leave.current?.();
    const visit = grabbed.thing;
    const lasts = grabbed.to - grabbed.from;
    const minuteAt = (column: Element, y: number) => {
      const { hours } = latest.current;
      const { top, height } = column.getBoundingClientRect();
      return hours.from + ((y - top) / height) * (hours.to - hours.from);
    };
    const hold = minuteAt(home, down.clientY) - grabbed.from;
    let at = { x: down.clientX, y: down.clientY };
    let state: Drag | null = null;
    let hasBegun = false;
    let frame = 0;

    const look = () => {
      const { left, right, top, bottom } = scroller.getBoundingClientRect();
      const isInside = at.x >= left && at.x <= right && at.y >= top && at.y <= bottom;
      const over = isInside && [...scroller.querySelectorAll<HTMLElement>('[data-column]')].find((one) => at.x < one.getBoundingClientRect().right);
      const { hours } = latest.current;
      const from = over ? within(snap(minuteAt(over, at.y) - hold, grabbed.from), hours.from, Math.max(hours.to - lasts, hours.from)) : grabbed.from;
      const next = { visit, over: over ? (over.dataset.column ?? null) : null, from, to: from + lasts };
      if (state && state.over === next.over && state.from === next.from) return;
      state = next;
      setDrag(next);
    };
    /** What scrolls is beneath the head and the axis, which stay. */
    const scroll = () => {
      const { left, right, top, bottom } = scroller.getBoundingClientRect();
      const { scrollPaddingTop, scrollPaddingLeft } = getComputedStyle(scroller);
      scroller.scrollBy(pull(at.x, left + Number.parseFloat(scrollPaddingLeft), right), pull(at.y, top + Number.parseFloat(scrollPaddingTop), bottom));
      frame = requestAnimationFrame(scroll);
    };
    const move = (event: PointerEvent) => {
      // It was let go where nobody heard of it.
      if (event.buttons === 0) return end();
      at = { x: event.clientX, y: event.clientY };
      if (!hasBegun && Math.hypot(at.x - down.clientX, at.y - down.clientY) < tremble) return;
      if (!hasBegun) {
        hasBegun = true;
        addEventListener('keydown', press, { capture: true });
        scroller.addEventListener('scroll', look);
        // Nothing moves by itself for whoever wants it so: the wheel scrolls.
        if (!matchMedia('(prefers-reduced-motion: reduce)').matches) frame = requestAnimationFrame(scroll);
      }
      look();
    };
    const rest = () => {
      state = null;
      setDrag(null);
      cancelAnimationFrame(frame);
      removeEventListener('pointermove', move);
      removeEventListener('keydown', press, { capture: true });
      scroller.removeEventListener('scroll', look);
    };
    /** While something is dragged keys do nothing else. */
    const press = (event: KeyboardEvent) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === 'Escape') rest();
    };
    const drop = () => {
      const dropped = state;
      const column = latest.current.columns.find(({ key }) => key === dropped?.over);
      end();
      // Another desk may have done something with it meanwhile.
      const current = dropped && find(visit.id);
      if (!dropped || !column || !current || (column.key === current.column.key && dropped.from === current.from)) return;
      latest.current.onDrop(current.thing, column, dropped.from);
    };
    const end = () => {
      rest();
      removeEventListener('pointerup', drop);
      removeEventListener('pointercancel', end);
      removeEventListener('blur', rest);
      leave.current = undefined;
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', drop);
    addEventListener('pointercancel', end);
    addEventListener('blur', rest);
    leave.current = end;
  };
  return { drag, onPointerDown };
}
