// The screens of administration in every look and both languages, and all main screens with texts that are longer.
import { claim, look } from './browser.mjs';
import { me } from './sign-in.mjs';
import { fitTexts } from './text.mjs';

async function visitPage(page, path, ready = 'h1') {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
  }, path);
  await page.waitForFunction((to) => location.pathname === to, path);
  await page.locator(ready).first().waitFor();
  await page.locator('[role=status].skeleton, .skeleton').first().waitFor({ state: 'detached' });
}

const row = 'main tbody tr';
/** The screens of administrators, by name; those of a list open its first row too. */
const administration = [
  ['practitioners', '/practitioners', row],
  ['practitioner', '/practitioners', 'main form table'],
  ['time-off', '/practitioners/time-off'],
  ['users', '/users', row],
  ['user', '/users', 'main dl'],
  ['audit', '/audit', row],
  ['glass', '/audit/glass'],
  ['clinic', '/clinic', 'main form'],
  ['appointment-types', '/clinic/appointment-types', row],
  ['rooms', '/clinic/rooms', row],
  ['settings', '/settings', 'main fieldset'],
];
const ofOne = new Set(['practitioner', 'user']);

async function open(page, [name, path, ready]) {
  if (!ofOne.has(name)) return visitPage(page, path, ready);
  await visitPage(page, path, row);
  const href = await page.locator('main tbody a').first().getAttribute('href');
  await visitPage(page, href, ready);
}

/** Which windows of administration are looked at, opened by their place and not by words: those differ by language. */
const windows = [
  ['new-user', '/users', 'main header button'],
  ['new-doctor', '/practitioners', 'main header button'],
  ['new-time-off', '/practitioners/time-off', 'main header button'],
  ['new-type', '/clinic/appointment-types', 'main header button'],
];

async function openWindow(page, [, path, button]) {
  await visitPage(page, path, 'main header button');
  await page.locator(button).first().click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Enter');
}

async function closeWindow(page) {
  await page.keyboard.press('Escape');
  const leaving = page.getByRole('dialog').locator('[role=status] button').last();
  if (await leaving.count()) await leaving.click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** What whoever reads charts sees. */
async function chartScreens(page, each) {
  await visitPage(page, '/');
  await each('day');
  for (const [name, path] of [['patients', '/patients'], ['appointments', '/appointments'], ['records', '/records']]) {
    await visitPage(page, path, row);
    await each(name);
  }
  await visitPage(page, '/patients', row);
  const patient = await page.locator('main tbody a').first().getAttribute('href');
  await visitPage(page, patient, 'ol li');
  await each('patient');
  await visitPage(page, `${patient}/records`, row);
  await each('patient-records');
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').fill('nino');
  await page.getByRole('option').nth(1).waitFor();
  await each('find');
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await each('new-patient');
  await closeWindow(page);
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await each('keys');
  await closeWindow(page);
  await me(page).click();
  await page.getByRole('menu').waitFor();
  await each('menu');
  await page.keyboard.press('Escape');
  await visitPage(page, '/practitioners', row);
  await each('practitioners of the desk');
}

export const lookAtAdministration = {
  /** All main screens with texts that are 40 % longer. */
  async longTexts(page, base, role) {
    const each = (name) => fitTexts(page, `${name}, +40 %`);
    await page.reload();
    await me(page).waitFor();
    const heading = await page.getByRole('navigation').first().innerText();
    claim(/UsersUs|PatientsPati/.test(heading), `18: the texts are longer: ${heading.replace(/\s+/g, ' ')}`);
    if (role === 'doctor') return chartScreens(page, each);
    for (const screen of administration) {
      await open(page, screen);
      await each(screen[0]);
    }
    for (const window of windows) {
      await openWindow(page, window);
      await each(window[0]);
      await closeWindow(page);
    }
    for (const path of ['/sign-in', '/set-up', '/password-link']) {
      await page.goto(base + path);
      await page.locator('h1').waitFor();
      await each(path);
    }
  },

  /** Axe and the width in light, dark and narrow, in both languages; in Georgian no key, no capitals and nothing cut off. */
  async looks(page, base) {
    for (const language of ['en', 'ka']) {
      if (language === 'ka') {
        await visitPage(page, '/settings', 'main fieldset');
        await page.getByText('ქართული').click();
        await page.locator('html[lang=ka]').waitFor();
      }
      for (const screen of administration) {
        await open(page, screen);
        await look(page, `${screen[0]}-${language}`);
        if (language === 'ka') await fitTexts(page, `${screen[0]}, ka`);
      }
      for (const window of windows.slice(0, 2)) {
        await openWindow(page, window);
        await page.getByRole('alert').waitFor();
        await look(page, `${window[0]}-${language}`);
        await closeWindow(page);
      }
      if (language === 'ka') {
        await page.goto(`${base}/sign-in`);
        await page.locator('h1').waitFor();
        await look(page, 'sign-in-ka');
        await page.goto(`${base}/password-link`);
        await page.locator('h1').waitFor();
        await look(page, 'password-link-ka');
      }
    }
  },
};
