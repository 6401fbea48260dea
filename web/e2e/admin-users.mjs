// Users, one's own account, and what the audit says of it.
import { claim } from './browser.mjs';
import { codeOf } from './set-up.mjs';
import { me, signIn, signOutOfApp } from './sign-in.mjs';

const [first, second] = ['seven lamps on the stairs', 'a boat under blue snow'];

/** A field by exactly its label, whether it has to be filled in or not. */
export const field = (page, label) => page.getByLabel(new RegExp(`^${label}( \\*)?$`));

/** Chooses in a select by the words of its label and of the choice. */
export async function choose(page, label, choice) {
  await page.getByRole('button', { name: label }).last().click();
  await page.getByRole('option', { name: choice, exact: true }).click();
}

const toast = (page, words) => page.locator('#toasts').getByText(words).waitFor();

/** From the administrator's form over the link to the new user's second factor and back to who resets it. */
export async function admitUser(page, context, base) {
  await page.getByRole('button', { name: 'New user' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Login name').fill('Eka K');
  await field(form, 'Name').fill('Eka Kiknadze');
  await choose(page, 'Role', 'Nurse');
  await form.getByRole('button', { name: 'Add' }).click();
  await form.getByRole('alert').waitFor();
  claim((await field(form, 'Name').inputValue()) === 'Eka Kiknadze', 'users: a refusal loses nothing');
  await form.getByLabel('Login name').fill('eka');
  await form.getByRole('button', { name: 'Add' }).click();
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  claim(link.startsWith(`${base}/password-link#`), 'users: whoever is added gets a link, shown once');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();

  const other = await context.browser().newContext();
  const theirs = await other.newPage();
  theirs.setDefaultTimeout(20_000);
  await theirs.goto(link);
  await theirs.getByLabel('Password', { exact: true }).fill(first);
  await theirs.getByLabel('Password once more').fill(first);
  await theirs.keyboard.press('Enter');
  await me(theirs).waitFor();
  await setUpAccount(theirs, base);
  await other.close();

  await page.getByLabel('Login name begins with').fill('eka');
  await page.getByRole('row', { name: /Eka Kiknadze/ }).waitFor();
  await page.getByRole('link', { name: 'Eka Kiknadze' }).click();
  await page.getByRole('heading', { name: 'Eka Kiknadze' }).waitFor();
  await page.getByRole('button', { name: 'Link to set a password' }).click();
  await page.getByText('Take their second factor away too').click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  await page.getByRole('textbox', { name: 'Link' }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.locator('dd', { hasText: 'Off' }).waitFor();
  claim(true, 'users: a lost second factor is taken away with a new link');
  await page.getByRole('button', { name: /^End the session/ }).first().click();
  await toast(page, 'The session is ended.');
  await page.getByRole('button', { name: 'Edit' }).click();
  await choose(page, 'Role', 'Receptionist');
  await page.getByRole('button', { name: 'Save' }).click();
  await toast(page, 'Saved. It holds within a second.');
  await page.getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('left the clinic');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Let sign in again' }).waitFor();
  claim(true, 'users: a session is ended, a role changed, and sign-in taken away for a reason');
  await page.goto(`${base}/users`);
  await page.getByRole('link', { name: 'Demo admin' }).click();
  await page.getByRole('heading', { name: 'Demo admin' }).waitFor();
  claim((await page.getByRole('button', { name: 'Disable' }).count()) === 0, '20: nobody is offered to shut themselves out, and it says why');
  await page.getByRole('button', { name: 'Edit' }).click();
  await choose(page, 'Role', 'Analyst');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('The last administrator has to stay one.').waitFor();
  claim(true, 'users: the last administrator stays one');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Discard it' }).click();
}

/** A new password, a second factor, and a token, as anybody for themselves. */
async function setUpAccount(page, base) {
  await me(page).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByLabel('Password now').fill(first);
  await field(page, 'New password').fill(second);
  await page.getByLabel('New password once more').fill('another');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('New password once more is not the same as the first.').waitFor();
  await page.getByLabel('New password once more').fill(second);
  await page.keyboard.press('Enter');
  await toast(page, 'Your password is changed.');
  claim((await page.getByLabel('Password now').inputValue()) === '', 'settings: the password is changed, and stands nowhere');

  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByRole('dialog').getByLabel('Password').fill(second);
  await page.keyboard.press('Enter');
  const secret = await page.getByRole('textbox', { name: 'Secret' }).inputValue();
  const picture = page.getByRole('img', { name: 'QR code of the secret' });
  await page.waitForFunction(() => document.querySelector('canvas')?.width > 30 && document.querySelector('canvas').width !== 300);
  const dark = await picture.evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, i) => i % 4 === 0 && value < 128).length / (data.length / 4);
  });
  claim(dark > 0.2 && dark < 0.8, 'settings: the secret is drawn to scan, within the page’s policy');
  await field(page, 'Code').fill(codeOf(secret));
  await page.keyboard.press('Enter');
  const codes = await page.getByRole('textbox', { name: 'Recovery codes' }).inputValue();
  claim(codes.split('\n').length === 10, 'settings: the second factor is on, with ten codes for when the app is lost');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('10 recovery codes are left.').waitFor();

  await page.getByRole('button', { name: 'New token' }).click();
  await page.getByLabel('What it is for').fill('nightly report');
  await page.keyboard.press('Enter');
  const token = await page.getByRole('textbox', { name: 'Token' }).inputValue();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  const ask = async () =>
    (await fetch(`${base}/graphql`, { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` }, body: '{"query":"{ viewer { loginName } }"}' })).json();
  claim((await ask()).data?.viewer?.loginName === 'eka', 'settings: a token acts for whoever made it');
  await page.getByRole('button', { name: 'Revoke the token nightly report' }).click();
  await page.getByRole('cell', { name: 'Revoked' }).waitFor();
  for (let tries = 0; tries < 20 && (await ask()).data?.viewer; tries++) await page.waitForTimeout(100);
  claim(!(await ask()).data?.viewer, 'settings: and not any more when it is revoked');
}

/** What was done above is in the audit, by who, what and when. */
export async function lookAtAudit(page, base) {
  await page.goto(`${base}/audit`);
  await page.getByText(/^Sealed \d+ times|^Not sealed yet/).waitFor();
  const rows = page.getByRole('table', { name: 'Everything that was done' }).locator('tbody tr');
  await rows.first().waitFor();
  await page.getByLabel('Who').fill('system:');
  await page.waitForFunction(() => [...document.querySelectorAll('tbody tr')].every((row) => /System: /.test(row.textContent)));
  claim(!/system:|SYSTEM/.test(await rows.first().innerText()), 'audit: what the server did itself is of the system, in no role');
  await page.getByLabel('Who').fill('eka');
  await choose(page, 'What', 'Signed in');
  await page.waitForFunction(() => [...document.querySelectorAll('tbody tr')].every((row) => /Eka Kiknadze/.test(row.textContent) && /Signed in/.test(row.textContent)));
  claim((await rows.count()) >= 1, 'audit: entries by who and by what');
  await page.getByLabel('From this day on').fill('1-1-2020');
  await page.getByLabel('Until this day').fill('2-1-2020');
  await page.getByText('Nothing of the kind was done.').waitFor();
  claim(true, 'audit: and by when; an empty list says so, and how to leave it');
  await page.getByRole('button', { name: 'Clear filters' }).last().click();
  await choose(page, 'What', 'Changed');
  await page.waitForFunction(() => [...document.querySelectorAll('tbody tr')].every((row) => /Changed/.test(row.textContent)));
  const disabled = rows.filter({ hasText: 'left the clinic' }).first();
  await disabled.locator('summary').click();
  await disabled.getByText('Request').waitFor();
  claim(true, 'audit: a reason and its request');
  await field(page, 'Patient').fill('ბერიძე');
  await page.getByText('Patient is no id.').waitFor();
  claim(!page.url().includes('?'), '20: what is looked for does not stand in the address');
}

/** Language, theme and keys of two users in one browser, changed without a reload. */
export async function keepLooks(page, base, passwords) {
  await page.evaluate(() => {
    globalThis.isSamePage = true;
  });
  await page.getByText('ქართული').click();
  await page.getByRole('heading', { name: 'პარამეტრები' }).waitFor();
  await page.getByText('მუქი').click();
  await page.locator('html[data-theme=dark]').waitFor();
  await page.getByText('ცალკეული ასოები').click();
  claim(
    await page.evaluate(() => globalThis.isSamePage && document.documentElement.lang === 'ka' && getComputedStyle(document.documentElement).colorScheme === 'dark'),
    '18: language and theme change without a reload',
  );
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  const leave = async () => {
    await me(page).click();
    await page.getByRole('menuitem').last().click();
    await page.waitForURL(/sign-in/);
  };
  await leave();
  await page.getByRole('heading', { name: 'შესვლა' }).waitFor();
  claim((await page.title()) === 'შესვლა · ClinicQL' && (await background()) === dark, '18: the page to sign in keeps what was chosen last');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('light');
  claim((await page.getByRole('heading', { name: 'Sign in' }).count()) === 1 && (await background()) !== dark, '18: and changes it without a reload');
  await page.goto(`${base}/sign-in?next=/settings`);
  await signIn(page, 'doctor', passwords.doctor);
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  claim((await background()) !== dark && (await page.getByLabel('Single letters act outside of fields').isChecked()), '18: another user in the same browser has their own');
  await signOutOfApp(page);
  await page.goto(`${base}/sign-in?next=/settings`);
  await signIn(page, 'nurse', passwords.nurse);
  await page.getByRole('heading', { name: 'პარამეტრები' }).waitFor();
  claim((await background()) === dark && !(await page.getByLabel('ცალკეული ასოები მოქმედებს ველებს გარეთ').isChecked()), '18: and the first finds theirs again');
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  claim(!/nurse|doctor|demo/i.test(kept), '20: what is kept names nobody');
}
