import { afterEach, describe, expect, it, vi } from 'vitest';
import { request } from './graphql';

afterEach(() => vi.unstubAllGlobals());

/** A server that gives these answers in turn. */
function answering(...answers: [status: number, body: unknown][]) {
  const fetch = vi.fn(async (_path: string, _init: RequestInit) => {
    const [status, body] = answers.shift() ?? [500, 'no more answers'];
    return new Response(JSON.stringify(body), { status });
  });
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

const signInFirst = { errors: [{ message: 'sign in first', extensions: { code: 'UNAUTHENTICATED' } }] };

describe('request', () => {
  it('returns the data, and sends what a cookie needs beside it', async () => {
    const fetch = answering([200, { data: { viewer: null } }]);
    expect(await request('{ viewer { role } }', { n: 1 })).toEqual({ viewer: null });
    const [path, init] = fetch.mock.calls[0] ?? [];
    expect(path).toBe('/graphql');
    expect(init?.headers).toMatchObject({ 'GraphQL-Require-Preflight': '1' });
    expect(JSON.parse(String(init?.body))).toEqual({ query: '{ viewer { role } }', variables: { n: 1 } });
  });

  it('asks once more when a cookie was no longer good', async () => {
    const fetch = answering([401, signInFirst], [200, { data: { done: true } }]);
    expect(await request('mutation { done }')).toEqual({ done: true });
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('asks no third time', async () => {
    const fetch = answering([401, signInFirst], [401, signInFirst]);
    await expect(request('{ patients }')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('gathers the mistakes of an input from all errors', async () => {
    const mistake = (name: string) => ({
      message: 'invalid',
      extensions: { code: 'INVALID', fields: [{ path: ['input', name], code: 'TOO_SHORT', message: 'is short' }] },
    });
    answering([400, { errors: [mistake('loginName'), mistake('password')] }]);
    await expect(request('mutation { done }')).rejects.toMatchObject({
      code: 'INVALID',
      problems: [{ path: ['input', 'loginName'] }, { path: ['input', 'password'] }],
    });
  });

  it('tells how long to wait', async () => {
    answering([200, { data: null, errors: [{ message: 'wait', extensions: { code: 'RATE_LIMITED', retryAfter: 32 } }] }]);
    await expect(request('mutation { done }')).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfter: 32 });
  });

  it.each([
    ['no answer', () => Promise.reject(new TypeError('network'))],
    ['the page of a proxy', async () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
  ])('calls a server with %s unreachable', async (_what, fetch) => {
    vi.stubGlobal('fetch', fetch);
    await expect(request('{ viewer { role } }')).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });
});
