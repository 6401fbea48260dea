// Finding and registering patients by the keyboard.
import { claim } from './browser.mjs';

const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);

export async function findByKeys(page, base) {
  await page.keyboard.press('ControlOrMeta+k');
  const search = page.getByRole('combobox', { name: 'Find a patient' });
  await search.waitFor();
  claim(await isFocused(search), 'search: Ctrl+K opens it, ready to type');
  await page.keyboard.type('beridze');
  const options = page.getByRole('option');
  await options.filter({ hasText: 'ბერიძე' }).first().waitFor();
  claim(true, 'search: a Georgian name is found by Latin letters');
  await page.keyboard.press('ArrowDown');
  await page.locator('[role=option][aria-selected=true]').waitFor();
  const second = (await options.nth(1).textContent()).slice(0, 8);
  claim((await page.locator('[role=option][aria-selected=true]').textContent()).startsWith(second), 'search: the arrow goes to the next');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${base}/patients/*-*`);
  await page.getByRole('region', { name: 'Patient' }).waitFor();
  claim((await page.title()) === 'ClinicQL', 'search: Enter opens the patient, and the title names nobody');
  await page.keyboard.press('ControlOrMeta+k');
  await search.waitFor();
  await page.keyboard.press('Escape');
  await search.waitFor({ state: 'detached' });
  claim(true, 'search: Escape closes it');
  await page.goto(`${base}/patients`);
  await page.locator('tbody tr').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  claim(await isFocused(page.locator('tbody a').nth(1)), 'list: J goes from row to row');
  await page.keyboard.press('k');
  claim(await isFocused(page.locator('tbody a').nth(0)), 'list: K goes back');
}

/** Registers somebody from the search, then the same person again. */
export async function registerTwice(page, base) {
  const fill = async () => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox', { name: 'Find a patient' }).fill('Elene Gogoladze 4-5-1987');
    await page.getByRole('option', { name: /New patient/ }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'New patient' }).waitFor();
  };
  await fill();
  claim(
    (await page.getByLabel('Family name').inputValue()) === 'Gogoladze' && (await page.getByLabel('Birth date').inputValue()) === '4-5-1987',
    'new patient: what was typed in the search is carried over',
  );
  await page.getByLabel('Family name').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Sex is needed.').waitFor();
  claim(await page.evaluate(() => document.activeElement?.closest('[data-field=sex]') !== null), 'new patient: the focus is in what is wrong');
  const chooseSex = async () => {
    await page.locator('[data-field=sex] button').click();
    await page.getByRole('option', { name: 'Female' }).click();
    await page.getByLabel('Family name').focus();
    await page.keyboard.press('Enter');
  };
  await chooseSex();
  await page.waitForURL(`${base}/patients/*-*`);
  await page.getByText(/^Registered as C\d+\.$/).waitFor();
  const first = page.url();
  claim(true, 'new patient: registered, and open');

  await fill();
  await chooseSex();
  await page.getByText('Somebody very like is registered already').waitFor();
  const use = page.getByRole('button', { name: 'Use this one' }).first();
  await use.waitFor();
  claim(await isFocused(use), 'duplicate: to use who is there has the focus');
  await page.getByRole('button', { name: 'Register somebody else' }).click();
  await page.getByText('Why it is somebody else is needed.').first().waitFor();
  claim(true, 'duplicate: creating anyway asks why');
  await page.getByLabel('Why it is somebody else').fill('twin sister');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.href !== first && url.pathname.startsWith('/patients/'));
  claim(true, 'duplicate: with a reason somebody else is registered');

  await fill();
  await chooseSex();
  await use.waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  claim(true, 'duplicate: Enter opens who is there');
}
