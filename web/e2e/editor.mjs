// What is done in the playground by who is signed in.
import { claim, shoot } from './browser.mjs';

/** Runs what the editor holds and returns the answer. */
export async function run(page) {
  const answered = page.waitForResponse(
    (response) =>
      new URL(response.url()).pathname === '/graphql' &&
      // Nor what the page asks for itself.
      !/__schema|(query|mutation) (Playground|Account)/.test(response.request().postData() ?? '__schema'),
  );
  await page.getByRole('button', { name: /^Execute query/ }).click();
  return (await answered).json();
}

/** The text that an editor shows, with its spaces made plain. */
async function shown(page, region) {
  const text = await page.locator(`${region} .view-lines`).textContent();
  return text.replaceAll('\u00a0', ' ');
}

export async function replaceText(page, region, text) {
  await page.locator(`${region} .view-lines`).click();
  await page.keyboard.press('ControlOrMeta+A');
  // Brackets would be put around what is selected.
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}

export async function runDefaultQuery(page, shot) {
  await page.locator('.graphiql-query-editor .view-lines').getByText('patients', { exact: true }).waitFor();
  const answer = await run(page);
  claim(Array.isArray(answer.data?.patients?.nodes) && !answer.errors, `${shot}: the default query is answered`);
  if (answer.errors) console.log(JSON.stringify(answer.errors, null, 2));
  await page.locator('.result-window .view-lines').getByText('"data"').waitFor();
  claim((await shown(page, '.result-window')).includes('"patients"'), `${shot}: the answer is shown`);
  await shoot(page, `${shot}-playground`);
}

export async function openTools(page, shot) {
  for (const [button, title] of [
    ['Show Documentation Explorer', 'Documentation'],
    ['Show GraphiQL Explorer', 'Explorer'],
    ['Show History', 'History'],
  ]) {
    await page.getByRole('button', { name: button }).click();
    await page.locator('.graphiql-plugin').waitFor();
    await page.waitForTimeout(300);
    await shoot(page, `${shot}-${title.toLowerCase()}`);
  }
  await page.getByRole('button', { name: 'Hide History' }).click();

  await replaceText(page, '.graphiql-query-editor', 'query Few($n: Int) { patients(first: $n) { nodes { id } } }');
  await page.getByRole('button', { name: /^Prettify/ }).click();
  await page.waitForFunction(() => document.querySelectorAll('.graphiql-query-editor .view-line').length > 5);
  claim(true, `${shot}: a query is prettified`);

  await page.getByRole('button', { name: 'Variables', exact: true }).click();
  await replaceText(page, '.graphiql-editor-tool .graphiql-editor:not(.hidden)', '{"n": 2}');
  const answer = await run(page);
  claim(answer.data?.patients?.nodes?.length <= 2, `${shot}: a query with variables is answered`);

  await replaceText(page, '.graphiql-query-editor', '{ patients');
  await page.keyboard.press('Control+Space');
  await page.locator('.suggest-widget .monaco-list-row').getByText('patients', { exact: true }).first().waitFor();
  claim(true, `${shot}: the editor suggests fields of the schema`);
  await shoot(page, `${shot}-suggestions`);
  await page.keyboard.press('Escape');
}
