import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { createClient } from 'graphql-ws';
import { ownHeaders } from '../lib/graphql';

/**
 * The endpoint of the server that serves the page: operations over HTTP, subscriptions over graphql-transport-ws. It
 * calls onRefused when the server asks to sign in.
 */
export function ownFetcher(onRefused: () => void) {
  const socket = new URL('/graphql', location.href);
  socket.protocol = socket.protocol === 'https:' ? 'wss:' : 'ws:';
  return createGraphiQLFetcher({
    url: '/graphql',
    headers: ownHeaders,
    wsClient: createClient({ url: socket.href, lazy: true }),
    // The server sends no answers in parts; without them the fetcher asks for the media type that tells by its status.
    enableIncrementalDelivery: false,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      if (response.status === 401) onRefused();
      return response;
    },
  });
}
