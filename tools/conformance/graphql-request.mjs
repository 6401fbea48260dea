import { ClientError, GraphQLClient } from 'graphql-request';

/** graphql-request, which keeps nothing; it subscribes by graphql-ws alone. */
export function request({ url, headers, socket }) {
  const client = new GraphQLClient(url, { headers });
  const send = async (query, variables) => {
    try {
      return { data: await client.request(query, variables), errors: [], status: 200 };
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      const { data, errors = [], status } = error.response;
      return { data, errors, status };
    }
  };
  return {
    tellsStatus: true,
    query: send,
    mutate: send,
    subscribe(query, variables, put) {
      return socket.subscribe({ query, variables }, { next: ({ data, errors }) => put(errors ? Promise.reject(errors) : data), error: (e) => put(Promise.reject(e)), complete() {} });
    },
  };
}
