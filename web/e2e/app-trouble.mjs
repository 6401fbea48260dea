// What happens to the work when the session ends or the server is gone.
import { claim, look } from './browser.mjs';

/** A session that ends in the middle of a form takes nothing of it away. */
export async function expireSession(page, context, base, password) {
  await page.keyboard.press('n');
  await page.getByRole('dialog', { name: 'New patient' }).waitFor();
  await page.getByLabel('Family name').fill('Kapanadze');
  await page.getByLabel('Birth date').fill('7-8-2001');
  await page.locator('[data-field=sex] button').click();
  await page.getByRole('option', { name: 'Male', exact: true }).click();
  await context.addCookies([{ name: 'clinicql_session', value: 'stale', url: base, httpOnly: true, sameSite: 'Strict' }]);
  await page.getByLabel('Family name').focus();
  await page.keyboard.press('Enter');
  const again = page.getByRole('alertdialog', { name: 'Your session has ended' });
  await again.waitFor();
  await look(page, 'session-ended');
  await again.getByLabel('Password').fill('not the password');
  await page.keyboard.press('Enter');
  await again.getByText('The login name or the password is wrong.').waitFor();
  await again.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await again.waitFor({ state: 'detached' });
  claim((await page.getByLabel('Family name').inputValue()) === 'Kapanadze', 'session: the form is as it was');
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  await page.waitForURL(`${base}/patients/*-*`);
  claim(true, 'session: and goes on');
}

/** Without the network the screen says so, keeps what it shows, and mends itself. */
export async function goOffline(page, context) {
  await page.locator('tbody tr').first().waitFor();
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await page.getByText('Offline').waitFor();
  claim((await page.locator('tbody tr').count()) > 1, 'offline: the list stays');
  await page.getByRole('link', { name: 'Today' }).first().click();
  await page.getByRole('alert').getByText('The server does not answer.').waitFor();
  await look(page, 'offline');
  await context.setOffline(false);
  await page.getByText('Live').waitFor();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  claim(true, 'offline: what failed is asked again by itself');
}
