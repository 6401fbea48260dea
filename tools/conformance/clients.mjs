// Clients that others wrote, at a server that runs: node clients.mjs URL TOKEN STRICT_URL. Each pages, nests, writes, meets a conflict, subscribes, is cut
// off and goes on, and is refused; at a second server it asks too much. Prints what is wrong, and "done".
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient as createSocket } from 'graphql-ws';
import WebSocket from 'ws';
import { apollo } from './apollo.mjs';
import { request } from './graphql-request.mjs';
import { urql } from './urql.mjs';

const [, , url, token, strictURL] = process.argv;

const Page = 'query Page($first: Int!, $after: String) { patients(first: $first, after: $after) { edges { node { id displayName } } pageInfo { hasNextPage endCursor } } }';
const Nested = `query Nested($id: ID!) {
  patient(id: $id) { id displayName version appointments(first: 1) { edges { node { id practitioner { id displayName } } } pageInfo { hasNextPage } } }
}`;
const Register = `mutation Register($name: String!, $key: String!) {
  createPatient(input: {familyName: $name, sex: UNKNOWN, birthDatePrecision: UNKNOWN, confirmNotDuplicate: true}) @idempotent(key: $key) { patient { id version displayName } }
}`;
const Rename = `mutation Rename($id: ID!, $version: Int!, $name: String!) {
  updatePatient(input: {patientId: $id, expectedVersion: $version, familyName: $name}) { patient { id version displayName } }
}`;
const Changes = 'subscription Changes($id: [ID!]) { patientChanged(patientIds: $id) { kind patient { id version displayName } } }';

/** A socket whose connections can be cut, as a network does. */
function newSocket() {
  const open = new Set();
  class Cuttable extends WebSocket {
    constructor(address, protocols) {
      super(address, protocols, { headers: { Authorization: `Bearer ${token}` } });
      open.add(this);
      this.on('close', () => open.delete(this));
    }
  }
  const client = createSocket({ url: url.replace('http', 'ws'), webSocketImpl: Cuttable, retryAttempts: 5, retryWait: () => pause(50), shouldRetry: () => true });
  return { client, cut: () => open.forEach((socket) => socket.terminate()) };
}

/** What comes, in order, for whoever waits. */
function newInbox() {
  const items = [];
  const waiting = [];
  return {
    put: (item) => (waiting.length ? waiting.shift()(item) : items.push(item)),
    take: () => (items.length ? items.shift() : new Promise((resolve) => waiting.push(resolve))),
  };
}

const codeOf = (errors) => errors[0]?.extensions?.code;

/** Goes through everything that a client of the API does. */
async function flow(name, create) {
  const socket = newSocket();
  const client = create({ url, headers: { Authorization: `Bearer ${token}` }, socket: socket.client });
  const own = [];
  for (const one of ['Abashidze', 'Beridze', 'Chkheidze']) {
    const variables = { name: one, key: randomUUID() };
    const { data } = await client.mutate(Register, variables);
    const again = await client.mutate(Register, variables);
    assert.equal(again.data.createPatient.patient.id, data.createPatient.patient.id, 'a repeat registers nobody');
    own.push(data.createPatient.patient);
  }

  let seen = [];
  for (let after = null, more = true; more; ) {
    const { patients } = (await client.query(Page, { first: 2, after })).data;
    const page = patients.edges.map(({ node }) => node.id);
    seen = client.joinsPages ? page : [...seen, ...page];
    ({ endCursor: after, hasNextPage: more } = patients.pageInfo);
  }
  assert.equal(new Set(seen).size, seen.length, 'no patient comes twice');
  assert.ok(own.every(({ id }) => seen.includes(id)), 'every patient comes');

  const nested = (await client.query(Nested, { id: own[0].id })).data.patient;
  assert.deepEqual(nested.appointments.edges, []);
  assert.equal(nested.appointments.pageInfo.hasNextPage, false);

  const shown = client.watch?.(Nested, { id: own[0].id });
  if (shown) assert.equal((await shown()).patient.displayName, 'Abashidze');
  const renamed = (await client.mutate(Rename, { id: own[0].id, version: own[0].version, name: 'Abuladze' })).data.updatePatient.patient;
  assert.equal(renamed.version, own[0].version + 1);
  if (shown) assert.equal((await shown()).patient.displayName, 'Abuladze', 'what is shown follows the write');

  const { errors } = await client.mutate(Rename, { id: own[0].id, version: own[0].version, name: 'Asatiani' });
  assert.equal(codeOf(errors), 'VERSION_CONFLICT');
  assert.equal(errors[0].extensions.current.version, renamed.version, 'a conflict says what is there now');

  const events = newInbox();
  const stop = client.subscribe(Changes, { id: [own[1].id] }, events.put);
  const next = async (kind) => {
    for (;;) {
      const { patientChanged } = await events.take();
      if (patientChanged.kind === kind) return patientChanged.patient;
    }
  };
  await next('STARTED');
  await client.mutate(Rename, { id: own[1].id, version: 1, name: 'Bagrationi' });
  assert.equal((await next('UPDATED')).displayName, 'Bagrationi');
  socket.cut();
  await next('STARTED');
  await client.mutate(Rename, { id: own[1].id, version: 2, name: 'Batiashvili' });
  assert.equal((await next('UPDATED')).displayName, 'Batiashvili', 'who is cut off goes on');
  stop();

  const stranger = create({ url, headers: { Authorization: 'Bearer cqt_nobody' }, socket: socket.client });
  const refused = await stranger.query(Page, { first: 1, after: null });
  if (client.tellsStatus) assert.equal(refused.status, 401);
  assert.equal(codeOf(refused.errors), 'UNAUTHENTICATED');
  const hasty = create({ url: strictURL, headers: { Authorization: `Bearer ${token}` }, socket: socket.client });
  let limited;
  for (let n = 0; n < 100 && !limited?.errors.length; n++) limited = await hasty.query(Page, { first: 1, after: null });
  if (client.tellsStatus) assert.equal(limited.status, 429);
  assert.equal(codeOf(limited.errors), 'RATE_LIMITED');
  await socket.client.dispose();
}

for (const [name, create] of Object.entries({ apollo, urql, request })) {
  try {
    await flow(name, create);
  } catch (error) {
    console.log(`${name}: ${error.stack}`);
  }
}
console.log('done');
process.exit(0);
