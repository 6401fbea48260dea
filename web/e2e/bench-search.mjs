// How long it takes from a key to the rows that it finds, in a real browser.
//
//   node e2e/bench-search.mjs http://localhost:8080
//
// Environment: CLINICQL_LOGIN, CLINICQL_PASSWORD; CHROMIUM if it is not at /usr/bin/chromium. The clinic is any that
// `clinicql seed` filled; its own patients are looked for. Prints the median, the 95th percentile and the slowest.
import { end, faults, visit } from './browser.mjs';
import { me, signIn } from './sign-in.mjs';

const base = process.argv[2].replace(/\/$/, '');
const rounds = Number(process.env.ROUNDS ?? 25);

async function someone(page) {
  const answer = await page.request.post(`${base}/graphql`, {
    headers: { 'GraphQL-Require-Preflight': '1' },
    data: { query: '{ patients(first: 100, orderBy: [{ field: BIRTH_DATE, direction: ASC }]) { totalCount nodes { familyName givenName phone mrn birthDate } } }' },
  });
  const { totalCount, nodes } = (await answer.json()).data.patients;
  console.log(`${totalCount} patients`);
  return nodes.filter(({ phone, familyName, givenName, birthDate }) => phone && familyName && givenName && birthDate);
}

/** What a desk types of somebody. */
const kinds = {
  'both names': ({ familyName, givenName }) => `${familyName} ${givenName}`,
  'the beginning of a name': ({ familyName }) => familyName.slice(0, 3),
  'the end of the telephone': ({ phone }) => phone.slice(-4),
  'the record number': ({ mrn }) => mrn,
  'the birth date': ({ birthDate }) => birthDate.split('-').reverse().join('-'),
};

try {
  await visit(base, {}, async (page) => {
    await page.goto(`${base}/patients`);
    await signIn(page, process.env.CLINICQL_LOGIN, process.env.CLINICQL_PASSWORD);
    await me(page).waitFor();
    const patients = await someone(page);
    await page.keyboard.press('ControlOrMeta+k');
    const search = page.getByRole('combobox', { name: 'Find a patient' });
    await search.waitFor();
    // Within the page, so that the driver's own time is not in it: from the last key to the frame after the count of what
    // was typed stands there, which comes with the rows.
    await page.evaluate(() => {
      const status = document.querySelector('[role=dialog] [role=status]');
      globalThis.took = [];
      // Not the key itself: letters that the driver's keyboard lacks come without one.
      addEventListener('input', ({ timeStamp }) => (globalThis.lastKey = timeStamp), true);
      new MutationObserver(() => {
        if (status.textContent) requestAnimationFrame(() => globalThis.took.push(performance.now() - globalThis.lastKey));
      }).observe(status, { childList: true, characterData: true, subtree: true });
    });
    const all = [];
    for (const [kind, of] of Object.entries(kinds)) {
      const took = [];
      for (let i = 0; i < rounds; i++) {
        await search.fill('');
        await page.locator('[role=dialog] [role=status]:empty').waitFor({ state: 'attached' });
        await page.evaluate(() => {
          globalThis.took.length = 0;
        });
        await page.keyboard.type(of(patients[(i * 7) % patients.length]), { delay: 40 });
        await page.locator('[role=dialog] [role=status]:not(:empty)').waitFor({ state: 'attached' });
        await page.waitForFunction(() => globalThis.took.length > 0);
        took.push(await page.evaluate(() => globalThis.took.at(-1)));
      }
      all.push(...took);
      print(kind, took);
    }
    print('all', all);
  });
} catch (error) {
  faults.push(error.stack);
} finally {
  await end();
}

function print(kind, took) {
  took.sort((a, b) => a - b);
  const at = (share) => took[Math.min(took.length - 1, Math.floor(share * took.length))].toFixed(0);
  console.log(`${kind.padEnd(26)} median ${at(0.5).padStart(4)} ms, p95 ${at(0.95).padStart(4)} ms, slowest ${at(1).padStart(4)} ms, ${took.length} times`);
}
