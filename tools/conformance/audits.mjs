// The audits of graphql-http at a server that runs: node audits.mjs URL TOKEN. Prints what it finds fault with, and "done" after all of them.
import { auditServer } from 'graphql-http';

const [, , url, token] = process.argv;
const audits = 61; // of this version; fewer would be a check left out

// An audit that sets its own headers keeps them; all are signed in.
const fetchFn = (address, { headers, ...options } = {}) => fetch(address, { ...options, headers: { authorization: `Bearer ${token}`, ...headers } });

const results = await auditServer({ url, fetchFn });
for (const { id, name, status, reason } of results) {
  if (status !== 'ok') console.log(`${id} ${name}: ${status}, ${reason}`);
}
if (results.length !== audits) console.log(`${results.length} audits, not ${audits}`);
console.log('done');
