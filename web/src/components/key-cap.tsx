import { capsOf } from '../lib/keys';

/** A key as it is printed on the keyboard. Decoration: the list of all keys says it in words. */
export function KeyCap({ of, tone }: { of: string; tone?: 'accent' | 'dark' }) {
  return (
    <span className="inline-flex gap-[0.1875rem] max-s:hidden pointer-coarse:hidden" aria-hidden="true">
      {capsOf(of).map((cap) => (
        <kbd
          key={cap}
          className={`inline-block min-w-[1.125rem] rounded-1 border px-1 text-center font-sans text-key font-medium whitespace-nowrap ${
            tone ? 'border-current/55' : 'border-line-2 bg-surface text-ink-2'
          }`}
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}
