// Drives the start page and the playground of a running server in a real browser.
//
//   node e2e/playground.mjs http://localhost:8080 [folder for screenshots]
//
// CLINICQL_TOKEN is sent as a bearer token when it is set; CHROMIUM says where the browser is. It fails when a query
// has no JSON answer, when a request leaves the server's origin, when a policy is violated, when the browser reports an
// error, or when anything is left in the browser's storage.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const [base, folder] = process.argv.slice(2);
if (!base) {
  console.error('usage: node e2e/playground.mjs BASE-URL [SCREENSHOT-FOLDER]');
  process.exit(2);
}
const { origin } = new URL(base);
const faults = [];

function claim(holds, words) {
  console.log(`${holds ? 'ok    ' : 'FAILED'} ${words}`);
  if (!holds) faults.push(words);
}

async function shoot(page, name) {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

/** Records into `faults` whatever no page of ours may do, and cuts off requests to others. */
async function watch(context) {
  await context.route(
    (url) => ['http:', 'https:'].includes(url.protocol) && url.origin !== origin,
    (route) => {
      faults.push(`a request left the origin: ${route.request().url()}`);
      return route.abort();
    },
  );
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile ?? ''}`);
    });
  });
  context.on('console', (message) => {
    // The explorer cannot edit an argument that is a list and logs so, harmlessly, for `orderBy`.
    if (message.text().startsWith('arg mismatch between arg and selection')) return;
    if (message.type() === 'error' || /Content Security Policy/.test(message.text())) {
      faults.push(`console: ${message.text()} ${message.location().url}`);
    }
  });
  context.on('weberror', (error) => faults.push(`error: ${error.error()}`));
  context.on('page', (page) => {
    page.on('websocket', (socket) => {
      if (new URL(socket.url()).host !== new URL(origin).host) faults.push(`a socket left the origin: ${socket.url()}`);
    });
  });
}

async function visitStartPage(page, shot) {
  await page.goto(`${base}/`);
  await page.getByText('Ready', { exact: true }).waitFor();
  for (const address of ['/playground', '/graphql', '/schema.graphql', '/health']) {
    claim((await page.locator(`a[href="${address}"]`).count()) === 1, `${shot}: the start page links to ${address}`);
  }
  await shoot(page, `${shot}-start`);
}

/** Runs what the editor holds and returns the answer. */
async function run(page) {
  const answered = page.waitForResponse(
    (response) =>
      new URL(response.url()).pathname === '/graphql' && !/__schema/.test(response.request().postData() ?? '__schema'),
  );
  await page.getByRole('button', { name: /^Execute query/ }).click();
  return (await answered).json();
}

/** The text that an editor shows, with its spaces made plain. */
async function shown(page, region) {
  const text = await page.locator(`${region} .view-lines`).textContent();
  return text.replaceAll('\u00a0', ' ');
}

async function replaceText(page, region, text) {
  await page.locator(`${region} .view-lines`).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

async function runDefaultQuery(page, shot) {
  await page.goto(`${base}/playground`);
  await page.locator('.graphiql-query-editor .view-lines').getByText('patients', { exact: true }).waitFor();
  const answer = await run(page);
  claim(Array.isArray(answer.data?.patients?.nodes) && !answer.errors, `${shot}: the default query is answered`);
  if (answer.errors) console.log(JSON.stringify(answer.errors, null, 2));
  await page.locator('.result-window .view-lines').getByText('"data"').waitFor();
  claim((await shown(page, '.result-window')).includes('"patients"'), `${shot}: the answer is shown`);
  await shoot(page, `${shot}-playground`);
}

async function openTools(page, shot) {
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

async function leaveNothing(page, shot) {
  const left = await page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => name),
    ...(await caches.keys()),
  ]);
  claim(left.length === 0, `${shot}: nothing is left in the browser${left.map((name) => ` ${name}`).join()}`);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking'],
});
try {
  for (const [shot, colorScheme, viewport] of [
    ['light', 'light', { width: 1440, height: 900 }],
    ['dark', 'dark', { width: 1440, height: 900 }],
    ['phone', 'light', { width: 390, height: 844 }],
  ]) {
    const token = process.env.CLINICQL_TOKEN;
    const context = await browser.newContext({
      colorScheme,
      viewport,
      ...(token && { extraHTTPHeaders: { authorization: `Bearer ${token}` } }),
    });
    context.setDefaultTimeout(20_000);
    await watch(context);
    const page = await context.newPage();
    await visitStartPage(page, shot);
    if (shot !== 'phone') {
      await runDefaultQuery(page, shot);
      await openTools(page, shot);
      await leaveNothing(page, shot);
    }
    await context.close();
  }
} finally {
  await browser.close();
}
for (const fault of new Set(faults)) console.error(`fault: ${fault}`);
console.log(faults.length === 0 ? 'all is well' : `${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
