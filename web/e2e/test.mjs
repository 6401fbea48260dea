// What `make test-e2e` runs: every part against the built server with a demonstration clinic of its own, in a real
// browser, two at a time. Arguments: names of parts, all when there are none. CLINICQL_SHOTS: a folder for screenshots.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { openClinic } from './clinic.mjs';

const names = process.argv.slice(2);
const { CLINICQL_SHOTS: shots } = process.env;
const all = ['app-calendar', 'app-booking', 'app-records', 'app-admin', 'app-forms', 'playground', 'run', 'app', 'app-faults', 'app-search'];
const parts = names.length > 0 ? all.filter((part) => names.includes(part)) : all;
const atOnce = 2;

/** Runs a part, and resolves with whether all was well. What it says comes when it is over, so that parts do not mix. */
async function run(part) {
  const start = Date.now();
  const clinics = await Promise.all([openClinic('--demo'), ...(part === 'run' ? [openClinic()] : [])]);
  const [{ base, passwords }, empty] = clinics;
  const env = {
    ...process.env,
    CLINICQL_LOGIN: 'doctor',
    CLINICQL_PASSWORD: passwords.doctor,
    CLINICQL_RECEPTIONIST_PASSWORD: passwords.receptionist,
    CLINICQL_NURSE_PASSWORD: passwords.nurse,
    CLINICQL_ADMIN_PASSWORD: passwords.admin,
    CLINICQL_ANALYST_PASSWORD: passwords.analyst,
    CLINICQL_PASSWORDS: JSON.stringify(passwords),
    ...(empty && { CLINICQL_SET_UP_LINK: empty.link }),
  };
  try {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, `${part}.mjs`), base, ...(shots ? [path.resolve(shots)] : [])], { env });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
    const status = await new Promise((resolve) => child.once('close', resolve));
    const took = ((Date.now() - start) / 1000).toFixed(0);
    const held = said.split('\n').filter((line) => line.startsWith('ok ')).length;
    claims += held;
    console.log(`--- ${part}: ${held} claims hold, ${status === 0 ? 'all is well' : 'FAILED'}, ${took} s`);
    if (status !== 0) console.log(said);
    return status === 0;
  } finally {
    await Promise.all(clinics.map(({ close }) => close()));
  }
}

let claims = 0;
const failed = [];
const queue = [...parts];
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (let part = queue.shift(); part; part = queue.shift()) if (!(await run(part))) failed.push(part);
  }),
);
// A machine that is busy with something else can make a browser miss a moment: what failed has a second try, alone, and
// both are told.
const stillFailed = [];
for (const part of failed) {
  console.log(`--- ${part}: once more`);
  if (!(await run(part))) stillFailed.push(part);
}
console.log(`${claims} passed, ${stillFailed.length} failed`);
process.exitCode = claims > 0 && stillFailed.length === 0 ? 0 : 1;
