import { minuteOf, readClock } from './clock';
import { endOf, type Span } from './week';

const [first, last] = [6 * 60, 22 * 60];

/** A day from six to ten in the evening as a strip: work filled, breaks open. Decoration: the times beside it say it. */
export function DayBar({ spans }: { spans: readonly Span[] }) {
  const at = (minute: number) => `${((Math.min(Math.max(minute, first), last) - first) / (last - first)) * 100}%`;
  const read = spans.flatMap(({ kind, from, to }) => {
    const [start, end] = [readClock(from), readClock(to)];
    return start && end ? [{ kind, from: start, to: end }] : [];
  });
  return (
    <span aria-hidden="true" className="relative h-2 w-32 overflow-hidden rounded-1 bg-hover max-l:hidden">
      {[...read]
        .sort((a) => (a.kind === 'BREAK' ? 1 : -1))
        .map((span) => (
          <span
            key={`${span.kind} ${span.from}`}
            className={`absolute inset-y-0 ${span.kind === 'WORK' ? 'bg-accent' : 'bg-surface'}`}
            style={{ insetInlineStart: at(minuteOf(span.from)), insetInlineEnd: `calc(100% - ${at(endOf(span))})` }}
          />
        ))}
    </span>
  );
}
