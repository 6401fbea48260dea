import type { Client } from 'graphql-ws';
import type { ExecutionResult, SubscriptionForwarder } from 'urql';
import { documents } from '../gql/account';
import { leftOpen, request } from './graphql';
import { live } from './live';
import { onRetry, retryAll } from './retry';

const keepAlive = 10_000;
const patience = 5_000;
/** A day is left and another opened: the connection stays for that. */
const linger = 5_000;
const waits = [0, 1_000, 2_000, 4_000, 8_000, 15_000];

/** What is told of the connection. */
export interface Told {
  ping: () => void;
  pong: () => void;
  connected: () => void;
  closed: (event: unknown) => void;
}

interface Options {
  /** The session has ended. */
  onSignedOut: () => void;
  connect?: (on: Told) => Promise<Client>;
}

type Refusal = readonly { extensions?: { code?: string } | undefined }[];

async function createSocket(on: Told): Promise<Client> {
  const { createClient } = await import('graphql-ws');
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  return createClient({
    url: url.href,
    lazyCloseTimeout: linger,
    connectionAckWaitTimeout: patience,
    keepAlive,
    // Each subscription is made anew below, from where it was.
    retryAttempts: 0,
    on: { ping: (received) => !received && on.ping(), pong: (received) => received && on.pong(), connected: on.connected, closed: on.closed },
  });
}

/**
 * Carries subscriptions over one WebSocket, which is opened with the first of them. After a lost connection each goes on
 * after the last event that came, by its `eventId`; where that is too long ago it begins again with STARTED. While there
 * is no connection though the server answers, all that is on the screen is asked again now and then.
 */
export function newChanges({ onSignedOut, connect = createSocket }: Options): SubscriptionForwarder {
  let client: Client | undefined;
  let loading: Promise<Client> | undefined;
  let followers = 0;
  let tries = 0;
  let hasEnded = false;
  let isOpen = false;
  let pong: ReturnType<typeof setTimeout> | undefined;
  let wake: (() => void) | undefined;
  let pausing: Promise<void> | undefined;

  async function load() {
    loading ??= connect({
      ping() {
        // A connection can be dead without a word: a pulled cable, a computer that slept.
        pong = setTimeout(() => client?.terminate(), patience);
      },
      pong: () => clearTimeout(pong),
      connected() {
        tries = 0;
        hasEnded = false;
        isOpen = true;
        live.followed(true);
      },
      closed(event) {
        clearTimeout(pong);
        isOpen = false;
        if (followers > 0) live.followed(false);
        if ((event as { code?: number }).code === 4403) void askViewer();
      },
    });
    client = await loading;
    return client;
  }

  /** The server ended the connection with the session, or because it may do something else now: who is there? */
  async function askViewer() {
    hasEnded = true;
    try {
      const { viewer } = await request<{ viewer: object | null }>(documents.AccountViewer);
      if (!viewer) return onSignedOut();
    } catch {
      // The next try to connect tells.
    }
    hasEnded = false;
    wake?.();
  }

  /** Waits before the next try, the longer the more have failed, until there is a reason to try at once. All wait together. */
  function pause(): Promise<void> {
    pausing ??= new Promise((resolve) => {
      live.followed(isOpen);
      const wait = waits[Math.min(tries, waits.length - 1)] ?? 0;
      const isFallback = tries > 2 && live.now;
      tries += 1;
      const end = () => {
        clearTimeout(timer);
        pausing = undefined;
        wake = undefined;
        resolve();
      };
      // Without a network or a session there is nothing to try until it is back.
      const timer = navigator.onLine && !hasEnded ? setTimeout(end, wait * (0.75 + Math.random() / 2)) : undefined;
      // Before it can be woken: this is no reason to try at once.
      if (isFallback) retryAll();
      wake = end;
    });
    return pausing;
  }

  onRetry(() => {
    hasEnded = false;
    wake?.();
  });
  if (typeof addEventListener === 'function') {
    addEventListener('offline', () => client?.terminate());
    addEventListener('online', () => wake?.());
  }

  return ({ query = '', variables }) => ({
    subscribe(sink) {
      let isOver = false;
      let stop: (() => void) | undefined;
      let after: string | undefined;
      const follow = async () => {
        while (!isOver) {
          const socket = await load();
          const refusal = await new Promise<Refusal | null>((resolve) => {
            if (isOver) return resolve(null);
            stop = socket.subscribe(
              { query, variables: { ...variables, ...(after && { after }) } },
              {
                next(result) {
                  if (result.errors) {
                    resolve(result.errors);
                    return stop?.();
                  }
                  after = lastEvent(result.data) ?? after;
                  sink.next(result as ExecutionResult);
                },
                error: (reason) => resolve(Array.isArray(reason) ? (reason as Refusal) : null),
                complete: () => resolve(null),
              },
            );
          });
          if (isOver) return;
          const code = refusal?.[0]?.extensions?.code;
          if (code === 'BAD_CURSOR' || (code === 'INVALID' && after)) {
            after = undefined;
            continue;
          }
          if (code && ![...leftOpen, 'TOO_SLOW', 'RATE_LIMITED', 'UNAUTHENTICATED'].includes(code)) {
            // What the role may not follow, or does not exist: no other try would do better.
            sink.next({ errors: refusal as never, hasNext: false });
            return sink.complete();
          }
          if (code === 'UNAUTHENTICATED') void askViewer();
          await pause();
        }
      };
      followers += 1;
      void follow();
      return {
        unsubscribe() {
          if (isOver) return;
          isOver = true;
          followers -= 1;
          stop?.();
          if (followers === 0) live.followed(null);
        },
      };
    },
  });
}

/** The place of an event among all, wherever the subscription's one field has it. */
function lastEvent(data: unknown): string | undefined {
  const [event] = Object.values((data ?? {}) as Record<string, { eventId?: string } | null>);
  return event?.eventId;
}
