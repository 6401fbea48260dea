// The answers of the playground: as JSON, table and chart, taken along, and what is said of those that went wrong.
import { readFile } from 'node:fs/promises';
import { claim, look, shoot } from './browser.mjs';
import { replaceText, run } from './editor.mjs';

export const editor = '.graphiql-query-editor';
export const variables = '.graphiql-editor-tool .graphiql-editor:not(.hidden)';
/** What GraphiQL does inside of its own parts is not ours. */
export const graphiql = { except: [['.graphiql-container .monaco-editor'], ['.graphiql-sidebar'], ['.graphiql-editor-tools'], ['.graphiql-tabs'], ['.graphiql-query-editor'], ['.result-window']] };

/** Types a query into the open tab, waits until the editor has read it, and runs it. */
export async function ask(page, document, values = {}) {
  // The editor closes brackets by itself, and types over those that it closed, but not across lines.
  await replaceText(page, editor, document.replaceAll(/\s+/g, ' '));
  await replaceText(page, variables, JSON.stringify(values));
  await page.waitForTimeout(500);
  return run(page);
}

export async function showAs(page, name) {
  await page.getByRole('group', { name: 'Show the answer as' }).getByRole('button', { name }).click();
}

/** What a file that a click downloads holds. */
export async function downloaded(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

/** The fields of CSV, row by row. */
export function csvRows(text) {
  const rows = [[]];
  for (const [, quoted, plain, stop] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (stop === '\r\n') rows.push([]);
    if (stop === '') break;
  }
  return rows.slice(0, -1);
}

/** The cells of the table on the screen, by rows. */
async function tableRows(page) {
  return page.locator('.rows tbody tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
}

const visits = `query Visits($n: Int) {
  appointments(first: $n, orderBy: [{ field: STARTS_AT, direction: DESC }]) {
    nodes { id startsAt status reason practitioner { displayName specialty } patient { mrn } }
  }
}`;

/** The doctor's answers in every shape, and the files of them against the JSON. */
export async function readAnswers(page, shot) {
  const answer = await ask(page, visits, { n: 60 });
  const nodes = answer.data.appointments.nodes;
  claim(nodes.length === 60, 'answers: the query is answered');
  const facts = page.getByRole('status', { name: 'What it took' });
  await facts.getByText(/^Round trip [\d.,]+ ms$/).waitFor();
  const { requestedQueryCost, actualQueryCost } = answer.extensions.cost;
  claim((await facts.textContent()).includes(`Cost ${requestedQueryCost}, answered ${actualQueryCost} points`), 'answers: the cost of the run is shown');
  claim(/\d+ SQL statements?, [\d.]+ ms/.test(await facts.textContent()), 'answers: its statements and their time are shown');

  await showAs(page, 'Table');
  const columns = ['id', 'startsAt', 'status', 'reason', 'practitioner.displayName', 'practitioner.specialty', 'patient.mrn'];
  const head = page.locator('.rows thead th');
  claim((await head.allTextContents()).join() === columns.join(), 'answers: the table has a column for each field, nested ones dotted');
  const line = ({ id, startsAt, status, reason, practitioner, patient }) => [id, startsAt, status, reason, practitioner.displayName, practitioner.specialty, patient.mrn];
  const shown = await tableRows(page);
  claim(JSON.stringify(shown) === JSON.stringify(nodes.map(line).map((row) => row.map((value) => value ?? 'null'))), 'answers: and a row for each item');
  await shoot(page, `${shot}-table`);

  await head.nth(4).getByRole('button').focus();
  await page.keyboard.press('Enter');
  claim((await head.nth(4).getAttribute('aria-sort')) === 'ascending', 'answers: a column is sorted by the keyboard');
  const sorted = await tableRows(page);
  claim(sorted.every((row, at) => at === 0 || new Intl.Collator('en-GB').compare(sorted[at - 1][4], row[4]) <= 0), 'answers: and its rows stand in order');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  claim(JSON.stringify(await tableRows(page)) === JSON.stringify(shown), 'answers: the third time they stand as they came');

  const csv = await downloaded(page, () => page.getByRole('button', { name: 'Download what is shown as CSV' }).click());
  const [names, ...rows] = csvRows(csv.text);
  claim(csv.name === 'appointments.csv' && names.join() === columns.join(), `answers: a click takes the table along as ${csv.name}`);
  claim(JSON.stringify(rows) === JSON.stringify(nodes.map(line).map((row) => row.map((value) => value ?? ''))), 'answers: its rows are those of the JSON');
  const ndjson = await downloaded(page, () => page.getByRole('button', { name: 'Download what is shown as NDJSON' }).click());
  claim(ndjson.text === nodes.map((node) => `${JSON.stringify(node)}\n`).join(''), 'answers: NDJSON has the items as they came');

  await showAs(page, 'Chart');
  await page.getByText('A chart shows statistics').waitFor();
  claim(true, 'answers: a list that is no statistic says why it has no chart');
  await showAs(page, 'Table');
  await look(page, 'playground-table', graphiql);
  await showAs(page, 'JSON');

  // A tab shows what it ran, and nothing that another did.
  await page.getByRole('button', { name: 'New tab' }).click();
  claim((await facts.textContent()) === '', 'answers: a new tab tells nothing of the old');
  await ask(page, '{ clinic { name } practitioners(first: 2) { nodes { displayName } } }');
  await showAs(page, 'Table');
  claim((await tableRows(page)).length === 2, 'answers: an answer with an object and a list shows the list');
  await page.locator('#graphiql-session-tab-0').click();
  claim((await tableRows(page)).length === 60, 'answers: the first tab has its own again');
  await showAs(page, 'JSON');
}

/** What is not answered is told in words, above the JSON. */
export async function seeTrouble(page, shot) {
  const told = page.getByRole('alert').filter({ hasText: 'This did not go well' });
  const saying = (words) => told.getByText(words).waitFor();
  await ask(page, '{ users(first: 1) { nodes { id loginName } } }');
  await saying('Your role may not use Query.users');
  claim(true, 'trouble: a role that may not is told which fields');
  await shoot(page, `${shot}-forbidden`);
  await ask(page, '{ patients(first: 100) { nodes { appointments(first: 100) { nodes { id } } } } }');
  await saying(/^It could cost 10,\d{3} points; 10,000 are allowed\..* Most of it: patients › nodes › appointments/);
  claim(true, 'trouble: what costs too much is told how much, and where most of it is');
  await ask(page, '{ patient(id: "nobody") { id } }');
  await saying(/^patient: id is not read/);
  claim(true, 'trouble: a mistake in an argument is told with its path');

  await replaceText(page, variables, '{"n":');
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await saying(/^Nothing was sent: Variables are invalid JSON/);
  claim((await page.getByRole('status', { name: 'What it took' }).textContent()) === '', 'trouble: values that are no JSON are told, and what the last run took goes');
  await replaceText(page, variables, '');
  await page.waitForTimeout(500);

  // What a server says that is asked too much, or is away, without waiting until ours is.
  const answers = [
    [{ status: 429, headers: { 'Retry-After': '7' }, json: { errors: [{ message: 'too much', extensions: { code: 'RATE_LIMITED', retryAfter: 7 } }] } }, 'Too much in a short time. Wait 7 seconds, then run it again.'],
    [{ status: 503, headers: { 'Retry-After': '2' }, json: { errors: [{ message: 'busy', extensions: { code: 'UNAVAILABLE' } }] } }, 'The server cannot answer now. Try again in 2 seconds.'],
    [{ status: 503, body: '<html>no server</html>', contentType: 'text/html' }, 'The server cannot answer now. Try again in a moment.'],
    [{ status: 200, json: { data: null, errors: [{ message: 'over', extensions: { code: 'TIMED_OUT' } }] } }, /^It took longer than an operation may/],
  ];
  for (const [answer, words] of answers) {
    await page.route('**/graphql', (route) => route.fulfill(answer), { times: 1 });
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await saying(words);
  }
  claim(true, 'trouble: too often, unavailable and timed out are told in words, with how long to wait');
  await look(page, 'playground-trouble', graphiql);
  await ask(page, '{ clinic { name } }');
  await told.waitFor({ state: 'detached' });
  claim(true, 'trouble: the words go with the next answer');
}
