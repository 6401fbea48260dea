// Examples, statistics as charts, and saved queries of the playground.
import { ask as askAside } from './api.mjs';
import { claim, look, shoot } from './browser.mjs';
import { run } from './editor.mjs';
import { ask, csvRows, downloaded, editor, graphiql, showAs } from './playground-answer.mjs';

/** Opens a tool of the side bar. */
async function openTool(page, name) {
  await page.getByRole('button', { name: new RegExp(`^(Show|Hide) ${name}$`) }).waitFor();
  const button = page.getByRole('button', { name: `Show ${name}` });
  if (await button.isVisible()) await button.click();
  const tool = page.getByRole('region', { name, exact: true });
  await tool.waitFor();
  return tool;
}

/** The text of the query's editor, in one line. */
async function written(page) {
  return (await page.locator(`${editor} .view-lines`).textContent()).replaceAll('\u00a0', ' ');
}

/** Finds an example by words, opens it in a tab with its values, runs each that there is, and opens one by its link. */
export async function openExamples(page, base, shot) {
  const tool = await openTool(page, 'Examples');
  const entries = tool.getByRole('listitem');
  await entries.first().waitFor();
  const all = await entries.count();
  claim(all >= 3, `examples: there are ${all}`);
  await shoot(page, `${shot}-examples`);
  const titles = await entries.locator('strong').allTextContents();
  await tool.getByRole('searchbox').fill(titles[1].toLowerCase());
  await page.waitForTimeout(200);
  claim((await entries.locator('strong').allTextContents()).includes(titles[1]) && (await entries.count()) < all, 'examples: words find one of them');
  await tool.getByRole('searchbox').fill('nothing like this');
  await tool.getByText('No example has these words.').waitFor();
  await tool.getByRole('searchbox').fill('');
  const tabs = page.getByRole('tab');
  for (const [at, title] of titles.entries()) {
    const before = await tabs.count();
    await entries.locator('button').filter({ has: page.locator('strong') }).nth(at).click();
    await page.waitForTimeout(200);
    claim((await tabs.count()) === before + 1, `examples: ${title} opens in a new tab`);
    const answer = await run(page);
    claim(answer.data && !answer.errors, `examples: ${title} is answered${answer.errors ? `: ${JSON.stringify(answer.errors).slice(0, 300)}` : ''}`);
  }
  await showAs(page, 'Table');
  await look(page, 'playground-examples', graphiql);
  await showAs(page, 'JSON');

  const { exampleQueries } = await askAside(page, '{ exampleQueries { id document } }');
  const { id, document: text } = exampleQueries[1];
  await page.goto(`${base}/playground?example=${id}`);
  await page.locator(`${editor} .view-lines`).waitFor();
  await page.waitForFunction((words) => document.querySelector('.graphiql-query-editor .view-lines')?.textContent.replaceAll('\u00a0', ' ').includes(words), text.split('\n').find((line) => /^(query|\{)/.test(line)).slice(0, 20));
  claim(true, 'examples: a link opens one');
  await page.goto(`${base}/playground?example=no-such-example`);
  await page.getByText('There is no such example').waitFor();
  claim(true, 'examples: a link to one that is not there says so');
  await page.goto(`${base}/playground`);
  await page.locator(`${editor} .view-lines`).waitFor();
}

const range = 'where: { startsAt: { gte: $from, lt: $until } }';
const byWeekday = `query ByWeekday($from: DateTime!, $until: DateTime!) { appointmentStats(groupBy: [WEEKDAY], ${range}) { nodes { key { weekday } isSuppressed count noShowRate } } }`;
const byMonth = `query ByMonth($from: DateTime!, $until: DateTime!) { appointmentStats(groupBy: [SEX, MONTH], first: 100, ${range}) { nodes { key { sex monthOn } isSuppressed count } } }`;
/** The last twelve whole months on the clock of the demonstration clinic, which never changes: analysts are told of no others. */
function wholeMonths() {
  const now = new Date();
  const first = (ago) => `${new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago, 1)).toISOString().slice(0, 10)}T00:00:00+04:00`;
  return { from: first(12), until: first(0) };
}

/** Statistics as bars and lines, where what is hidden is never zero. */
export async function seeChart(page, shot) {
  const values = wholeMonths();
  const { data } = await ask(page, byWeekday, values);
  const cells = data.appointmentStats.nodes;
  await showAs(page, 'Chart');
  const chart = page.getByRole('img', { name: /^count by weekday/ });
  await chart.waitFor();
  const told = cells.filter(({ count }) => count !== null);
  claim((await chart.locator('.bar-of').count()) === told.length, `chart: a bar for each of ${told.length} cells`);
  const hidden = cells.filter(({ isSuppressed }) => isSuppressed).length;
  claim((await chart.locator('.hidden-bar').count()) === hidden, `chart: a mark of its own for each of ${hidden} hidden cells`);
  claim((await page.locator('.rows tbody tr').count()) === cells.length, 'chart: the table below has all cells');
  claim((await page.locator('.rows .hidden-cell').count()) >= hidden, 'chart: and says which are hidden');
  await look(page, 'playground-bars', graphiql);
  await page.getByLabel('Measure').selectOption('noShowRate');
  await page.getByRole('img', { name: /^noShowRate by weekday.*%/ }).waitFor();
  claim(true, 'chart: another measure is chosen, and is a percentage');

  await ask(page, byMonth, values);
  await page.getByRole('img', { name: /^count by month, for each sex/ }).waitFor();
  claim((await page.locator('.legend li').count()) >= 2, 'chart: over time there is a line for each of another group, named');
  await look(page, 'playground-lines', graphiql);
  await showAs(page, 'JSON');
}

const mine = 'query Mine($n: Int) { practitioners(first: $n) { nodes { id specialty } pageInfo { endCursor hasNextPage } } }';

/** Keeps a query, changes it, is told of a change elsewhere, and returns its link. */
export async function saveAndShare(page, base, shot) {
  await ask(page, mine, { n: 2 });
  const tool = await openTool(page, 'Saved queries');
  const form = tool.getByRole('form', { name: 'In the editor' });
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await form.getByText('Give it a name.').waitFor();
  await form.getByLabel('Name', { exact: true }).fill('Who is here');
  await form.getByLabel('What it answers').fill('For the list at the door');
  await form.getByRole('checkbox').check();
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await form.getByText('As it is saved.').waitFor();
  await tool.getByRole('listitem').filter({ hasText: 'Who is here' }).waitFor();
  claim(true, 'saved: a query is kept, and stands in the list');
  await look(page, 'playground-saved', graphiql);

  await page.reload();
  await openTool(page, 'Saved queries');
  await tool.getByRole('listitem').filter({ hasText: 'Who is here' }).getByRole('button').click();
  await page.waitForFunction(() => document.querySelector('.graphiql-query-editor .view-lines')?.textContent.includes('Mine'));
  const answer = await run(page);
  claim(answer.data?.practitioners?.nodes.length === 2, 'saved: after a reload it opens with its values, and runs');

  await form.getByLabel('Name', { exact: true }).fill('Who works here');
  await form.getByText('Changed since it was saved.').waitFor();
  await form.getByRole('button', { name: 'Save changes' }).click();
  await tool.getByRole('listitem').filter({ hasText: 'Who works here' }).waitFor();
  claim(true, 'saved: it is renamed');

  // Another window changes it meanwhile.
  const { savedQueries } = await askAside(page, '{ savedQueries { nodes { id version } } }');
  const [{ id, version }] = savedQueries.nodes;
  await askAside(page, 'mutation($input: UpdateSavedQueryInput!) { updateSavedQuery(input: $input) { savedQuery { version } } }', {
    input: { savedQueryId: id, expectedVersion: version, description: 'Changed in another window' },
  });
  await form.getByLabel('What it answers').fill('Changed here');
  await form.getByRole('button', { name: 'Save changes' }).click();
  await form.getByText(/changed elsewhere in the meantime: description/).waitFor();
  claim(true, 'saved: a change elsewhere is told, and not written over');
  await shoot(page, `${shot}-conflict`);
  await form.getByRole('button', { name: 'Save mine over it' }).click();
  await form.getByText('As it is saved.').waitFor();
  claim((await form.getByLabel('What it answers').inputValue()) === 'Changed here', 'saved: what is typed here can be saved over it');
  await form.getByRole('button', { name: /^Copy the link/ }).click();
  await form.getByText(/The link is copied|The link: /).waitFor();
  return `/playground?saved=${id}`;
}

/** Opens what somebody else keeps, and keeps a copy. */
export async function openShared(page, shot) {
  await page.waitForFunction(() => document.querySelector('.graphiql-query-editor .view-lines')?.textContent.includes('Mine'));
  claim((await written(page)).includes('practitioners'), 'shared: a link opens the query of another user');
  const tool = await openTool(page, 'Saved queries');
  const form = tool.getByRole('form', { name: 'In the editor' });
  await form.getByText(/keeps this query/).waitFor();
  claim((await form.getByText('Demo analyst').count()) > 0, 'shared: it says who keeps it');
  claim((await form.getByRole('button', { name: /Save changes|Delete/ }).count()) === 0, 'shared: it can neither be changed nor deleted');
  await shoot(page, `${shot}-shared`);
  await form.getByRole('button', { name: 'Save a copy' }).click();
  await form.getByText('Your own.').waitFor();
  await tool.getByRole('listitem').filter({ hasText: 'Copy of Who works here' }).waitFor();
  claim(true, 'shared: a copy becomes one’s own');
  await form.getByRole('button', { name: 'Delete' }).click();
  await form.getByRole('button', { name: 'Delete for good' }).click();
  await tool.getByText('You have saved nothing yet.').waitFor();
  claim(true, 'shared: and is deleted again');
}

/** All pages of what is saved, with a count that grows, and stopped. */
export async function exportAll(page, shot) {
  const tool = page.getByRole('region', { name: 'Saved queries', exact: true });
  const form = tool.getByRole('form', { name: 'In the editor' });
  const csv = await downloaded(page, () => form.getByRole('button', { name: 'All as CSV' }).click());
  const rows = csvRows(csv.text).slice(1);
  const { data } = await ask(page, '{ practitioners(first: 100) { nodes { id } totalCount } }');
  claim(csv.name === 'Who-works-here.csv' && rows.length === data.practitioners.totalCount, `export: ${csv.name} has all ${rows.length} rows, of all pages`);
  claim(rows.map(([id]) => id).sort().join() === data.practitioners.nodes.map(({ id }) => id).sort().join(), 'export: they are those of the API');
  await form.getByText(`${rows.length} rows exported.`).waitFor();
  await shoot(page, `${shot}-exported`);

  await page.route('**/export/*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    await route.continue().catch(() => {});
  });
  await form.getByRole('button', { name: 'All as NDJSON' }).click();
  await form.getByText('0 rows so far').waitFor();
  await form.getByRole('button', { name: 'Stop' }).click();
  await form.getByText('Stopped after 0 rows. Nothing was kept.').waitFor();
  claim(true, 'export: it shows how far it has come, and is stopped');
  await page.unroute('**/export/*');
}
