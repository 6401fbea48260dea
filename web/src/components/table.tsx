import { type ReactNode, useRef } from 'react';
import { Link } from 'wouter';
import { useI18n } from '../lib/i18n';
import { useKeys } from '../lib/keys';
import { cn } from './cn';

export interface Column<Row> {
  /** What stands above, and on a phone before the value. */
  head: string;
  cell: (row: Row) => ReactNode;
  /** On a phone a row is a card, and the columns that say themselves what they are need no head. */
  isPlain?: boolean;
  /** Left out when there is little room. */
  isExtra?: boolean;
}

interface Props<Row> {
  /** What is listed, for whoever cannot see it. */
  label: string;
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** Where a row leads, if anywhere; the first column holds the link. */
  hrefOf?: (row: Row) => string;
  /** What opening a row does, where it leads to no page. */
  onOpen?: (row: Row) => void;
  /** Hears which row was come to last: its keys act. */
  onCome?: (row: Row) => void;
  /** The row whose keys act. */
  currentKey?: string | undefined;
  columns: readonly Column<Row>[];
  isStale?: boolean;
}

/** Rows that lead somewhere. J and K, or the arrows in it, go from row to row; Enter opens. On a phone each is a card. */
export function Table<Row>({ label, rows, keyOf, hrefOf, onOpen, onCome, currentKey, columns, isStale }: Props<Row>) {
  const { t } = useI18n();
  const table = useRef<HTMLTableElement>(null);
  const move = (step: number) => {
    const links = [...(table.current?.querySelectorAll<HTMLElement>('tbody [data-row]') ?? [])];
    const focused = links.indexOf(document.activeElement as HTMLElement);
    // Whoever comes back from a window goes on where they were.
    const at = focused < 0 ? rows.findIndex((row) => keyOf(row) === currentKey) : focused;
    links[at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
  };
  useKeys(
    hrefOf || onOpen
      ? [
          { key: 'j', label: t('keys.nextRow'), run: () => move(1), isInBar: !onCome },
          { key: 'k', label: t('keys.previousRow'), run: () => move(-1), isInBar: !onCome },
        ]
      : [],
  );
  // What is pressed covers the row, so that all of it can be pressed.
  const rowClass =
    'text-start font-semibold after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent';
  const [first, ...others] = columns;
  if (!first) return null;
  return (
    <table
      ref={table}
      aria-label={label}
      aria-busy={isStale}
      className="w-full border-collapse text-start max-s:block"
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        move(event.key === 'ArrowDown' ? 1 : -1);
      }}
    >
      <thead className="max-s:sr-only">
        <tr className="border-b border-line bg-sunken text-small text-ink-2">
          {columns.map(({ head, isExtra }) => (
            <th key={head} scope="col" className={cn('px-3 py-1.5 text-start font-medium first:ps-4', isExtra && 'max-m:hidden')}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-s:block">
        {rows.map((row) => (
          <tr
            key={keyOf(row)}
            onFocus={() => onCome?.(row)}
            className={cn(
              'relative border-b border-line last:border-b-0 max-s:grid max-s:grid-cols-2 max-s:gap-x-4 max-s:gap-y-0.5 max-s:px-4 max-s:py-2.5',
              (hrefOf || onOpen) && 'focus-within:bg-accent-soft hover:bg-hover',
              currentKey !== undefined && currentKey === keyOf(row) && 'bg-accent-soft shadow-[inset_3px_0_var(--accent)]',
            )}
          >
            <th scope="row" className="px-3 py-2 ps-4 text-start font-semibold max-s:col-span-2 max-s:p-0">
              {hrefOf ? (
                <Link href={hrefOf(row)} data-row className={rowClass}>
                  {first.cell(row)}
                </Link>
              ) : onOpen ? (
                <button type="button" data-row className={rowClass} onClick={() => onOpen(row)}>
                  {first.cell(row)}
                </button>
              ) : (
                first.cell(row)
              )}
            </th>
            {others.map(({ head, cell, isPlain, isExtra }) => (
              <td key={head} className={cn('px-3 py-2 max-s:p-0', isExtra && 'max-m:hidden')}>
                {!isPlain && (
                  <span className="me-1 text-small text-ink-3 s:hidden" aria-hidden="true">
                    {head}
                  </span>
                )}
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
