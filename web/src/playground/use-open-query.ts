import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { type OperationDefinitionNode, parse } from 'graphql';
import { use } from 'react';
import type { Query } from './operations';
import { RunsContext } from './use-run';
import { valuesText } from './values';

/** Whether the editors are there to be filled. */
export function useHasEditors(): boolean {
  return useGraphiQL(({ queryEditor, variableEditor }) => Boolean(queryEditor && variableEditor));
}

/** Functions that put a query into a tab of its own, or into the open one. Each returns the tab. */
export function useOpenQuery() {
  const { addTab, setOperationFacts } = useGraphiQLActions();
  const { queryEditor, variableEditor } = useGraphiQL(({ queryEditor, variableEditor }) => ({ queryEditor, variableEditor }));
  const runs = use(RunsContext);
  const fill = ({ document, variables }: Query) => {
    queryEditor?.setValue(document);
    variableEditor?.setValue(valuesText(variables));
    try {
      // The editor finds the names of operations a moment later; one may be run before.
      const documentAST = parse(document);
      const operations = documentAST.definitions.filter((one): one is OperationDefinitionNode => one.kind === 'OperationDefinition');
      const operationName = operations[0]?.name?.value;
      setOperationFacts({ documentAST, operations, ...(operationName && { operationName }) });
    } catch {
      // Then the editor says what is wrong with it.
    }
    return runs.tab;
  };
  return {
    fill,
    open(query: Query) {
      addTab();
      return fill(query);
    },
  };
}
