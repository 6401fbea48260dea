import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { OperationTypeNode } from 'graphql';

/** Apollo Client with its normalised cache. */
export function apollo({ url, headers, socket }) {
  const client = new ApolloClient({
    link: ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, new GraphQLWsLink(socket), new HttpLink({ uri: url, headers })),
    cache: new InMemoryCache({ typePolicies: { Query: { fields: { patients: relayStylePagination() } } } }),
  });
  const told = async (answer) => {
    const { data, error } = await answer;
    if (error && !CombinedGraphQLErrors.is(error)) throw error;
    return { data, errors: error?.errors ?? [] };
  };
  return {
    joinsPages: true,
    query: (query, variables) => told(client.query({ query: gql(query), variables, fetchPolicy: 'network-only', errorPolicy: 'all' })),
    mutate: (mutation, variables) => told(client.mutate({ mutation: gql(mutation), variables, errorPolicy: 'all' })),
    watch(query, variables) {
      return async () => client.readQuery({ query: gql(query), variables });
    },
    subscribe(query, variables, put) {
      const subscription = client.subscribe({ query: gql(query), variables }).subscribe(({ data, error }) => put(error ? Promise.reject(error) : data));
      return () => subscription.unsubscribe();
    },
  };
}
