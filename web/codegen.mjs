// Writes src/gql anew: the types and documents of the operations in src/features, one module a noun, and what the cache
// knows of the schema. A field that the schema no longer has stops it. With --check it writes nothing, and fails when
// something would change.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as documentNodes from '@graphql-codegen/typed-document-node';
import * as operationTypes from '@graphql-codegen/typescript-operations';
import { minifyIntrospectionQuery } from '@urql/introspection';
import { buildSchema, introspectionFromSchema, parse } from 'graphql';

const root = import.meta.dirname;
const target = join(root, 'src/gql');
const note = '// Written by codegen.mjs from the schema and the .graphql files of src/features. Do not edit.\n';

const sdl = readdirSync(join(root, '../graph'))
  .filter((name) => name.endsWith('.graphqls'))
  .sort()
  .map((name) => readFileSync(join(root, '../graph', name), 'utf8'))
  .join('\n');
const schema = buildSchema(sdl);

/** Scalars as they travel. */
const scalars = Object.fromEntries(
  Object.values(schema.getTypeMap())
    .filter((type) => 'specifiedByURL' in type && !['Boolean', 'Float', 'ID', 'Int', 'String'].includes(type.name))
    .map((type) => [type.name, 'string']),
);

async function noun(name) {
  const folder = join(root, 'src/features', name);
  const documents = readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => ({ location: join(folder, file), document: parse(readFileSync(join(folder, file), 'utf8'), { noLocation: true }) }));
  if (documents.length === 0) return null;
  const text = await codegen({
    filename: `${name}.ts`,
    schema: parse(sdl),
    schemaAst: schema,
    documents,
    config: { scalars, enumType: 'string-literal', useTypeImports: true, skipTypename: true, dedupeFragments: true, optimizeDocumentNode: true },
    pluginMap: { operations: operationTypes, documents: documentNodes },
    plugins: [{ operations: {} }, { documents: {} }],
  });
  return `${note}${text.trimEnd()}\n`;
}

const files = new Map();
for (const name of readdirSync(join(root, 'src/features')).sort()) {
  const text = await noun(name);
  if (text) files.set(`${name}.ts`, text);
}
const minified = minifyIntrospectionQuery(introspectionFromSchema(schema), { includeScalars: false, includeEnums: false, includeInputs: false, includeDirectives: false });
files.set('schema.json', `${JSON.stringify(minified)}\n`);

const old = existsSync(target) ? readdirSync(target) : [];
const gone = old.filter((name) => !files.has(name));
const changed = [...files].filter(([name, text]) => !old.includes(name) || readFileSync(join(target, name), 'utf8') !== text);
if (process.argv.includes('--check')) {
  for (const name of [...gone, ...changed.map(([name]) => name)]) console.error(`src/gql/${name} is not current: run npm run generate`);
  process.exitCode = gone.length + changed.length > 0 ? 1 : 0;
} else {
  mkdirSync(target, { recursive: true });
  for (const name of gone) rmSync(join(target, name));
  for (const [name, text] of changed) writeFileSync(join(target, name), text);
}
