import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';

/** urql with its normalised cache. */
export function urql({ url, headers, socket }) {
  const client = new Client({
    url,
    preferGetMethod: false,
    fetchOptions: { headers },
    exchanges: [
      cacheExchange({ keys: { PageInfo: () => null }, resolvers: { Query: { patients: relayPagination() } } }),
      fetchExchange,
      subscriptionExchange({ forwardSubscription: ({ query, variables }) => ({ subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }) }) }),
    ],
  });
  const told = ({ data, error }) => ({ data, errors: error?.graphQLErrors ?? [], status: error?.response?.status });
  return {
    tellsStatus: true,
    joinsPages: true,
    query: async (query, variables) => told(await client.query(query, variables, { requestPolicy: 'network-only' })),
    mutate: async (query, variables) => told(await client.mutation(query, variables)),
    watch(query, variables) {
      return async () => (await client.query(query, variables, { requestPolicy: 'cache-only' })).data;
    },
    subscribe(query, variables, put) {
      return client.subscription(query, variables).subscribe(({ data, error }) => put(error ? Promise.reject(error) : data)).unsubscribe;
    },
  };
}
