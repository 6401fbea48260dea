// Pictures of the main screens, in both languages, light and dark, in three widths.
//
//   make screenshots SHOTS=folder
import path from 'node:path';
import { chromium } from 'playwright-core';
import { openClinic } from './clinic.mjs';
import { me } from './sign-in.mjs';

const folder = path.resolve(process.argv[2] ?? 'screenshots');
const widths = [
  [1440, 900],
  [834, 1112],
  [390, 844],
];
const clinic = await openClinic('--demo');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-background-networking'] });
try {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  const api = async (query, variables = {}) => {
    const answer = await page.request.post(`${clinic.base}/graphql`, { headers: { 'GraphQL-Require-Preflight': '1' }, data: { query, variables } });
    return (await answer.json()).data;
  };
  const signIn = 'mutation($input: SignInInput!) { signIn(input: $input) { viewer { id } } }';
  await api(signIn, { input: { loginName: 'doctor', password: clinic.passwords.doctor } });
  // Somebody whose chart has something of everything, and the nearest day on which the clinic is open.
  const { patients, schedule } = await api(`{
    patients(first: 100) { nodes { id allergies { id } medicalRecords(first: 1) { totalCount } } }
  }`).then(async (found) => ({ ...found, ...(await openDay(api)) }));
  const [patient] = patients.nodes.toSorted((a, b) => weight(b) - weight(a));
  const screens = {
    day: `/?date=${schedule}`,
    patients: '/patients',
    patient: `/patients/${patient.id}`,
    records: `/patients/${patient.id}/records`,
    appointments: '/appointments',
    book: `/patients/${patient.id}/appointments`,
  };
  await page.goto(clinic.base);
  for (const language of ['English', 'ქართული']) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${clinic.base}/patients`);
    await me(page).click();
    await page.getByRole('menuitemradio', { name: language }).click();
    for (const [name, address] of Object.entries(screens)) {
      for (const colorScheme of ['light', 'dark']) {
        for (const [width, height] of widths) {
          await page.setViewportSize({ width, height });
          await page.emulateMedia({ colorScheme });
          await page.goto(clinic.base + address);
          await page.getByRole('main').getByRole('heading').first().waitFor();
          await page.waitForLoadState('networkidle');
          if (name === 'book') {
            await page.keyboard.press('b');
            await page.getByRole('dialog').waitFor();
          }
          // What loads is grey until it is there.
          await page.waitForFunction(() => !document.querySelector('.skeleton'));
          await page.screenshot({ path: path.join(folder, `${name}-${language === 'English' ? 'en' : 'ka'}-${colorScheme}-${width}.png`) });
        }
      }
    }
  }
} finally {
  await browser.close();
  await clinic.close();
}

function weight({ allergies, medicalRecords }) {
  return (allergies?.length ? 10 : 0) + (medicalRecords?.totalCount ?? 0);
}

/** The first weekday from today on, as the day view takes it. */
async function openDay(api) {
  const { clinic: { today } } = await api('{ clinic { today } }');
  const day = new Date(`${today}T00:00:00Z`);
  while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1);
  return { schedule: day.toISOString().slice(0, 10) };
}
