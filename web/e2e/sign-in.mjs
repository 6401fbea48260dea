// Signing in and out through the real pages.
import { claim, look, shoot } from './browser.mjs';
import { replaceText, run } from './editor.mjs';

export const box = (page) => page.getByRole('region', { name: 'Signed in' });

/** Fills the form in by the keyboard alone; the first input has the focus already. */
async function type(page, ...values) {
  for (const [i, value] of values.entries()) {
    if (i > 0) await page.keyboard.press('Tab');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(value);
  }
  await page.keyboard.press('Enter');
}

export async function signIn(page, name, password) {
  await page.getByLabel('Login name').waitFor();
  await page.getByLabel('Login name').focus();
  await type(page, name, password);
}

export async function signOut(page) {
  await box(page).getByRole('button', { name: 'Sign out' }).click();
  await box(page).waitFor({ state: 'detached' });
}

/** The button with one's name in the application's bar. */
export const me = (page) => page.getByRole('banner').locator('button[aria-haspopup]');

export async function signOutOfApp(page) {
  await me(page).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('Login name').waitFor();
}

/** Nobody sees the application who is not signed in. */
export async function visitStartPage(page, base, shot) {
  await page.goto(`${base}/`);
  await page.waitForURL(`${base}/sign-in?next=%2F`);
  await page.getByLabel('Login name').waitFor();
  claim(true, `${shot}: who is not signed in is led to sign in`);
}

/** From the playground that asks to sign in, with a mistake, to the playground that knows who is there. */
export async function signInFromPlayground(page, base, name, password, shot) {
  await page.goto(`${base}/playground`);
  await page.getByText('Nobody is signed in.').waitFor();
  await page.locator('.graphiql-query-editor .view-lines').waitFor();
  await shoot(page, `${shot}-playground-signed-out`);
  await page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(`${base}/sign-in?next=/playground`);
  claim(
    await page.getByLabel('Login name').evaluate((input) => input === document.activeElement),
    `${shot}: the sign-in page begins in its first input`,
  );
  await type(page, name, 'not the password');
  await page.getByRole('alert').getByText('The login name or the password is wrong.').waitFor();
  claim(true, `${shot}: a wrong password is told`);
  await shoot(page, `${shot}-sign-in-wrong`);
  await signIn(page, name, password);
  await page.waitForURL(`${base}/playground`);
  await box(page).waitFor();
  claim((await page.getByText('Nobody is signed in.').count()) === 0, `${shot}: who signs in comes back to the playground`);
}

/** A session that ends while somebody writes takes nothing of it away. */
export async function outliveSession(page, context, base, name, password, shot) {
  await replaceText(page, '.graphiql-query-editor', 'query Mine { viewer { displayName sessions { totalCount } } }');
  await context.addCookies([{ name: 'clinicql_session', value: 'stale', url: base, httpOnly: true, sameSite: 'Strict' }]);
  await run(page);
  await page.getByText('Your session has ended.').waitFor();
  await shoot(page, `${shot}-session-ended`);
  const [other] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'Sign in in a new tab' }).click(),
  ]);
  await context.addCookies([{ name: 'clinicql_session', value: 'stale', url: base, httpOnly: true, sameSite: 'Strict' }]);
  await signIn(other, name, password);
  await other.waitForURL(`${base}/playground`);
  await other.close();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await box(page).waitFor();
  const answer = await run(page);
  claim(answer.data?.viewer?.sessions?.totalCount > 0, `${shot}: what was written outlives the session`);
}

export async function signOutEverywhere(page, base, name, password, shot) {
  await signOut(page);
  await page.getByText('Nobody is signed in.').waitFor();
  claim(
    (await page.locator('.result-window .view-lines').textContent()).includes('"viewer"') === false,
    `${shot}: signing out of the playground leaves no answer there, and it asks to sign in`,
  );
  for (const next of ['', '?next=//example.com', '?next=https://example.com/', '?next=/%5Cexample.com']) {
    await page.goto(`${base}/sign-in${next}`);
    await signIn(page, name, password);
    await page.waitForURL(`${base}/`);
    await me(page).waitFor();
    if (next === '') await shoot(page, `${shot}-start-signed-in`);
    await signOutOfApp(page);
    claim(true, `${shot}: signs in${next && ` with ${next}`}, comes to the application, and signs out there`);
  }
}

/** The pages as they are, in all looks. */
export async function lookAround(page, base, name, password) {
  await page.goto(`${base}/sign-in`);
  await page.getByLabel('Login name').waitFor();
  await look(page, 'sign-in');
  for (const [path, words] of [
    ['/set-up', 'Open the whole link.'],
    ['/password-link', 'Open the whole link.'],
  ]) {
    await page.goto(base + path);
    await page.getByText(words).waitFor();
    await look(page, `${path.slice(1)}-without-link`);
  }
  // What GraphiQL does inside of its own container is not ours.
  const graphiql = { except: [['.graphiql-container']], anew: '.graphiql-query-editor .view-lines' };
  await page.goto(`${base}/playground`);
  await page.getByText('Nobody is signed in.').waitFor();
  await page.locator('.graphiql-query-editor .view-lines').waitFor();
  await look(page, 'playground-signed-out', graphiql);
  await page.goto(`${base}/sign-in?next=/playground`);
  await signIn(page, name, 'not the password');
  await page.getByRole('alert').getByText('The login name or the password is wrong.').waitFor();
  await look(page, 'sign-in-wrong');
  await signIn(page, name, password);
  await page.waitForURL(`${base}/playground`);
  await box(page).waitFor();
  await page.locator('.graphiql-query-editor .view-lines').waitFor();
  await look(page, 'playground', graphiql);
  await signOut(page);
}
