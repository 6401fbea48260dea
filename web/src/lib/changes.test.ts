import type { Client } from 'graphql-ws';
import type { ExecutionResult } from 'urql';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newChanges, type Told } from './changes';
import { live } from './live';
import { retryAll } from './retry';

interface Asked {
  variables: Record<string, unknown>;
  next: (result: object) => void;
  error: (reason: unknown) => void;
  complete: () => void;
}

/** A connection that does as it is told, instead of graphql-ws. */
function line() {
  const asked: Asked[] = [];
  let on: Told | undefined;
  const terminate = vi.fn();
  const connect = vi.fn(async (told: Told) => {
    on = told;
    return {
      terminate,
      subscribe(payload: { variables: Record<string, unknown> }, sink: Omit<Asked, 'variables'>) {
        asked.push({ variables: payload.variables, ...sink });
        return () => sink.complete();
      },
    } as unknown as Client;
  });
  const told = () => {
    if (!on) throw new Error('nothing is connected yet');
    return on;
  };
  return { asked, connect, told, terminate };
}

function follow({ connect }: ReturnType<typeof line>, onSignedOut = () => {}) {
  const results: ExecutionResult[] = [];
  const complete = vi.fn();
  const forward = newChanges({ onSignedOut, connect });
  const subscribe = () =>
    forward({ query: 'subscription { x }', variables: { range: { date: '2026-11-23' } } } as never, {} as never).subscribe({
      next: (result) => results.push(result),
      error: () => {},
      complete,
    });
  return { results, complete, subscribe, first: subscribe() };
}

const event = (eventId: string) => ({ data: { appointmentChanged: { eventId, kind: 'UPDATED' } } });
const refusal = (code: string) => [{ message: code, extensions: { code } }];
const lost = { code: 1006, reason: '' };
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', async () => new Response());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  live.followed(null);
});

test('after a lost connection it goes on after the last event, and tells the next', async () => {
  const wire = line();
  const { results } = follow(wire);
  await settle();
  wire.told().connected();
  wire.asked[0]?.next(event('one'));
  wire.asked[0]?.next(event('two'));
  wire.told().closed(lost);
  wire.asked[0]?.error(lost);
  await vi.advanceTimersByTimeAsync(10);
  expect(wire.asked.map(({ variables }) => variables)).toEqual([
    { range: { date: '2026-11-23' } },
    { range: { date: '2026-11-23' }, after: 'two' },
  ]);
  wire.asked[1]?.next(event('three'));
  expect(results.map(({ data }) => data?.appointmentChanged.eventId)).toEqual(['one', 'two', 'three']);
});

test('an event that is too old to resume from begins anew', async () => {
  for (const by of ['next', 'error'] as const) {
    const wire = line();
    follow(wire);
    await settle();
    wire.asked[0]?.next(event('old'));
    wire.asked[0]?.complete();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(wire.asked[1]?.variables.after, by).toBe('old');
    if (by === 'next') wire.asked[1]?.next({ data: null, errors: refusal('BAD_CURSOR') });
    else wire.asked[1]?.error(refusal('BAD_CURSOR'));
    await settle();
    expect(wire.asked[2]?.variables, by).toEqual({ range: { date: '2026-11-23' } });
  }
});

test('it waits the longer the more tries have failed, and goes on at once when the network is back', async () => {
  const wire = line();
  follow(wire);
  await settle();
  for (let i = 0; i < 5; i++) {
    wire.asked.at(-1)?.error(lost);
    await vi.advanceTimersByTimeAsync(20_000);
  }
  const tried = wire.asked.length;
  expect(tried).toBe(6);
  wire.asked.at(-1)?.error(lost);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(wire.asked.length).toBe(tried);
  dispatchEvent(new Event('online'));
  await settle();
  expect(wire.asked.length).toBe(tried + 1);
});

test('what may not be followed is told, once', async () => {
  const wire = line();
  const { results, complete } = follow(wire);
  await settle();
  wire.asked[0]?.error(refusal('FORBIDDEN'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(results).toMatchObject([{ errors: [{ extensions: { code: 'FORBIDDEN' } }] }]);
  expect(complete).toHaveBeenCalledOnce();
  expect(wire.asked.length).toBe(1);
});

test('a session that has ended is told, and nothing is tried until somebody has signed in', async () => {
  const wire = line();
  const onSignedOut = vi.fn();
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ data: { viewer: null } })));
  follow(wire, onSignedOut);
  await settle();
  wire.told().closed({ code: 4403 });
  wire.asked[0]?.error({ code: 4403 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(onSignedOut).toHaveBeenCalledOnce();
  expect(wire.asked.length).toBe(1);
  retryAll();
  await settle();
  expect(wire.asked.length).toBe(2);
});

test('several share a connection; one that does not answer is given up', async () => {
  const wire = line();
  const { subscribe } = follow(wire);
  subscribe();
  await settle();
  expect(wire.connect).toHaveBeenCalledOnce();
  expect(wire.asked.length).toBe(2);
  wire.told().ping();
  await vi.advanceTimersByTimeAsync(4_000);
  wire.told().pong();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(wire.terminate).not.toHaveBeenCalled();
  wire.told().ping();
  await vi.advanceTimersByTimeAsync(6_000);
  expect(wire.terminate).toHaveBeenCalledOnce();
});

test('whoever looks away asks for nothing more', async () => {
  const wire = line();
  const { first } = follow(wire);
  await settle();
  first.unsubscribe();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(wire.asked.length).toBe(1);
});
