// Also for codegen.mjs, which tells the server of these documents too.

const name = (value) => ({ kind: 'Name', value });
const variable = { kind: 'Variable', name: name('pastAt') };
const type = { kind: 'NonNullType', type: { kind: 'NamedType', name: name('DateTime') } };

/** A query that answers what it answered at the instant of its variable `pastAt`. The server refuses other operations. */
export function asOf(document) {
  const definitions = document.definitions.map((definition) => {
    if (definition.kind !== 'OperationDefinition') return definition;
    const directive = { kind: 'Directive', name: name('asOf'), arguments: [{ kind: 'Argument', name: name('at'), value: variable }] };
    return {
      ...definition,
      variableDefinitions: [...(definition.variableDefinitions ?? []), { kind: 'VariableDefinition', variable, type }],
      directives: [...(definition.directives ?? []), directive],
    };
  });
  return { kind: 'Document', definitions };
}
