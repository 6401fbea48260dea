import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ownFetcher, statementsIn } from './fetcher';
import { newRuns } from './run';

const answer = (body: unknown, init: ResponseInit = {}) => new Response(JSON.stringify(body), init);
const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => vi.unstubAllGlobals());

/** A fetcher whose tab is "a". */
function open() {
  const runs = newRuns();
  runs.tab = 'a';
  const onRefused = vi.fn();
  const { fetcher, abandon } = ownFetcher(runs, onRefused);
  const send = (query = '{ clinic { name } }', operationName: string | null = null) => Promise.resolve(fetcher({ query, operationName }, {}));
  return { runs, onRefused, abandon, send };
}

/** Whether a promise is settled by now. */
async function isSettled(promise: Promise<unknown>) {
  const open = Symbol('open');
  return (await Promise.race([promise.catch(() => null), new Promise((resolve) => setTimeout(resolve, 20, open))])) !== open;
}

describe('ownFetcher', () => {
  it('notes what came, for the tab that sent it', async () => {
    const { runs, send } = open();
    fetched.mockResolvedValue(answer({ data: {} }, { headers: { 'Retry-After': '3', 'Server-Timing': 'op;desc="x", db;desc="2 statements";dur=1.5, total;dur=2' } }));
    await send();
    expect(runs.of('a')).toMatchObject({ status: 200, answer: { data: {} }, retryAfter: 3, sql: { statements: 2, milliseconds: 1.5 } });
  });

  it('notes a gateway’s page and a lost connection as no answer', async () => {
    const { runs, send } = open();
    fetched.mockResolvedValueOnce(new Response('<html>', { status: 503 }));
    await expect(send()).rejects.toThrow();
    expect(runs.of('a')).toMatchObject({ status: 503, answer: null });
    fetched.mockRejectedValueOnce(new TypeError('no network'));
    await expect(send()).rejects.toThrow('no network');
    expect(runs.of('a')).toMatchObject({ status: 0, answer: null });
  });

  it('shows an abandoned answer nowhere', async () => {
    const { runs, abandon, send } = open();
    let come: (response: Response) => void = () => {};
    fetched.mockReturnValueOnce(new Promise((resolve) => (come = resolve)));
    const sent = send();
    await vi.waitFor(() => expect(fetched).toHaveBeenCalled());
    abandon();
    runs.tab = 'b';
    come(answer({ data: { secret: 1 } }));
    expect(await isSettled(sent)).toBe(false);
    expect([runs.of('a'), runs.of('b')]).toEqual([undefined, undefined]);
    expect(fetched.mock.calls[0]?.[1]?.signal?.aborted).toBe(true);
  });

  it('forgets the last answer when the next is sent, and leaves it when the schema is asked for', async () => {
    const { runs, send } = open();
    fetched.mockImplementation(async () => answer({ data: {} }));
    await send();
    await send('query IntrospectionQuery { __schema { description } }', 'IntrospectionQuery');
    expect(runs.of('a')).toBeDefined();
    fetched.mockReturnValueOnce(new Promise(() => {}));
    void send();
    expect(runs.of('a')).toBeUndefined();
  });

  it('tells when the server asks to sign in', async () => {
    const { onRefused, send } = open();
    fetched.mockResolvedValue(answer({ errors: [] }, { status: 401 }));
    await send();
    expect(onRefused).toHaveBeenCalledOnce();
  });
});

describe('statementsIn', () => {
  it('reads one statement as well as several, and nothing else', () => {
    expect(statementsIn('db;desc="1 statement";dur=0.2')).toEqual({ statements: 1, milliseconds: 0.2 });
    expect(statementsIn('total;dur=2')).toBeUndefined();
    expect(statementsIn(null)).toBeUndefined();
  });
});
