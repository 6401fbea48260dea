import { type Exchange, makeOperation, mapExchange, type Operation } from 'urql';
import { changedBy } from './cache-updates';

/** The fields that an operation has at its root. */
function rootsOf({ query }: Operation): string[] {
  return query.definitions.flatMap((definition) =>
    definition.kind === 'OperationDefinition' ? definition.selectionSet.selections.flatMap((one) => (one.kind === 'Field' ? [one.name.value] : [])) : [],
  );
}

/** Asks again for what is on the screen and was changed by a mutation in more than it answered. */
export const askAgain: Exchange = (input) => {
  const shown = new Map<number, Operation>();
  return mapExchange({
    onOperation(operation) {
      if (operation.kind === 'query') shown.set(operation.key, operation);
      if (operation.kind === 'teardown') shown.delete(operation.key);
    },
    onResult({ operation, data }) {
      if (operation.kind !== 'mutation' || !data) return;
      const changed = rootsOf(operation).flatMap((mutation) => changedBy[mutation] ?? []);
      if (changed.length === 0) return;
      for (const query of shown.values()) {
        if (!rootsOf(query).some((root) => changed.includes(root))) continue;
        input.client.reexecuteOperation(makeOperation('query', query, { ...query.context, requestPolicy: 'network-only' }));
      }
    },
  })(input);
};
