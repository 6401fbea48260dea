import { afterEach, describe, expect, it, vi } from 'vitest';
import { load, rowCounter } from './export';

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

/** A file that comes in pieces, and may break off after them. */
function file(pieces: string[], isWhole = true) {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const next = pieces.shift();
      if (next !== undefined) controller.enqueue(encoder.encode(next));
      else if (isWhole) controller.close();
      else controller.error(new TypeError('network error'));
    },
  });
  return new Response(body);
}

describe('load', () => {
  afterEach(() => vi.unstubAllGlobals());
  const { signal } = new AbortController();
  const answerWith = (response: Response) => vi.stubGlobal('fetch', async () => response);

  it('resolves with all pieces, and tells how many rows have come', async () => {
    answerWith(file(['a\r\n1\r\n', '2\r\n3', '\r\n']));
    const told: number[] = [];
    const { pieces, rows } = await load('/export/x.csv', 'csv', { signal, onRows: (count) => told.push(count) });
    expect([told, rows]).toEqual([[1, 2, 3], 3]);
    expect(await new Blob(pieces).text()).toBe('a\r\n1\r\n2\r\n3\r\n');
  });

  it('keeps nothing of a file that breaks off', async () => {
    answerWith(file(['a\r\n1\r\n'], false));
    await expect(load('/export/x.csv', 'csv', { signal, onRows: () => {} })).rejects.toMatchObject({ code: 'BROKEN_OFF' });
  });

  it('rejects with what the server says, or with what its status means', async () => {
    answerWith(new Response('{"errors": [{"message": "no", "extensions": {"code": "FORBIDDEN"}}]}', { status: 403 }));
    await expect(load('/export/x.csv', 'csv', { signal, onRows: () => {} })).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'no' });
    answerWith(new Response('', { status: 429, headers: { 'Retry-After': '4' } }));
    await expect(load('/export/x.csv', 'csv', { signal, onRows: () => {} })).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfter: 4 });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
    await expect(load('/export/x.csv', 'csv', { signal, onRows: () => {} })).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });

  it('is no refusal when it is stopped', async () => {
    const own = new AbortController();
    vi.stubGlobal('fetch', async () => {
      own.abort();
      throw own.signal.reason;
    });
    await expect(load('/export/x.csv', 'csv', { signal: own.signal, onRows: () => {} })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
