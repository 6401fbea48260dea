import { type Json, type Rows, textOf } from './rows';

/** A text that a program for tables would take for a formula is kept from being one by an apostrophe before it. */
function field(value: Json, _at: number, { length }: Json[]): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : textOf(value);
  // A line with nothing in it would be no row.
  return /[",\r\n]|^\s|\s$/.test(text) || (text === '' && length === 1) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as CSV (RFC 4180), columns named in the first line. Lists within a row are JSON. */
export function csvOf({ columns, cells }: Pick<Rows, 'columns' | 'cells'>): string {
  return [columns, ...cells].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

/** Items as they came, one a line. */
export function ndjsonOf(items: Json[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}
