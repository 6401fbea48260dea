// The application at work, driven as its users do. See run.mjs for the environment.
import { claim, end, faults, look, visit } from './browser.mjs';
import { expireSession, goOffline } from './app-trouble.mjs';
import { findByKeys, registerTwice } from './app-patients.mjs';
import { me, signIn } from './sign-in.mjs';

const base = process.argv[2].replace(/\/$/, '');
const { CLINICQL_LOGIN: name, CLINICQL_PASSWORD: password, CLINICQL_RECEPTIONIST_PASSWORD: receptionist } = process.env;

async function enter(page, path, login, secret) {
  await page.goto(base + path);
  await signIn(page, login, secret);
  await page.waitForURL(base + path);
  await me(page).waitFor();
}

/** The main screens in every look and in both languages, which change without a reload. */
async function lookAtScreens(page) {
  await page.evaluate(() => {
    globalThis.isSamePage = true;
  });
  for (const [language, menu] of [
    ['en', 'Find a patient'],
    ['ka', 'პაციენტის ძებნა'],
  ]) {
    if (language === 'ka') {
      await me(page).click();
      await page.getByRole('menuitemradio', { name: 'ქართული' }).click();
      await page.locator('html[lang=ka]').waitFor();
      claim(await page.evaluate(() => globalThis.isSamePage), 'the language changes without a reload');
    }
    const visitPage = async (path, ready) => {
      await page.evaluate((to) => {
        history.pushState(null, '', to);
      }, path);
      await ready.waitFor();
    };
    await visitPage('/', page.getByRole('main').getByRole('heading', { level: 1 }));
    await look(page, `day-${language}`);
    await visitPage('/patients', page.locator('tbody tr').first());
    await look(page, `patients-${language}`);
    const patient = await page.locator('tbody a').first().getAttribute('href');
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox', { name: menu }).fill('nino');
    await page.getByRole('option').nth(1).waitFor();
    await look(page, `find-${language}`);
    await page.keyboard.press('Escape');
    await visitPage(patient, page.locator('ol li').first());
    await look(page, `patient-${language}`);
    await visitPage(`${patient}/records`, page.locator('tbody tr').first());
    await look(page, `patient-records-${language}`);
    await visitPage('/appointments', page.locator('tbody tr').first());
    await look(page, `appointments-${language}`);
    await visitPage('/records', page.locator('tbody tr').first());
    await look(page, `records-${language}`);
    await page.keyboard.press('n');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await look(page, `new-patient-${language}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await page.reload();
  await page.locator('html[lang=ka]').waitFor();
  claim(true, 'the language is kept');
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  claim(!/doctor|demo/i.test(kept), `nothing in the browser names anybody: ${kept}`);
}

/** Whether a dialogue that keys open is to be seen as soon as it has been drawn. */
async function isThereAtOnce(page, keys) {
  await page.evaluate(() => {
    globalThis.seenAtOnce = new Promise((resolve) => {
      new MutationObserver((_, observer) => {
        const dialog = document.querySelector('[role=dialog]');
        if (!dialog) return;
        observer.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => {
          const { x, y, width } = dialog.getBoundingClientRect();
          resolve(dialog.checkVisibility({ opacityProperty: true }) && dialog.contains(document.elementFromPoint(x + width / 2, y + 20)));
        }));
      }).observe(document.body, { childList: true, subtree: true });
    });
  });
  await page.keyboard.press(keys);
  const isSeen = await page.evaluate(() => globalThis.seenAtOnce);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  return isSeen;
}

try {
  await visit(base, { hasTouch: true }, async (page) => {
    await enter(page, '/patients', name, password);
    await page.locator('tbody tr').first().waitFor();
    for (const keys of ['ControlOrMeta+k', 'n']) claim(await isThereAtOnce(page, keys), `on a screen that is touched, what ${keys} opens is there at once`);
  });
  await visit(base, { viewport: { width: 1280, height: 900 } }, async (page) => {
    await enter(page, '/patients', name, password);
    await page.locator('tbody tr').first().waitFor();
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox').waitFor();
    for (const height of [700, 900]) {
      await page.setViewportSize({ width: 1280, height });
      await page.waitForTimeout(300); // it is seen when it has ended
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    claim(await isThereAtOnce(page, 'n'), 'so is what is opened after a window was made lower in a field');
  });
  await visit(base, {}, async (page) => {
    await enter(page, '/patients', name, password);
    claim(true, 'a page without a session leads to sign in, and back');
    await findByKeys(page, base);
    await registerTwice(page, base);
  });
  await visit(base, {}, async (page, context) => {
    await enter(page, '/patients', name, password);
    await expireSession(page, context, base, password);
  });
  await visit(base, {}, async (page, context) => {
    await enter(page, '/patients', name, password);
    await goOffline(page, context);
  });
  await visit(base, { refusals: [400] }, async (page) => {
    await enter(page, '/', 'receptionist', receptionist);
    claim((await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Medical Records' }).count()) === 0, 'who may not read charts has no way there');
    await page.goto(`${base}/records`);
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    claim(true, 'nor by its address');
    await page.goto(`${base}/patients`);
    const patient = await page.locator('tbody a').first().getAttribute('href');
    for (const address of [`${patient.slice(0, -4)}0000`, '/patients/nobody']) {
      await page.goto(base + address);
      await page.getByRole('heading', { name: 'There is no such patient' }).waitFor();
    }
    claim(true, 'the address of nobody says so');
  });
  await visit(base, { viewport: { width: 1280, height: 900 } }, async (page) => {
    await enter(page, '/', name, password);
    await lookAtScreens(page);
  });
} catch (error) {
  faults.push(error.stack);
} finally {
  await end();
}
