// What other tools say of the schema: node schema.mjs SCHEMA.graphql. A linter with its rules for schemas and for Relay, and Relay's own compiler,
// over components as a page would hold. Prints what they find fault with, and "done".
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import plugin from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';
import relay from 'relay-compiler';

const [, , schema] = process.argv;

// Values: what they are is all that they are, so that they have no id.
const values = [
  'Address', 'AppointmentChange', 'AuditSealStatus', 'FieldChange', 'Identifier', 'PageInfo', 'PasswordLink', 'PatientChange', 'PossibleDuplicate', 'PrescriptionLine',
  'Schedule', 'ScheduleColumn', 'SecondFactorChallenge', 'Slot', 'StatsCell', 'StatsKey', 'Version', 'WorkingHours', 'WorkingPeriod',
];

// What is as it is on purpose, and why. One that is found no more has to go from here.
const accepted = new Map([
  ['Appointment no-typename-prefix', 'an appointment’s type is an AppointmentType, and `type` is the older text'],
  ['AppointmentType naming-convention', 'the term of the field'],
  ['ErrorCode no-unreachable-types', 'documents `extensions.code` of errors'],
  ['ProblemCode no-unreachable-types', 'documents `extensions.problems` of errors'],
  ['Query naming-convention', 'a saved query is what it answers'],
  ['SlotEdge relay-edge-types', 'free time is a value'],
  ['Version no-typename-prefix', 'the number of a version'],
  ['StatsCellEdge relay-edge-types', 'a cell is a value'],
  ['VersionEdge relay-edge-types', 'a version is a value'],
]);

const component = `
import { graphql } from 'relay-runtime';

graphql\`
  fragment Page_query on Query @refetchable(queryName: "PageRefetch") @argumentDefinitions(count: {type: "Int", defaultValue: 20}, cursor: {type: "String"}) {
    patients(first: $count, after: $cursor) @connection(key: "Page_patients") {
      edges { node { id displayName ...Page_patient } }
    }
  }
\`;

graphql\`
  fragment Page_patient on Patient @refetchable(queryName: "PatientRefetch") @argumentDefinitions(count: {type: "Int", defaultValue: 5}, cursor: {type: "String"}) {
    appointments(first: $count, after: $cursor) @connection(key: "Patient_appointments") {
      edges { node { id startsAt status practitioner { id displayName } } }
    }
  }
\`;

graphql\`query PageQuery { ...Page_query node(id: "1") { id ... on Patient { displayName } } }\`;

graphql\`
  mutation PageMutation($input: CreatePatientInput!, $key: String!, $connections: [ID!]!) {
    createPatient(input: $input) @idempotent(key: $key) { patient @appendNode(connections: $connections, edgeTypeName: "PatientEdge") { id displayName } }
  }
\`;

graphql\`subscription PageSubscription($after: String) { patientChanged(after: $after) { eventId kind patient { id displayName } } }\`;
`;

const folder = mkdtempSync(join(tmpdir(), 'clinicql-schema-'));
try {
  cpSync(schema, join(folder, 'schema.graphql'));
  await lint(readFileSync(schema, 'utf8').split('\n'));
  compile();
} finally {
  rmSync(folder, { recursive: true });
}
console.log('done');

async function lint(lines) {
  const rules = {
    ...plugin.configs['flat/schema-recommended'].rules,
    ...plugin.configs['flat/schema-relay'].rules,
    // Connections list nodes beside edges, for whoever needs no cursors.
    '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
    '@graphql-eslint/strict-id-in-types': ['error', { exceptions: { types: values, suffixes: ['Payload', 'Connection', 'Edge'] } }],
    '@graphql-eslint/require-description': [
      'error',
      { types: true, FieldDefinition: true, InputValueDefinition: true, EnumValueDefinition: true, DirectiveDefinition: true, rootField: true },
    ],
  };
  const linter = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [
      {
        files: ['*.graphql'],
        languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema: join(folder, 'schema.graphql') } } },
        plugins: { '@graphql-eslint': plugin },
        rules,
      },
    ],
  });
  const [{ messages }] = await linter.lintFiles(['schema.graphql']);
  const unseen = new Set(accepted.keys());
  for (const { line, ruleId, message } of messages) {
    const finding = `${typeAt(lines, line)} ${ruleId?.replace('@graphql-eslint/', '')}`;
    if (!unseen.delete(finding)) console.log(`${finding}, line ${line}: ${message}`);
  }
  for (const finding of unseen) console.log(`${finding} is accepted, and not found`);
}

/** The type whose definition a line is in. */
function typeAt(lines, line) {
  for (let i = line - 1; i >= 0; i--) {
    const found = /^(?:type|enum|input|interface|union|scalar) (\w+)/.exec(lines[i]);
    if (found) return found[1];
  }
}

/** Compiles a component, and looks whether its queries were written. */
function compile() {
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src', 'Page.js'), component);
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify({ src: './src', schema: './schema.graphql', language: 'javascript', eagerEsModules: true }));
  try {
    execFileSync(relay, ['relay.config.json'], { cwd: folder, stdio: 'pipe' });
  } catch (e) {
    console.log(`relay-compiler: ${e.stdout}${e.stderr}`);
    return;
  }
  for (const name of ['PageQuery', 'PageRefetch', 'PatientRefetch', 'PageMutation', 'PageSubscription']) {
    if (!existsSync(join(folder, 'src', '__generated__', `${name}.graphql.js`))) console.log(`relay-compiler wrote no ${name}`);
  }
}
