// Two clients that others wrote, at a server that runs: node e2e/subscriptions.mjs URL TOKEN. Each subscribes to patients, is told of one that the
// other way of asking makes, is cut off and resumes, and gets its mistakes back. Prints nothing but what is wrong, and "done".
import { createClient as createStream } from 'graphql-sse';
import { createClient as createSocket } from 'graphql-ws';
import WebSocket from 'ws';

const [, , url, token] = process.argv;
const headers = { Authorization: `Bearer ${token}` };

class Authorised extends WebSocket {
  constructor(address, protocols) {
    super(address, protocols, { headers });
  }
}

async function register(name) {
  const query = 'mutation($name: String!) { createPatient(input: {familyName: $name, sex: UNKNOWN, birthDatePrecision: UNKNOWN}) { patient { id } } }';
  const answer = await fetch(url, { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify({ query, variables: { name } }) });
  const { errors } = await answer.json();
  if (errors) throw new Error(JSON.stringify(errors));
}

const query = 'subscription($after: String) { patientChanged(after: $after) { eventId kind patient { displayName } } }';

/** The names that come until one is the last; what comes first says when somebody may be registered. */
function listen(client, after, started, last) {
  return new Promise((resolve, reject) => {
    const names = [];
    let eventId;
    const stop = client.subscribe(
      { query, variables: { after } },
      {
        next: ({ data, errors }) => {
          if (errors) return reject(new Error(JSON.stringify(errors)));
          const event = data.patientChanged;
          eventId = event.eventId;
          if (event.kind === 'STARTED') return started?.().catch(reject);
          names.push(event.patient.displayName);
          if (event.patient.displayName === last) {
            stop();
            resolve({ names, eventId });
          }
        },
        error: reject,
        complete: () => reject(new Error('completed')),
      },
    );
  });
}

function refusal(client, document) {
  return new Promise((resolve) => {
    client.subscribe({ query: document }, { next: (v) => resolve(JSON.stringify(v)), error: (e) => resolve(JSON.stringify(e.message ?? e)), complete: () => resolve('completed') });
  });
}

const clients = {
  socket: () => createSocket({ url: url.replace('http', 'ws'), webSocketImpl: Authorised, retryAttempts: 0 }),
  stream: () => createStream({ url, headers, retryAttempts: 0 }),
};
let wrong = 0;
for (const [name, create] of Object.entries(clients)) {
  let client = create();
  const first = await listen(client, undefined, () => register(`First ${name}`), `First ${name}`);
  client.dispose();
  await register(`Second ${name}`);
  await register(`Third ${name}`);
  client = create();
  const resumed = await listen(client, first.eventId, undefined, `Third ${name}`);
  if (resumed.names.join() !== `Second ${name},Third ${name}`) {
    wrong++;
    console.log(`${name}: resumed with ${resumed.names}`);
  }
  for (const [document, code] of [
    ['subscription { nothing }', name === 'socket' ? 'GRAPHQL_VALIDATION_FAILED' : '400'],
    ['{ clinic { name } }', name === 'socket' ? 'BAD_REQUEST' : '406'],
    ['subscription { patientChanged(after: "x") { kind } }', 'BAD_CURSOR'],
  ]) {
    const told = await refusal(client, document);
    if (!told.includes(code)) {
      wrong++;
      console.log(`${name}: ${document} is answered ${told}`);
    }
  }
  client.dispose();
}
if (!wrong) console.log('done');
process.exit(wrong ? 1 : 0);
