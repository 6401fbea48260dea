// Writes src/gql anew: the types and documents of the operations in src/features, one module a noun; the texts of those
// in src/account; all of them for the server, which runs them by their ids; and what the cache knows of the schema. A
// field that the schema no longer has stops it. With --check it writes nothing, and fails when something would change.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as documentNodes from '@graphql-codegen/typed-document-node';
import * as operationTypes from '@graphql-codegen/typescript-operations';
import { minifyIntrospectionQuery } from '@urql/introspection';
import { buildSchema, introspectionFromSchema, parse, print, separateOperations, stripIgnoredCharacters, validate } from 'graphql';
import { formatDocument, stringifyDocument } from 'urql';
import { asOf } from './src/lib/as-of.mjs';

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
    .map((type) => [type.name, type.name === 'JSON' ? 'Record<string, unknown>' : 'string']),
);

function documentsIn(folder) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => ({ location: join(folder, file), document: parse(readFileSync(join(folder, file), 'utf8'), { noLocation: true }) }));
}

/** The operations of some documents by their names, each with the fragments that it uses. */
function operationsOf(documents) {
  const definitions = documents.flatMap(({ document }) => document.definitions);
  const mistakes = validate(schema, { kind: 'Document', definitions });
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  return Object.entries(separateOperations({ kind: 'Document', definitions }));
}

/** Operations of the application as its cache sends them, with the names of types: by their names, those of the past with @asOf behind. */
const trusted = new Map();
/** Subscriptions go as texts: a connection names no documents. */
const subscriptions = [];

/** The nouns that a chart shows, which can be looked at as of an instant. */
const ofCharts = ['appointment', 'patient', 'record'];

function trust(noun, name, document) {
  if (trusted.has(name)) throw new Error(`two operations are called ${name}`);
  const sent = formatDocument(document);
  const { operation } = document.definitions.find(({ kind }) => kind === 'OperationDefinition');
  if (operation === 'subscription') return subscriptions.push(stringifyDocument(sent));
  trusted.set(name, stripIgnoredCharacters(print(sent)));
  if (operation === 'query' && ofCharts.includes(noun)) trusted.set(`${name}@asOf`, stripIgnoredCharacters(print(asOf(sent))));
}

async function noun(name) {
  const documents = documentsIn(join(root, 'src/features', name));
  if (documents.length === 0) return null;
  for (const [operation, document] of operationsOf(documents)) trust(name, operation, document);

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
const texts = operationsOf(documentsIn(join(root, 'src/account'))).map(([name, document]) => [name, stripIgnoredCharacters(print(document))]);
files.set('account.ts', `${note}export const documents = ${JSON.stringify(Object.fromEntries(texts), null, 2)};\n`);
const sorted = [...trusted].sort(([a], [b]) => (a < b ? -1 : 1));
files.set('documents.json', `${JSON.stringify([...[...texts, ...sorted].map(([, text]) => text), ...subscriptions], null, 1)}\n`);
const ids = Object.fromEntries(sorted.map(([name, text]) => [name, `sha256:${createHash('sha256').update(text).digest('hex')}`]));
files.set('document-ids.ts', `${note}export const documentIds: Record<string, string> = ${JSON.stringify(ids, null, 2)};\n`);
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
