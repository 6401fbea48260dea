import { describe, expect, it } from 'vitest';
import { rowCounter } from './export';

/** Counts a text that comes in pieces of three bytes. */
function count(format: 'csv' | 'ndjson', text: string) {
  const counter = rowCounter(format);
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += 3) counter.add(bytes.subarray(at, at + 3));
  return counter.rows;
}

describe('rowCounter', () => {
  it('counts rows of CSV, not the names of columns nor breaks within quotes', () => {
    expect(count('csv', 'a,b\r\n1,"x\ny ""z""\n"\r\n2,\r\n')).toBe(2);
    expect(count('csv', '')).toBe(0);
  });

  it('counts lines of NDJSON, whatever quotes are in them', () => {
    expect(count('ndjson', '{"a":"\\""}\n{"a":"ბ"}\n')).toBe(2);
  });
});
