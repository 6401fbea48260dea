import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { createClient } from 'graphql-ws';

/** The endpoint of the server that serves the page: operations over HTTP, subscriptions over graphql-transport-ws. */
export function ownFetcher() {
  const socket = new URL('/graphql', location.href);
  socket.protocol = socket.protocol === 'https:' ? 'wss:' : 'ws:';
  return createGraphiQLFetcher({
    url: '/graphql',
    wsClient: createClient({ url: socket.href, lazy: true }),
  });
}
