import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { createClient } from 'graphql-ws';
import { ownHeaders } from '../lib/graphql';
import type { Answer, Runs, Statements } from './run';

/** How GraphiQL calls the operation that loads the schema. */
const introspection = 'IntrospectionQuery';

/** A promise of what nobody waits for any more. */
const never = () => new Promise<never>(() => {});

function answerIn(text: string): Answer | null {
  try {
    const answer: unknown = JSON.parse(text);
    return answer && typeof answer === 'object' && ('data' in answer || 'errors' in answer) ? (answer as Answer) : null;
  } catch {
    return null;
  }
}

/** The statements that a header Server-Timing tells of: db;desc="3 statements";dur=1.2 */
export function statementsIn(timing: string | null): Statements | undefined {
  const found = /\bdb;desc="(\d+) statements?";dur=([\d.]+)/.exec(timing ?? '');
  return found ? { statements: Number(found[1]), milliseconds: Number(found[2]) } : undefined;
}

/**
 * The endpoint of the server that serves the page: operations over HTTP, subscriptions over graphql-transport-ws. It
 * notes in `runs` what came of each, and calls onRefused when the server asks to sign in. `abandon` ends the one that
 * runs: its answer is shown nowhere.
 */
export function ownFetcher(runs: Runs, onRefused: () => void) {
  const socket = new URL('/graphql', location.href);
  socket.protocol = socket.protocol === 'https:' ? 'wss:' : 'ws:';
  let pending: AbortController | null = null;

  async function timed(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    if (JSON.parse(String(init.body)).operationName === introspection) return watched(input, init);
    const own = new AbortController();
    const { tab } = runs;
    pending = own;
    const start = performance.now();
    try {
      const response = await watched(input, { ...init, signal: own.signal });
      const text = await response.text();
      if (own.signal.aborted) return await never();
      const { status, headers } = response;
      runs.end(tab, {
        status,
        answer: answerIn(text),
        retryAfter: Number(headers.get('retry-after')) || 0,
        sql: statementsIn(headers.get('server-timing')),
        milliseconds: performance.now() - start,
      });
      return new Response(text, { status, headers });
    } catch (error) {
      if (own.signal.aborted) return await never();
      runs.end(tab, { status: 0, answer: null, retryAfter: 0, milliseconds: performance.now() - start });
      throw error;
    } finally {
      if (pending === own) pending = null;
    }
  }

  async function watched(input: RequestInfo | URL, init: RequestInit): Promise<Response> {
    const response = await fetch(input, init);
    if (response.status === 401) onRefused();
    return response;
  }

  const send = createGraphiQLFetcher({
    url: '/graphql',
    headers: ownHeaders,
    wsClient: createClient({ url: socket.href, lazy: true }),
    // The server sends no answers in parts; without them the fetcher asks for the media type that tells by its status.
    enableIncrementalDelivery: false,
    fetch: timed,
  });
  const fetcher: Fetcher = (params, options) => {
    if (params.operationName !== introspection) runs.start(runs.tab);
    return send(params, options);
  };
  return {
    fetcher,
    abandon() {
      pending?.abort();
      pending = null;
    },
  };
}
