// Doctors and their hours, users, one's own settings, the audit, the lock, and texts of any length. See run.mjs for the environment.
import { lookAtAdministration } from './admin-screens.mjs';
import { arrangeDoctors, touchVisits } from './admin-doctors.mjs';
import { admitUser, keepLooks, lookAtAudit } from './admin-users.mjs';
import { claim, end, faults, visit } from './browser.mjs';
import { lockScreen } from './lock.mjs';
import { me, signIn } from './sign-in.mjs';
import { lengthenTexts } from './text.mjs';

const base = process.argv[2].replace(/\/$/, '');
const passwords = JSON.parse(process.env.CLINICQL_PASSWORDS);

async function enter(page, path, login) {
  await page.goto(base + path);
  await signIn(page, login, passwords[login]);
  await page.waitForURL(base + path);
  await me(page).waitFor();
}

const wide = { viewport: { width: 1440, height: 900 } };
try {
  await visit(base, { ...wide, refusals: [400, 403] }, async (page, context) => {
    await enter(page, '/users', 'admin');
    await admitUser(page, context, base);
    await arrangeDoctors(page, base);
    await lookAtAudit(page, base);
    claim(
      (await page.getByRole('navigation', { name: 'Main' }).first().innerText()).replace(/\s+/g, ' ') === 'Today Doctors Users Audit Clinic',
      '20: an administrator has no way to patients',
    );
    await page.goto(`${base}/patients`);
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    claim(true, '20: nor by its address');
  });
  await visit(base, { ...wide, refusals: [400] }, async (page) => {
    await enter(page, '/', 'receptionist');
    await touchVisits(page, base);
  });
  await visit(base, wide, async (page) => {
    await enter(page, '/settings', 'nurse');
    await keepLooks(page, base, passwords);
  });
  await visit(base, wide, async (page, context) => {
    await lockScreen(page, context, base, passwords, enter);
  });
  await visit(base, wide, async (page, context) => {
    await enter(page, '/', 'doctor');
    await lengthenTexts(context);
    await lookAtAdministration.longTexts(page, base, 'doctor');
  });
  await visit(base, { ...wide, refusals: [400] }, async (page, context) => {
    await enter(page, '/', 'admin');
    await lengthenTexts(context);
    await lookAtAdministration.longTexts(page, base, 'admin');
  });
  await visit(base, { ...wide, refusals: [400] }, async (page) => {
    await enter(page, '/', 'admin');
    await lookAtAdministration.looks(page, base);
  });
} catch (error) {
  faults.push(error.stack);
} finally {
  await end();
}
