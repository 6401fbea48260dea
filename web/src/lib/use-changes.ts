import { useEffect, useRef } from 'react';
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql';

/**
 * Calls `onChange` with each event of a subscription while the component is on the screen; without variables it rests.
 * What an event holds is in the cache by then. Components that ask for the same share one subscription.
 */
export function useChanges<Data, Variables extends AnyVariables>(
  subscription: TypedDocumentNode<Data, Variables>,
  variables: Variables | null,
  onChange: (event: Data) => void,
) {
  const client = useClient();
  const latest = useRef(onChange);
  latest.current = onChange;
  const asked = JSON.stringify(variables);
  useEffect(() => {
    const wanted = JSON.parse(asked) as Variables | null;
    if (!wanted) return;
    const { unsubscribe } = client.subscription(subscription, wanted).subscribe(({ data }) => {
      if (data) latest.current(data);
    });
    return unsubscribe;
  }, [client, subscription, asked]);
}
