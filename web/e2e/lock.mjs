// The screen that nobody is at. The browser's clock is moved on; the server's is as it is.
import { claim, look, operationOf } from './browser.mjs';
import { fitTexts } from './text.mjs';

/** As whom the window's cookie signs in, if it still does. */
const signedInAs = (page) =>
  page.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'GraphQL-Require-Preflight': '1' };
    const answer = await fetch('/graphql', { method: 'POST', headers, body: '{"query":"{ viewer { loginName } }"}' });
    return (await answer.json()).data?.viewer?.loginName;
  });

export async function lockScreen(page, context, base, passwords, enter) {
  await page.clock.install();
  await enter(page, '/patients', 'doctor');
  const second = await context.newPage();
  await second.clock.install();
  await second.goto(`${base}/patients`);
  await second.locator('tbody tr').first().waitFor();
  await page.locator('tbody tr').first().waitFor();
  const name = await page.locator('tbody a').first().innerText();
  await page.keyboard.press('n');
  await page.getByLabel('Family name').fill('Kapanadze');
  await page.waitForLoadState('networkidle');

  const told = [];
  page.on('request', (request) => {
    if (operationOf(request) === 'Here') told.push(request.url());
  });
  // Whoever goes on typing for a minute without any other request is told of to the server.
  await page.clock.fastForward(70_000);
  await page.getByLabel('Family name').press('End');
  for (let tries = 0; tries < 50 && told.length === 0; tries++) await page.waitForTimeout(50);
  claim(told.length === 1, '20: whoever types keeps the session alive');

  const warning = page.getByText('The screen locks in a minute.');
  await page.clock.fastForward(12 * 60_000 + 5_000);
  await warning.waitFor();
  claim(await page.getByLabel('Family name').evaluate((input) => input === document.activeElement), '20: a warning comes before, and takes no focus');
  await page.keyboard.type('s');
  await warning.waitFor({ state: 'detached' });
  claim((await page.getByLabel('Family name').inputValue()) === 'Kapanadzes', '20: any key takes it away, and is typed where it was meant');

  await page.clock.fastForward(12 * 60_000 + 5_000);
  await warning.waitFor();
  await look(page, 'idle-warning');
  const ended = page.waitForResponse((response) => /signOut/i.test(response.request().postData() ?? ''));
  await page.clock.fastForward(70_000);
  const cover = page.getByRole('alertdialog', { name: 'The screen is locked' });
  await cover.waitFor();
  await ended;
  const seen = () => page.evaluate(() => document.body.innerText);
  claim(!(await seen()).includes(name.split(' ')[0]) && !(await seen()).includes('New patient'), '20: the cover leaves nothing to be read');
  await page.emulateMedia({ media: 'print' });
  claim(!(await seen()).includes(name.split(' ')[0]), '20: nor to be printed');
  await page.emulateMedia({ media: null });
  await second.getByRole('alertdialog', { name: 'The screen is locked' }).waitFor();
  claim(true, '20: other windows of the same user lock with it');
  claim((await signedInAs(second)) === undefined, '20: and there is no session behind the cover');
  claim((await page.title()) === 'ClinicQL' && !decodeURI(page.url()).includes('Kapanadze'), '20: no name in title or address');
  await look(page, 'locked');
  await fitTexts(page, 'locked');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+k');
  claim((await page.getByRole('dialog', { name: 'Find a patient' }).count()) === 0 && (await cover.count()) === 1, '20: no key gets around the cover');

  await cover.getByLabel('Password').fill('not the password');
  await page.keyboard.press('Enter');
  await cover.getByText('The login name or the password is wrong.').waitFor();
  await cover.getByLabel('Password').fill(passwords.doctor);
  await page.keyboard.press('Enter');
  await cover.waitFor({ state: 'detached' });
  claim((await page.getByLabel('Family name').inputValue()) === 'Kapanadzes', '20: the password uncovers the draft as it was');
  await second.getByRole('alertdialog').waitFor({ state: 'detached' });
  claim((await signedInAs(second)) === 'doctor', '20: and the other windows');

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Go on typing' }).click();
  await page.getByLabel('Given name').fill('Secret draft');
  await second.close();
  await page.clock.fastForward(14 * 60_000);
  await cover.waitFor();
  const questions = [];
  page.on('dialog', (question) => {
    questions.push(question.type());
    return question.accept();
  });
  await cover.getByLabel('Login name').fill('nurse');
  await cover.getByLabel('Password').fill(passwords.nurse);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${base}/`);
  await page.getByRole('banner').getByText('Demo nurse').waitFor();
  claim(questions.length === 0, '20: another user is not asked about what somebody else has typed');
  claim(!(await seen()).includes('Secret draft') && (await page.getByRole('dialog').count()) === 0, '20: another user starts clean, at the first page');
  await page.keyboard.press('Alt+l');
  await cover.waitFor();
  claim((await cover.getByLabel('Login name').inputValue()) === 'nurse', '20: the screen can be locked by a key');
  const kept = await page.evaluate(async () =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, await indexedDB.databases(), await caches.keys()]),
  );
  claim(!/Kapanadze|draft|nurse|doctor|demo/i.test(kept), `20: nothing in the browser names anybody: ${kept}`);
}
