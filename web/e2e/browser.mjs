// A browser that notes what no page of ours may do, and what is claimed of the pages.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';

export const faults = [];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = process.argv[3];

export function claim(holds, words) {
  console.log(`${holds ? 'ok    ' : 'FAILED'} ${words}`);
  if (!holds) faults.push(words);
}

/** The name of the operation that a request of a page is for. */
export function operationOf(request) {
  return request.postDataJSON()?.operationName ?? '';
}

export async function shoot(page, name) {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

/** The looks that a page has to have. */
export const looks = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { name: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { name: 'phone-dark', colorScheme: 'dark', viewport: { width: 320, height: 640 } },
];

/** What lies over what in a page: axe judges a page under a dialogue otherwise. */
function layersOf() {
  const box = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return `${width | 0}×${height | 0} at ${x | 0},${y | 0}`;
  };
  const dialogs = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].map((one) => `dialogue ${box(one)}${one.checkVisibility({ opacityProperty: true }) ? '' : ', not to be seen'}`);
  const hidden = document.querySelector('main')?.closest('[aria-hidden=true], [inert]');
  const middle = document.elementsFromPoint(innerWidth / 2, innerHeight / 2).map(({ localName, className }) => `${localName}.${className}`.slice(0, 30));
  return `${dialogs.join(', ') || 'no dialogue'}, main ${hidden ? `hidden by ${hidden.localName}` : 'to be seen'}, page ${box(document.documentElement)}, in the middle ${middle.join(' < ')}`;
}

/**
 * Looks at a page in every look: nothing is wider than the window, and axe finds nothing. A page that takes its colours
 * once has something to wait for after it is loaded anew.
 */
export async function look(page, name, { except = [], anew } = {}) {
  const before = page.viewportSize();
  for (const { name: lookName, colorScheme, viewport } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(viewport);
    if (anew) {
      await page.reload();
      await page.locator(anew).waitFor();
      await page.waitForTimeout(500);
    }
    await shoot(page, `${name}-${lookName}`);
    // An editor takes a moment to fit a window that has become narrow.
    const fits = page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth, null, { timeout: 2000 });
    if (!(await fits.then(() => true, () => false))) claim(false, `${name}, ${lookName}: nothing is wider than the window`);
    if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
    const found = await page.evaluate(
      async (exclude) => (await globalThis.axe.run({ exclude })).violations,
      except,
    );
    const layers = found.length > 0 ? await page.evaluate(layersOf) : '';
    for (const { id, help, nodes } of found) {
      claim(false, `${name}, ${lookName}: axe ${id}, ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}; ${layers}`);
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(before);
  claim(true, `${name}: looked at in light, dark and narrow, and by axe`);
}

/** Records into `faults` whatever no page of ours may do, and cuts off requests to others. */
async function watch(context, origin, refusals) {
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
    // Whoever is not signed in is told so, and the browser logs it.
    const status = Number(/status of (\d+)/.exec(message.text())?.[1]);
    if ([401, ...refusals].includes(status) && new URL(message.location().url).pathname === '/graphql') return;
    // A connection for changes that a session's end closed is tried once more.
    if (/^WebSocket connection to .* failed: HTTP Authentication failed/.test(message.text())) return;
    // Without a network the browser logs each request that fails.
    if (/ERR_INTERNET_DISCONNECTED/.test(message.text())) return;
    if (message.type() === 'error' || /Content Security Policy/.test(message.text())) {
      faults.push(`console: ${message.text()} ${message.location().url}`);
    }
  });
  context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname !== '/graphql' || request.method() !== 'POST' || new URL(request.frame().url()).pathname === '/playground') return;
    const { query, operationName } = request.postDataJSON();
    if (query && operationName) faults.push(`${operationName} was sent as a text: it has no id, or the server does not know it`);
  });
  context.on('weberror', (error) => faults.push(`error: ${error.error()}`));
  context.on('page', (page) => {
    page.on('websocket', (socket) => {
      if (new URL(socket.url()).host !== new URL(origin).host) faults.push(`a socket left the origin: ${socket.url()}`);
    });
  });
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking'],
});

/** Does something in a browser that has never seen the server before. Refusals are the statuses that it asks for. */
export async function visit(base, { refusals = [], ...options }, act) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(20_000);
  await watch(context, new URL(base).origin, refusals);
  try {
    await act(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

export async function leaveNothing(page, shot) {
  const left = await page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => name),
    ...(await caches.keys()),
  ]);
  claim(left.length === 0, `${shot}: nothing is left in the browser${left.map((name) => ` ${name}`).join()}`);
}

/** Ends the browser, and says how it went. */
export async function end() {
  await browser.close();
  for (const fault of new Set(faults)) console.error(`fault: ${fault}`);
  console.log(faults.length === 0 ? 'all is well' : `${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
