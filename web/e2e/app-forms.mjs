// Every form asks before what was typed in it is lost, whichever way it is left. See run.mjs for the environment.
import { claim, end, faults, visit } from './browser.mjs';
import { me, signIn } from './sign-in.mjs';

const base = process.argv[2].replace(/\/$/, '');
const passwords = JSON.parse(process.env.CLINICQL_PASSWORDS);
const typed = 'Half a thought';

async function enter(page, path, login) {
  await page.goto(base + path);
  await signIn(page, login, passwords[login]);
  await page.waitForURL(base + path);
  await me(page).waitFor();
}

/** To a page, with another behind it to go back to. */
async function go(page, path) {
  for (const to of ['/', path]) {
    await page.evaluate((address) => history.pushState(null, '', address), to);
  }
}

/** The address of the first that a list shows. */
async function firstOf(page, path) {
  await page.goto(base + path);
  return page.locator('main tbody a').first().getAttribute('href');
}

const button = (name) => (page) => page.getByRole('main').getByRole('button', { name }).first().click();

/** Whether the browser asks before the tab is closed. */
const holdsTab = (page) => page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));

const asks = (page) => page.getByRole('alertdialog', { name: 'Leave this page?' });

/** Goes away, is asked, and stays. */
async function stay(page, leave) {
  await leave();
  await asks(page).getByRole('button', { name: 'Go on typing' }).click();
  await asks(page).waitFor({ state: 'detached' });
}

/** A form that is the page: links, the browser's way back and its tab ask. */
async function leavePage(page, [name, path, find, text = typed]) {
  await go(page, path);
  const input = find(page);
  await input.fill(text);
  const link = page.getByRole('navigation', { name: 'Main' }).first().getByRole('link', { name: 'Audit' });
  await stay(page, () => link.click());
  await stay(page, () => page.goBack());
  const isKept = (await input.inputValue()) === text && new URL(page.url()).pathname === path;
  claim(isKept && (await holdsTab(page)), `14: ${name}: leaving it changed asks, and staying keeps what was typed`);
  await link.click();
  await asks(page).getByRole('button', { name: 'Discard it' }).click();
  await page.waitForURL(`${base}/audit`);
  claim(!(await holdsTab(page)), `14: ${name}: whoever discards it is let go`);
}

/** A form in a window: Escape, its buttons, the browser's way back and its tab ask. One of the shell's stays open when the page goes. */
async function leaveWindow(page, [name, path, openIt, { isOfShell = false } = {}]) {
  await go(page, path);
  await openIt(page);
  const window = page.getByRole('dialog').last();
  const input = window.locator('input:visible, textarea:visible').first();
  await input.fill(typed);
  const notice = window.getByText('Leave without saving? What you typed would be lost.');
  for (const close of [() => input.press('Escape'), () => window.getByRole('button', { name: 'Cancel' }).click(), () => window.getByRole('button', { name: 'Close' }).first().click()]) {
    await close();
    await notice.waitFor();
    await window.getByRole('button', { name: 'Go on typing' }).click();
    await notice.waitFor({ state: 'detached' });
  }
  if (!isOfShell) await stay(page, () => page.goBack());
  claim((await input.inputValue()) === typed && (await holdsTab(page)), `14: ${name}: leaving it changed asks, and staying keeps what was typed`);
  await input.press('Escape');
  await window.getByRole('button', { name: 'Discard it' }).click();
  await window.waitFor({ state: 'detached' });
  if (await holdsTab(page)) claim(false, `14: ${name}: whoever discards it is let go`);
}

/** One form after the other: what is wrong with one does not hide the others. */
async function leaveEach(page, leave, forms) {
  for (const form of forms) {
    try {
      await leave(page, form);
    } catch (error) {
      claim(false, `14: ${form[0]}: ${error.message}`);
      await page.goto(`${base}/settings`);
    }
  }
}

/** The doctor whom a user or time off is of is found among any number. */
async function findDoctor(page) {
  await page.evaluate(async () => {
    const headers = { 'Content-Type': 'application/json', 'GraphQL-Require-Preflight': '1' };
    const add = (familyName) =>
      fetch('/graphql', {
        method: 'POST',
        headers,
        body: JSON.stringify({ query: 'mutation ($name: String!) { createPractitioner(input: { familyName: $name, givenName: "Nana" }) { practitioner { id } } }', variables: { name: familyName } }),
      });
    for (let i = 0; i < 101; i++) await add(`Abashidze ${i}`);
    await add('Zurabishvili');
  });
  await go(page, '/users');
  await button('New user')(page);
  const form = page.getByRole('dialog');
  await form.getByLabel('Login name').fill('zura');
  await form.getByLabel(/^Name( \*)?$/).fill('Zura');
  await form.getByRole('button', { name: 'Role' }).click();
  await page.getByRole('option', { name: 'Doctor', exact: true }).click();
  const doctor = form.getByRole('combobox', { name: 'Doctor' });
  await doctor.fill('zurabi');
  await page.getByRole('option', { name: /Zurabishvili/ }).waitFor();
  await form.getByLabel('Login name').focus();
  await form.getByRole('button', { name: 'Add' }).click();
  await form.getByRole('alert').getByText('Doctor has to be chosen from the list.').waitFor();
  claim((await doctor.inputValue()) === 'zurabi', '14: users: words that nobody was chosen by are refused, and kept');
  await doctor.press('ArrowDown');
  await page.getByRole('option', { name: /Zurabishvili/ }).waitFor();
  await doctor.press('Enter');
  await form.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('textbox', { name: 'Link' }).waitFor();
  await form.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('link', { name: 'Zura', exact: true }).click();
  await page.getByRole('main').getByRole('link', { name: 'Nana Zurabishvili' }).waitFor();
  claim(true, 'users: their doctor is found by name among more than a hundred');
  await go(page, '/practitioners/time-off');
  await button('New time off')(page);
  await form.locator('[data-field=who] button').click();
  await page.getByRole('option', { name: 'Doctor', exact: true }).click();
  await form.getByRole('combobox', { name: 'Doctor' }).fill('zurabi');
  await page.getByRole('option', { name: /Zurabishvili/ }).waitFor();
  await form.getByRole('combobox', { name: 'Doctor' }).press('Enter');
  await form.getByLabel('First day').fill('1-3-2031');
  await form.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('dialog', { name: 'The time off is entered.' }).getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('row', { name: /1 Mar 2031.*Nana Zurabishvili/s }).waitFor();
  claim(true, 'time off: and there as well');
}

try {
  await visit(base, { viewport: { width: 1440, height: 900 } }, async (page) => {
    await enter(page, '/audit', 'admin');
    const doctor = await firstOf(page, '/practitioners');
    await page.goto(`${base}/users`);
    const user = await page.getByRole('link', { name: 'Demo nurse' }).getAttribute('href');
    await leaveEach(page, leavePage, [
      ['working hours', doctor, (at) => at.locator('main form table input').first(), '07:45'],
      ['the clinic', '/clinic', (at) => at.getByLabel(/^Name/)],
      ['a new password', '/settings', (at) => at.getByLabel(/^New password( \*)?$/)],
    ]);
    await leaveEach(page, leaveWindow, [
      ['a new doctor', '/practitioners', button('New doctor')],
      ['a doctor', doctor, button('Edit')],
      ['the end of bookings', doctor, button('End bookings')],
      ['time off of a doctor', doctor, button(/^Add$/)],
      ['time off', '/practitioners/time-off', button('New time off')],
      ['a new user', '/users', button('New user')],
      ['a user', user, button('Edit')],
      ['a user who may sign in no more', user, button('Disable')],
      ['a new type of visit', '/clinic/appointment-types', button('New type')],
      ['a type of visit', '/clinic/appointment-types', button(/^Edit /)],
      ['a new room', '/clinic/rooms', button('New room')],
      ['a room', '/clinic/rooms', button(/^Edit /)],
      ['a new token', '/settings', button('New token')],
      ['a second factor', '/settings', button('Turn on')],
    ]);

    // Hours that are planned from a later day on would take the place of those that are typed.
    await page.goto(base + doctor);
    await page.getByLabel('From this day on').fill('1-2-2031');
    const later = page.getByRole('button', { name: 'Show those' });
    const time = page.locator('main form table input').first();
    await time.fill('07:45');
    await page.getByRole('button', { name: 'Save hours' }).click();
    await later.waitFor();
    await time.fill('06:15');
    await later.click();
    await page.getByRole('button', { name: 'Go on typing' }).click();
    claim((await time.inputValue()) === '06:15', '14: working hours: other hours are not shown over those that are typed');
    await page.getByRole('button', { name: 'As it was' }).click();
    claim((await time.inputValue()) !== '06:15' && !(await holdsTab(page)), '14: working hours: as it was, nothing holds the page');

    await go(page, '/clinic');
    const name = page.getByLabel(/^Name/);
    const before = await name.inputValue();
    await name.fill(typed);
    await name.fill(before);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('#toasts').getByText('Saved.', { exact: true }).waitFor();
    claim(!(await holdsTab(page)), '14: the clinic: what is saved holds nobody');
    await findDoctor(page);
  });
  await visit(base, { viewport: { width: 1440, height: 900 } }, async (page) => {
    await enter(page, '/patients', 'doctor');
    const patient = await firstOf(page, '/patients');
    await leaveEach(page, leaveWindow, [
      ['a new patient', '/patients', (at) => at.keyboard.press('n'), { isOfShell: true }],
      ['a patient', patient, button('Edit')],
      ['an allergy', patient, (at) => at.getByRole('region', { name: 'Allergies' }).getByRole('button', { name: 'Add' }).click()],
      ['a reason', patient, button('Archive')],
    ]);
  });
} catch (error) {
  faults.push(error.stack);
} finally {
  await end();
}
