// Each request of each screen fails in turn, all of them at once, and all of them slowly. See run.mjs for the environment.
import { claim, end, faults, operationOf, visit } from './browser.mjs';
import { me, signIn } from './sign-in.mjs';

const base = process.argv[2].replace(/\/$/, '');
const { CLINICQL_LOGIN: name, CLINICQL_PASSWORD: password } = process.env;

/** What the application asks before it shows a screen at all, and what goes on for as long as the page is open. */
const isOfTheShell = (operation) => operation === 'Session';

/** What a screen can do without: it stands as it is, and says nothing that is not so. */
const spare = {
  IdleLimit: 'the screen locks after the time that is usual',
  OwnPractitioner: 'nobody is chosen beforehand',
  UnsignedRecords: 'their number is left out',
  LinkedNames: 'what is linked has no name',
  Me: 'which drafts are one\'s own is left out',
};

/** The screens, by addresses and what shows that they are there. */
async function screens(page) {
  await page.goto(`${base}/patients`);
  const patient = await page.locator('tbody a').first().getAttribute('href');
  return [
    '/',
    '/patients',
    patient,
    `${patient}/records`,
    `${patient}/appointments`,
    `${patient}/history`,
    '/appointments',
    '/records',
    '/practitioners',
    '/settings',
  ];
}

const api = '**/graphql';

/** Opens a screen and resolves with the operations that it asked for, when it asks no more. */
async function open(page, path) {
  const asked = new Set();
  const hear = (request) => {
    if (new URL(request.url()).pathname === '/graphql' && request.method() === 'POST') asked.add(operationOf(request));
  };
  page.on('request', hear);
  page.once('framenavigated', () => asked.clear()); // the screen before may ask until this one takes its place
  await page.goto(base + path);
  await page.getByRole('main').getByRole('heading').first().waitFor();
  await page.waitForLoadState('networkidle');
  page.off('request', hear);
  return [...asked].filter((operation) => operation && !isOfTheShell(operation));
}

const wrong = (page) => page.getByRole('main').getByRole('alert');

/** Says that something failed and offers to try again, which helps when the fault is over. */
async function mends(page, words) {
  await wrong(page).first().waitFor();
  const text = (await wrong(page).first().textContent()).trim();
  claim(text.length > 10 && !/undefined|null|\[object|INTERNAL|Error:/.test(text), `${words}: says what happened (${text})`);
  await page.unroute(api);
  for (const again of await page.getByRole('main').getByRole('button', { name: 'Try again' }).all()) await again.click({ timeout: 2_000 }).catch(() => {});
  await wrong(page).first().waitFor({ state: 'detached' });
}

const failure = { errors: [{ message: 'internal error', extensions: { code: 'INTERNAL', operationId: '0' } }], data: null };

try {
  await visit(base, { refusals: [500, 502] }, async (page) => {
    await page.goto(`${base}/patients`);
    await signIn(page, name, password);
    await me(page).waitFor();
    for (const path of await screens(page)) {
      const words = path.replace(/[0-9a-f-]{36}/, 'ID');
      const operations = await open(page, path);
      claim(operations.length > 0, `${words} asks for ${operations.join(', ')}`);
      for (const operation of operations) {
        await page.route(api, (route) =>
          operationOf(route.request()) === operation ? route.fulfill({ status: 200, json: failure }) : route.continue(),
        );
        await page.goto(base + path);
        if (spare[operation]) {
          await page.getByRole('main').getByRole('heading').first().waitFor();
          await page.waitForLoadState('networkidle');
          claim((await wrong(page).count()) === 0, `${words} without ${operation}: stands, and ${spare[operation]}`);
          await page.unroute(api);
        } else await mends(page, `${words} without ${operation}`);
      }
      await page.route(api, (route) => (isOfTheShell(operationOf(route.request())) ? route.continue() : route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' })));
      await page.goto(base + path);
      await mends(page, `${words} with the server gone`);
      const held = [];
      await page.route(api, (route) => (isOfTheShell(operationOf(route.request())) ? route.continue() : held.push(route)));
      await page.goto(base + path);
      await page.getByRole('main').getByRole('status', { name: 'Loading' }).first().waitFor();
      claim(true, `${words}, slowly: says that it loads`);
      await page.unroute(api);
      for (const route of held) await route.continue().catch(() => {}); // what was given up meanwhile
      await page.getByRole('main').getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
    }
  });
} catch (error) {
  faults.push(error.stack);
} finally {
  await end();
}
