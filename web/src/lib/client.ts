import { cacheExchange, type ResolverConfig } from '@urql/exchange-graphcache';
import type { DocumentNode } from 'graphql';
import { Client, type CombinedError, fetchExchange, makeOperation, mapExchange, type Operation, subscriptionExchange } from 'urql';
import schema from '../gql/schema.json';
import { askAgain } from './ask-again';
import { updates } from './cache-updates';
import { newChanges } from './changes';
import { noteServerTime } from './clock';
import { asOf } from './as-of.mjs';
import { ApiError, ownHeaders, type Problem } from './graphql';
import { live } from './live';
import { optimistic } from './optimistic';
import { fetchTrusted } from './trusted-document';

const patience = 30_000;

/** fetch, which tells whether the server answers. A gateway's words are no answer. */
async function watchedFetch(address: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  try {
    const timeout = AbortSignal.timeout(patience);
    const response = await fetchTrusted(address, { ...init, signal: init.signal ? AbortSignal.any([init.signal, timeout]) : timeout });
    if (response.status >= 502 && response.status <= 504 && !response.headers.get('content-type')?.includes('json')) live.lost();
    else live.answered();
    noteServerTime(response.headers.get('date'));
    return response;
  } catch (error) {
    // Whoever left the page before the answer has lost nothing.
    if (!init.signal?.aborted) live.lost();
    throw error;
  }
}

/** Types that have no id of their own are kept inside of what holds them. */
const keys = Object.fromEntries(
  schema.__schema.types
    .filter((type) => type.kind === 'OBJECT' && !type.fields?.some(({ name }) => name === 'id'))
    .map(({ name }) => [name, () => null]),
);

/** A visit that is in some list is at hand by its id too: a window about it opens at once. */
const resolvers: ResolverConfig = {
  Query: {
    appointment(_parent, { id }, cache, info) {
      const key = { __typename: 'Appointment', id: String(id) };
      return cache.resolve(key, 'id') ? key : cache.resolve(info.parentKey, info.fieldName, { id: String(id) });
    },
  },
};

/**
 * Why an operation has no answer, until a whole one comes. What the cache makes of the answers to others passes an error by,
 * in the same moment at times, so that no screen would see it.
 */
const failuresOf = new WeakMap<Client, Map<number, ApiError>>();

export function failureOf(client: Client, operation: number): ApiError | null {
  return failuresOf.get(client)?.get(operation) ?? null;
}

/**
 * The connection to the API with its cache, which lives as long as the page does and is kept nowhere. One that looks at the
 * past has a cache of its own: what was must not stand in the place of what is.
 */
export function newClient(onSignedOut: () => void, at?: string): Client {
  const failures = new Map<number, ApiError>();
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetch: watchedFetch,
    fetchOptions: { credentials: 'same-origin', headers: { ...ownHeaders, Accept: 'application/graphql-response+json' } },
    exchanges: [
      mapExchange({
        onError(error) {
          if (apiError(error).code === 'UNAUTHENTICATED') onSignedOut();
        },
        onResult({ operation, error }) {
          if (error) failures.set(operation.key, apiError(error));
          else if (operation.context.meta?.cacheOutcome !== 'partial') failures.delete(operation.key);
        },
      }),
      askAgain,
      cacheExchange({ schema: schema as never, keys, optimistic, updates, resolvers }),
      ...(at ? [mapExchange({ onOperation: (operation) => (operation.kind === 'teardown' ? operation : then(operation, at)) })] : []),
      fetchExchange,
      subscriptionExchange({ forwardSubscription: newChanges({ onSignedOut }) }),
    ],
  });
  failuresOf.set(client, failures);
  return client;
}

const pastDocuments = new WeakMap<DocumentNode, DocumentNode>();

/** The operation as of an instant. */
function then(operation: Operation, at: string): Operation {
  const query = pastDocuments.get(operation.query) ?? asOf(operation.query);
  pastDocuments.set(operation.query, query);
  return makeOperation(operation.kind, { ...operation, query, variables: { ...operation.variables, pastAt: at } }, operation.context);
}

/** Says in the API's terms why an operation failed. */
export function apiError(error: CombinedError): ApiError {
  const [first] = error.graphQLErrors;
  if (!first) return new ApiError('UNREACHABLE', 'the server does not answer');
  const problems = error.graphQLErrors.flatMap(({ extensions }) => (extensions.fields as Problem[] | undefined) ?? []);
  const { code, retryAfter } = first.extensions as { code?: string; retryAfter?: number };
  return new ApiError(code ?? 'INTERNAL', first.message, problems, retryAfter, first.extensions);
}
