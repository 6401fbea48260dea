// What `make test-e2e` runs: the built server with a demonstration clinic, another that nobody has set up, and every
// file of tests against them in a real browser. Arguments: a folder for screenshots.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { openClinic } from './clinic.mjs';

const [shots] = process.argv.slice(2);

/** Runs one file of tests, which says itself what is wrong. */
function run(file, base, env) {
  const arguments_ = [path.join(import.meta.dirname, file), base, ...(shots ? [path.resolve(shots)] : [])];
  return new Promise((resolve) => {
    spawn(process.execPath, arguments_, { stdio: 'inherit', env: { ...process.env, ...env } }).once('close', resolve);
  });
}

const [clinic, empty] = await Promise.all([openClinic('--demo'), openClinic()]);
let failed = 0;
try {
  const password = clinic.passwords.doctor;
  failed += await run('app.mjs', clinic.base, {
    CLINICQL_LOGIN: 'doctor',
    CLINICQL_PASSWORD: password,
    CLINICQL_RECEPTIONIST_PASSWORD: clinic.passwords.receptionist,
  });
  failed += await run('run.mjs', clinic.base, { CLINICQL_LOGIN: 'doctor', CLINICQL_PASSWORD: password, CLINICQL_SET_UP_LINK: empty.link });
} finally {
  await Promise.all([clinic.close(), empty.close()]);
}
process.exitCode = failed ? 1 : 0;
