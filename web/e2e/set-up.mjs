// The first administrator, codes, and links to set a password, on a server that has no users yet.
import { createHmac } from 'node:crypto';
import { ask } from './api.mjs';
import { claim, look, visit } from './browser.mjs';
import { box, me, signIn, signOutOfApp } from './sign-in.mjs';

const password = 'a lamp beside seven rivers';

/** The code of an authenticator app (RFC 6238). */
export function codeOf(secret) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/=+$/, '')].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', key).update(step).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Fills a form in by its labels, sends it, and waits for the words that it then shows. */
async function send(page, values, words) {
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.keyboard.press('Enter');
  if (!words) return;
  await page.getByText(words).waitFor();
  claim(true, `set-up: told "${words}"`);
}

async function setUp(page, link) {
  const { origin } = new URL(link);
  await page.goto(`${origin}/set-up`);
  await page.getByText('Open the whole link.').waitFor();
  await page.goto(link);
  await page.getByLabel('Login name').waitFor();
  claim(page.url() === `${origin}/set-up`, 'set-up: a link that is pasted over the page works, and its token leaves the address');
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByLabel('Login name').waitFor();
  claim(page.url() === `${origin}/set-up`, 'set-up: the token leaves the address');
  await look(page, 'set-up');

  const good = { 'Login name': 'nino', 'Your name': 'Nino Beridze', Password: password, 'Password once more': password };
  await send(page, { ...good, 'Password once more': 'another' }, 'The second password is not the same as the first.');
  claim(
    await page.getByLabel('Password once more').evaluate((input) => input === document.activeElement),
    'set-up: the focus is in the input that was wrong',
  );
  await send(page, { ...good, Password: 'short', 'Password once more': 'short' }, 'The password is shorter than 12 characters.');
  await look(page, 'set-up-wrong');
  await send(page, { ...good, Password: 'password1234', 'Password once more': 'password1234' }, /^The password is easily guessed/);
  await send(page, { ...good, 'Login name': 'Nino B.' }, /^The login name /);
  await send(page, good);
  await page.waitForURL(`${origin}/`);
  claim((await me(page).textContent()).includes('Nino Beridze'), 'set-up: the first administrator is signed in');

  await page.goto(link);
  await send(page, good, 'The link was used before, is too late, or is none of ours.');
  await look(page, 'set-up-used');
}

/** Has codes asked for, and returns the recovery codes. */
async function enrol(page, origin) {
  await page.goto(`${origin}/`);
  const { enrolSecondFactor } = await ask(page, 'mutation($p: String!) { enrolSecondFactor(input: {password: $p}) { secret } }', { p: password });
  const { confirmSecondFactor } = await ask(page, 'mutation($c: String!) { confirmSecondFactor(input: {code: $c}) { recoveryCodes } }', {
    c: codeOf(enrolSecondFactor.secret),
  });
  return confirmSecondFactor.recoveryCodes;
}

async function signInWithCode(page, origin, recoveryCodes) {
  await page.reload();
  await signOutOfApp(page);
  await page.goto(`${origin}/sign-in?next=/playground`);
  await signIn(page, 'NINO', password);
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor();
  claim(
    await page.getByLabel('Code', { exact: true }).evaluate((input) => input === document.activeElement),
    'code: the focus is in the input for it',
  );
  await look(page, 'code');
  for (let tries = 0; tries < 5; tries++) {
    await send(page, { Code: `00000${tries}` }, tries === 0 && 'The code is wrong, too late, or was used before.');
    await page.locator('[aria-disabled=false]').waitFor();
  }
  await look(page, 'code-wrong');
  await send(page, { Code: '000009' }, 'That took too long or too many codes. Give your password again.');
  claim((await page.getByLabel('Login name').inputValue()) === 'NINO', 'code: the login name stays for another try');
  await look(page, 'code-expired');
  await signIn(page, 'nino', password);
  await page.getByRole('button', { name: 'Use a recovery code instead' }).click();
  await send(page, { 'Recovery code': recoveryCodes[0].toUpperCase() });
  await page.waitForURL(`${origin}/playground`);
  await box(page).waitFor();
  claim(true, 'code: a recovery code signs in, and leads to where one wanted');
}

async function usePasswordLinks(page, origin, recoveryCodes) {
  const { createUser } = await ask(
    page,
    `mutation { createUser(input: {loginName: "data", displayName: "Data Kldiashvili", role: ANALYST}) { passwordLink { token } } }`,
  );
  await visit(origin, {}, async (other) => {
    const link = `${origin}/password-link#${createUser.passwordLink.token}`;
    await other.goto(link);
    await other.getByLabel('Password', { exact: true }).waitFor();
    claim(other.url() === `${origin}/password-link`, 'password link: the token leaves the address');
    await look(other, 'password-link');
    await send(other, { Password: 'short', 'Password once more': 'short' }, 'The password is shorter than 12 characters.');
    await send(other, { Password: 'three green doors at noon', 'Password once more': 'three green doors at noon' });
    await other.waitForURL(`${origin}/`);
    claim((await me(other).textContent()).includes('Data Kldiashvili'), 'password link: signs in');
    await other.goto(link);
    await send(other, { Password: password, 'Password once more': password }, 'The link was used before, is too late, or is none of ours.');
  });

  const { viewer } = await ask(page, '{ viewer { id } }');
  const { createPasswordLink } = await ask(page, 'mutation($id: ID!) { createPasswordLink(input: {userId: $id}) { passwordLink { token } } }', {
    id: viewer.id,
  });
  await visit(origin, {}, async (other) => {
    await other.goto(`${origin}/password-link#${createPasswordLink.passwordLink.token}`);
    await send(other, { Password: `${password} again`, 'Password once more': `${password} again` }, 'Your new password is set.');
    await look(other, 'password-link-code');
    await other.getByRole('button', { name: 'Use a recovery code instead' }).click();
    await send(other, { 'Recovery code': recoveryCodes[1] });
    await other.waitForURL(`${origin}/`);
    await me(other).waitFor();
    claim(true, 'password link: asks for a code and signs in');
  });
}

/** Everything that a new clinic does first. */
export async function setUpClinic(link) {
  const { origin } = new URL(link);
  await visit(origin, {}, async (page) => {
    await setUp(page, link);
    const recoveryCodes = await enrol(page, origin);
    await signInWithCode(page, origin, recoveryCodes);
    await usePasswordLinks(page, origin, recoveryCodes);
  });
}
