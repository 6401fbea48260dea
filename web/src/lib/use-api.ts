import { useCallback, useEffect, useMemo, useRef } from 'react';
import { type AnyVariables, type CombinedError, createRequest, type TypedDocumentNode, useClient, useMutation, useQuery } from 'urql';
import { apiError, failureOf } from './client';
import type { ApiError } from './graphql';
import { onRetry } from './retry';

export interface Answer<Data> {
  /** The newest that is known of these variables; with `keepsOld`, of the ones before while these are asked for. */
  data: Data | undefined;
  error: ApiError | null;
  /** There is nothing to show yet. */
  isLoading: boolean;
  /** What is shown may be old: the answer is on its way. */
  isStale: boolean;
  /** What is shown answers other variables than these. */
  isOld: boolean;
  retry: () => void;
}

interface Options {
  pause?: boolean;
  /** Keeps the answer to the variables before on the screen until the next one comes. */
  keepsOld?: boolean;
}

/** Asks the API, from the cache first, and asks again by itself when the server is back. */
export function useApiQuery<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { pause = false, keepsOld = false }: Options = {},
): Answer<Data> {
  const client = useClient();
  const [{ data: latest, error: failure, fetching, stale, operation }, execute] = useQuery({ query, variables, pause } as Parameters<
    typeof useQuery<Data, Variables>
  >[0]);
  // The state can still be that of the variables before: one patient's data must not stand under another's address.
  const asked = JSON.stringify(variables);
  const key = useMemo(() => createRequest(query, variables).key, [query, asked]);
  const isOwn = operation?.key === key;
  // Where the cache lacks a field that may be null it answers null, which is not what the server said: nobody is to read "no
  // allergies" where they were not asked for yet. And an answer that failed takes nothing from the screen.
  const isWhole = !failure && operation?.context.meta?.cacheOutcome !== 'partial';
  const known = useRef<{ key: number; data: Data } | undefined>(undefined);
  if (isOwn && latest && isWhole) known.current = { key, data: latest };
  const error = isOwn ? failureOf(client, key) : null;
  const data = known.current?.key === key ? known.current.data : undefined;
  const old = useRef<Data | undefined>(undefined);
  if (data !== undefined) old.current = data;
  const shown = data ?? (keepsOld && !error ? old.current : undefined);
  const retry = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute]);
  useEffect(() => (pause ? undefined : onRetry(retry)), [retry, pause]);
  return {
    data: shown,
    error,
    isLoading: !pause && shown === undefined && !error,
    isStale: fetching || stale,
    isOld: data === undefined,
    retry,
  };
}

/** A mutation that resolves with its data, and rejects with an ApiError. */
export function useApiMutation<Data, Variables extends AnyVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
): (variables: Variables) => Promise<Data> {
  const [, execute] = useMutation(mutation);
  return useCallback(
    async (variables: Variables) => {
      const { data, error } = await execute(variables);
      if (error) throw apiError(error);
      return data as Data;
    },
    [execute],
  );
}

/** Sends whatever mutation, or asks anew: for what is decided when it is done. Rejects with an ApiError. */
export function useApi() {
  const client = useClient();
  return useMemo(() => {
    const settle = async <Data>(answer: PromiseLike<{ data?: Data | undefined; error?: CombinedError | undefined }>) => {
      const { data, error } = await answer;
      if (error) throw apiError(error);
      return data as Data;
    };
    return {
      send: <Data, Variables extends AnyVariables>(mutation: TypedDocumentNode<Data, Variables>, variables: Variables) =>
        settle(client.mutation(mutation, variables).toPromise()),
      ask: <Data, Variables extends AnyVariables>(query: TypedDocumentNode<Data, Variables>, variables: Variables) =>
        settle(client.query(query, variables, { requestPolicy: 'network-only' }).toPromise()),
    };
  }, [client]);
}
