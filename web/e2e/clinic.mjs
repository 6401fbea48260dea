// A server of our own for the tests, with its Postgres in a folder that is thrown away.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const binary = path.resolve(process.env.CLINICQL_BINARY ?? path.join(root, 'bin/clinicql'));

/**
 * Starts the built server on a free port and waits for the words that say it is ready. It resolves with what the server
 * said, its address, and a function that ends it and takes its data away.
 */
export async function openClinic(...flags) {
  const folder = mkdtempSync(path.join(process.env.CLINICQL_TEST_DIR ?? tmpdir(), 'clinicql-e2e-'));
  // Variables of the tests are none of the server's.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(CLINICQL_|DATABASE_)/.test(name)));
  const server = spawn(binary, ['serve', '--listen=127.0.0.1:0', '--data-dir', folder, ...flags], { cwd: root, env });
  let said = '';
  const ended = new Promise((resolve) => server.once('close', resolve));
  const close = async () => {
    server.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await new Promise((resolve, reject) => {
      const hear = (text) => {
        said += text;
        // The addresses come first, and in the same breath who may sign in.
        if (/^ {2}health .*\n/m.test(said) && (flags.includes('--demo') ? /sign in as +analyst/ : /set-up#\S+\n/).test(said)) resolve();
      };
      server.stdout.on('data', hear);
      server.stderr.on('data', hear);
      server.once('error', reject);
      ended.then(() => reject(new Error(`the server ended:\n${said}`)));
    });
  } catch (error) {
    await close();
    throw error;
  }
  const [, base] = /^ {2}playground +(\S+)\/playground$/m.exec(said);
  const passwords = Object.fromEntries([...said.matchAll(/sign in as +(\S+) +(\S+)/g)].map(([, name, password]) => [name, password]));
  return { base, passwords, link: /\S+\/set-up#\S+/.exec(said)?.[0], close };
}
