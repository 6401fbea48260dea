// The chart: who it is of, allergies, its past, and what is closed or not there.
import { answerTo } from './api.mjs';
import { claim, look } from './browser.mjs';

export const banner = (page) => page.getByRole('region', { name: 'Patient', exact: true });

/** An allergy is noted, doubted, refuted; then it is said that there are none. */
export async function noteAllergies(page, base, patient) {
  await page.goto(`${base}/patients/${patient}`);
  await banner(page).getByText('not asked').waitFor();
  claim(true, '6: the banner says that nobody asked for allergies');
  await page.getByRole('button', { name: 'Asked: none known' }).click();
  await banner(page).getByText('none known').waitFor();
  claim(true, '6: or that none are known');
  const note = async (substance, certainty) => {
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByLabel('Substance').fill(substance);
    await page.getByLabel('Reaction').fill('hives');
    await page.locator('[data-field=severity] button').click();
    await page.getByRole('option', { name: 'Severe' }).click();
    await page.locator('[data-field=status] button').click();
    await page.getByRole('option', { name: certainty }).click();
    await page.getByRole('button', { name: 'Note it' }).click();
    await banner(page).getByText(substance).waitFor();
  };
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByLabel('Reaction').fill('hives');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Substance is needed.').waitFor();
  claim((await page.getByLabel('Reaction').inputValue()) === 'hives', 'allergy: a mistake keeps what was typed');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Discard it' }).click();
  await note('Penicillin', 'Confirmed');
  claim(true, '6: an allergy that is noted is in the banner at once');
  await note('Latex', 'Suspected');
  const step = async (substance, action, reason) => {
    await page.getByRole('button', { name: `What can be done with ${substance}` }).click();
    await page.getByRole('menuitem', { name: action }).click();
    await page.getByLabel('Reason').fill(reason);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  const card = page.getByRole('region', { name: 'Allergies' });
  await step('Latex', 'Confirm', 'prick test');
  await card.getByText('Suspected').waitFor({ state: 'detached' });
  claim(true, 'allergy: confirmed with a reason');
  await page.getByRole('button', { name: 'What can be done with Latex' }).click();
  await page.getByRole('menuitem', { name: 'History' }).click();
  const history = page.getByRole('dialog', { name: 'History of Latex' });
  await history.getByRole('listitem').nth(1).waitFor();
  const versions = (await history.getByRole('listitem').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
  claim(
    versions.length === 2 && /Demo doctor.*Reason: prick test.*Suspected.*Confirmed/.test(versions[0]) && /Demo doctor.*Latex.*hives.*Severe.*Suspected/.test(versions[1]),
    `allergy: its history says who, when and why: ${versions.join(' | ')}`,
  );
  // What the library still has to say of a window that is gone is not of this screen.
  await look(page, 'allergy-history-en', { except: [['[data-live-announcer]']] });
  await page.keyboard.press('Escape');
  await step('Latex', 'Refute', 'the test was negative');
  await banner(page).getByText('Latex').waitFor({ state: 'detached' });
  claim(await banner(page).getByText('Penicillin').isVisible(), 'allergy: refuted, it leaves the banner, and others stay');
}

/** The chart as it was before the allergy was noted. */
export async function lookBack(page, base, patient, record) {
  await page.goto(`${base}/patients/${patient}/records/${record}`);
  await page.getByRole('button', { name: 'Show all changes' }).click();
  // The oldest version is the draft.
  await page.getByText('See it as it was then').last().click();
  const frame = page.getByRole('status').filter({ hasText: 'The chart as it was on' });
  await frame.waitFor();
  claim(/\?at=\d{4}-\d\d-\d\dT/.test(decodeURIComponent(page.url())), 'as of: the instant stands in the address');
  await banner(page).getByText('not asked').waitFor();
  claim((await banner(page).getByText('Penicillin').count()) === 0, 'as of: the allergy was not known yet');
  await page.getByRole('article').getByText('Draft').first().waitFor();
  claim((await page.getByRole('article').getByText('132/84').count()) === 0, 'as of: nor what was amended later');
  claim((await page.locator('main textarea, main input').count()) === 0, 'as of: a draft of then is read, and not written');
  await page.keyboard.press('1');
  await page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').first().waitFor();
  await frame.waitFor();
  for (const change of ['New record', 'Edit', 'Add', 'Archive…', 'Asked: none known']) {
    claim((await page.getByRole('main').getByText(change, { exact: true }).count()) === 0, `as of: there is no “${change}”`);
  }
  await page.keyboard.press('2');
  await page.locator('tbody tr').first().waitFor();
  claim((await page.locator('tbody tr').count()) === 1 && (await frame.isVisible()), 'as of: the other parts are of then too');
  await page.keyboard.press('Escape');
  await frame.waitFor({ state: 'detached' });
  await banner(page).getByText('Penicillin').waitFor();
  await page.locator('tbody tr').nth(1).waitFor();
  claim(true, 'as of: Escape leads back to now, and the cache of now is untouched');
  await page.goto(`${base}/patients/${patient}/history`);
  await page.getByLabel('Day').fill('1-2-2031');
  await page.keyboard.press('Enter');
  await page.getByText('must not lie in the future').waitFor();
  await page.getByLabel('Day').fill('1-2-2001');
  await page.getByLabel('Time').fill('9:30');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'This patient was not registered yet' }).waitFor();
  claim(await page.getByText('Thursday, 1 February 2001, 09:30').isVisible(), 'as of: before the patient was registered it says so');
}

/** Another desk changes the patient while one types; then the patient is archived, and put back by Undo. */
export async function editAtTwoDesks(page, base, patient) {
  await page.goto(`${base}/patients/${patient}`);
  await banner(page).waitFor();
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Edit the patient' });
  await dialog.waitFor();
  const { data } = await answerTo(page, 'query ($id: ID!) { patient(id: $id) { version } }', { id: patient });
  await answerTo(page, 'mutation ($input: UpdatePatientInput!) { updatePatient(input: $input) { patient { version } } }', {
    input: { patientId: patient, expectedVersion: data.patient.version, email: 'keti@example.org' },
  });
  await dialog.getByLabel('Phone').fill('599 14 27 52');
  await page.keyboard.press('Enter');
  await dialog.getByText('Another desk has changed this patient meanwhile').waitFor();
  claim(
    (await dialog.getByLabel('Phone').inputValue()) === '599 14 27 52' && (await dialog.getByLabel('E-mail').inputValue()) === 'keti@example.org',
    'edit: what another desk saved is shown, and nothing typed is lost',
  );
  await dialog.getByLabel('Died').fill('yesterday');
  await page.keyboard.press('Enter');
  await dialog.locator('[data-field=deceasedOn][data-invalid]').waitFor();
  await dialog.getByLabel('Died').fill('');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  const saved = await answerTo(page, 'query ($id: ID!) { patient(id: $id) { phone email } }', { id: patient });
  claim(saved.data.patient.phone === '599 14 27 52' && saved.data.patient.email === 'keti@example.org', 'edit: both desks’ changes are kept');
  await page.getByRole('button', { name: 'Archive…' }).click();
  await page.getByLabel('Reason').fill('moved abroad');
  await page.keyboard.press('Enter');
  await banner(page).getByText('Archived').waitFor();
  await page.keyboard.press('ControlOrMeta+z');
  await banner(page).getByText('Archived').waitFor({ state: 'detached' });
  claim(true, '12: archiving is taken back by Ctrl+Z');
}

/** At 400 % of 1280 × 1024, scrolled to the end, the banner of each screen is in view. */
export async function inViewEverywhere(page, base, patient, record) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 256 });
  const parts = ['', '/records', '/records/new', `/records/${record}`, '/appointments', '/history', '/summary', `/records/${record}?at=${encodeURIComponent(new Date().toISOString())}`];
  for (const part of parts) {
    await page.goto(`${base}/patients/${patient}${part}`);
    await banner(page).getByText('Penicillin').waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const shown = await banner(page).evaluate((element) =>
      [...element.querySelectorAll('h1, dd, li')].map((fact) => {
        const { top, bottom, left, right } = fact.getBoundingClientRect();
        const on = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return top >= 0 && bottom <= innerHeight && right <= innerWidth && fact.contains(on);
      }),
    );
    claim(shown.length >= 5 && shown.every(Boolean), `6: at 400 % the banner is in view on ${part.split('?')[0].replace(record, '…') || 'the overview'}${part.includes('at=') ? ' of the past' : ''}`);
    // The banner covers a part of the page, and that it is of the past another; no bar besides.
    const free = await page.evaluate(() => {
      const main = document.getElementById('main');
      const isFree = (y) => {
        const on = document.elementFromPoint(innerWidth / 2, y);
        return main.contains(on) && !on.closest('.sticky, .fixed');
      };
      return Array.from({ length: innerHeight }, (_, y) => y).filter(isFree).length / innerHeight;
    });
    claim(free > (part.includes('at=') ? 0.45 : 0.6), `19: and leaves most of the height to the page: ${(free * 100).toFixed(0)} %`);
    claim(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), '19: and nothing scrolls sideways');
  }
  await page.setViewportSize(before);
}

/** Addresses that lead to nobody, to nothing, or to no time. */
export async function wrongAddresses(page, base, patient, record, other) {
  for (const id of [`${patient.slice(0, -6)}0000${patient.slice(-2)}`, 'nobody']) {
    await page.goto(`${base}/patients/${id}/records`);
    await page.getByRole('heading', { name: 'There is no such patient' }).waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Find a patient' }).waitFor();
  }
  claim(true, 'bad input: the address of nobody says so, and offers the search');
  for (const [of, id] of [
    [patient, 'nothing'],
    [other, record],
  ]) {
    await page.goto(`${base}/patients/${of}/records/${id}`);
    await page.getByText('There is no such record in this chart.').waitFor();
  }
  claim((await page.getByText('hypertension').count()) === 0, 'bad input: a record stands under no other patient’s banner');
  for (const at of ['nonsense', '2061-01-01T00:00:00Z']) {
    await page.goto(`${base}/patients/${patient}?at=${at}`);
    await page.getByText('The address has no day that has been.').waitFor();
  }
  claim(true, 'bad input: an address without a day of the past says that one sees now');
}

/** Who is of the care team, and the chart restricted to it with a reason. It stays restricted. */
export async function decideAccess(page, base, patient) {
  await page.goto(`${base}/patients/${patient}`);
  const card = page.getByRole('region', { name: 'Access' });
  const dialog = page.getByRole('dialog');
  const restrict = card.getByRole('button', { name: 'Restrict the chart…' });
  await card.getByText('Open to all who read charts.').waitFor();
  claim(
    (await restrict.count()) === 0 && (await card.getByText('own doctor and the care team decide').count()) === 1,
    '20: who is not of the care team cannot restrict a chart, and is told who can',
  );
  const { data } = await answerTo(page, '{ viewer { user { practitioner { displayName familyName } } } practitioners(first: 2) { nodes { displayName familyName } } }');
  const self = data.viewer.user.practitioner;
  const other = data.practitioners.nodes.find(({ displayName }) => displayName !== self.displayName);
  for (const { displayName, familyName } of [self, other]) {
    await card.getByRole('button', { name: 'Add to the care team' }).click();
    await dialog.getByRole('combobox', { name: 'Doctor' }).fill(familyName);
    await page.getByRole('option', { name: displayName }).first().waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await card.getByRole('list', { name: 'Care team' }).getByText(displayName).waitFor();
  }
  await card.getByRole('button', { name: `Take ${other.displayName} out of the care team` }).click();
  await dialog.getByRole('button', { name: 'Take out' }).click();
  await card.getByRole('list', { name: 'Care team' }).getByText(other.displayName).waitFor({ state: 'detached' });
  claim((await card.getByRole('listitem').count()) === 1, 'access: members are added by name and taken out');
  await restrict.click();
  await dialog.getByRole('button', { name: 'Restrict it' }).click();
  await dialog.locator('[data-field=reason][data-invalid]').waitFor();
  await dialog.getByLabel('Reason').fill('a colleague');
  await page.keyboard.press('Enter');
  await banner(page).getByText('Restricted').waitFor();
  await page.reload();
  await card.getByText('Restricted: only the care team').waitFor();
  await look(page, 'access-restricted-en');
  await card.getByRole('button', { name: 'Open the chart to all…' }).click();
  await dialog.getByLabel('Reason').fill('left the clinic');
  await page.keyboard.press('Enter');
  await banner(page).getByText('Restricted').waitFor({ state: 'detached' });
  await restrict.click();
  await dialog.getByLabel('Reason').fill('a colleague again');
  await page.keyboard.press('Enter');
  await banner(page).getByText('Restricted').waitFor();
  const { data: now } = await answerTo(page, 'query ($id: ID!) { patient(id: $id) { isRestricted chartAccess careTeam { practitioner { displayName } } history(first: 3) { nodes { reason } } } }', { id: patient });
  const reasons = now.patient.history.nodes.map(({ reason }) => reason).join();
  claim(
    now.patient.isRestricted && now.patient.chartAccess === 'OPEN' && now.patient.careTeam.length === 1 && reasons === 'a colleague again,left the clinic,a colleague',
    `access: a chart is restricted and opened again, with reasons: ${reasons}`,
  );
}

/** A chart that one is not of the team of. */
export async function closedChart(page, base, patient) {
  const { data } = await answerTo(page, '{ viewer { user { practitioner { id } } } practitioners(first: 2) { nodes { id } } }');
  const other = data.practitioners.nodes.find(({ id }) => id !== data.viewer.user.practitioner.id).id;
  const update = 'mutation ($input: UpdatePatientInput!) { updatePatient(input: $input) { patient { version } } }';
  await answerTo(page, update, { input: { patientId: patient, expectedVersion: 1, primaryPractitionerId: data.viewer.user.practitioner.id } });
  await answerTo(page, 'mutation ($input: RestrictPatientInput!) { restrictPatient(input: $input) { patient { version } } }', {
    input: { patientId: patient, expectedVersion: 2, reason: 'a colleague' },
  });
  await answerTo(page, update, { input: { patientId: patient, expectedVersion: 3, primaryPractitionerId: other } });
  for (const part of ['', '/records', '/records/new', '/summary']) {
    await page.goto(`${base}/patients/${patient}${part}`);
    await page.getByRole('heading', { name: 'This chart is closed to you' }).waitFor();
    claim((await banner(page).getByText('Allergies').count()) === 0, `bad input: a closed chart says so on ${part || 'the overview'}, and shows nothing of it`);
  }
  await page.goto(`${base}/patients/${patient}`);
  await page.getByRole('heading', { name: 'This chart is closed to you' }).waitFor();
  await look(page, 'chart-closed-en');
  await page.getByRole('button', { name: 'Break the glass…' }).click();
  await page.getByLabel('Reason').fill('short');
  await page.keyboard.press('Enter');
  await page.locator('[data-field=reason][data-invalid]').waitFor();
  await page.getByLabel('Reason').fill('unconscious in the emergency room');
  await page.keyboard.press('Enter');
  await page.getByText(/this chart is open to you until \d\d:\d\d/).waitFor();
  await banner(page).getByText('not asked').waitFor();
  claim(true, 'bad input: the glass is broken for a reason, and the screen says until when');
  await page.getByRole('button', { name: 'Close it now' }).click();
  await page.getByRole('heading', { name: 'This chart is closed to you' }).waitFor();
  claim((await page.getByRole('region', { name: 'Timeline' }).count()) === 0, 'bad input: closed early, nothing of the chart stays on the screen');
}
