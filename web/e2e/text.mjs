// What texts must not do, whatever their length and script: be cut off, show a key, or be made capitals of.
import { claim } from './browser.mjs';

/** The widths at which texts have to fit: a desk, a tablet, two telephones. */
export const widths = [1440, 834, 390, 320];

/** Makes each word of the application's own texts longer by 40 % at least, in a page that is loaded afterwards. */
export async function lengthenTexts(context) {
  const longer = (text) => text.replace(/\{\w+\}|\p{L}+/gu, (word) => (word[0] === '{' ? word : word + word.slice(0, Math.ceil(word.length * 0.4))));
  await context.route('**/assets/*.js', async (route) => {
    const response = await route.fetch();
    const code = await response.text();
    // A module of texts is one object of objects of texts, and nothing else is.
    if (!/^var \w+=\{\w+:\{\w+:[`"']/.test(code)) return route.fulfill({ response });
    const body = code.replace(/:(`[^`]*`|"[^"]*"|'[^']*')/g, (_, text) => `:${longer(text)}`);
    const headers = { ...response.headers() };
    delete headers['content-encoding'];
    delete headers['content-length'];
    return route.fulfill({ response, headers, body });
  });
}

/** Texts of the page that are cut off by what they stand in, or stand out of the thing that is pressed. */
function cutOff() {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const parent = text.parentElement;
    if (!text.data.trim() || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    // What a card of the calendar is too narrow for ends in an ellipsis, and is told in full to whoever points at it.
    if (parent.closest('[title]')?.title === text.data) continue;
    range.selectNodeContents(text);
    const own = range.getBoundingClientRect();
    if (own.width === 0) continue;
    const pressed = parent.closest('button, a, summary, label, [role=option], [role=menuitem]');
    let [canScrollX, canScrollY] = [false, false];
    for (let box = parent; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      const edge = box.getBoundingClientRect();
      // Only for whoever hears the page.
      if (edge.width <= 1 && edge.height <= 1) break;
      const isFixed = style.position === 'fixed' || style.position === 'sticky';
      const [scrollsX, scrollsY] = [style.overflowX, style.overflowY].map((overflow) => /auto|scroll/.test(overflow));
      const [holdsX, holdsY] = [scrollsX, scrollsY].map((scrolls) => box === pressed || (isFixed && !scrolls));
      const isOutX = own.right > edge.right + 1 || own.left < edge.left - 1;
      const isOutY = own.bottom > edge.bottom + 1 || own.top < edge.top - 1;
      const cutsX = !canScrollX && isOutX && (holdsX || /hidden|clip/.test(style.overflowX));
      const cutsY = !canScrollY && isOutY && (holdsY || /hidden|clip/.test(style.overflowY));
      if (cutsX || cutsY) {
        found.push(`"${text.data.trim().slice(0, 60)}" in ${box.tagName.toLowerCase()}.${String(box.className).slice(0, 60)}`);
        break;
      }
      // What is fixed stands in the window, whatever holds it.
      if (style.position === 'fixed') break;
      canScrollX ||= scrollsX;
      canScrollY ||= scrollsY;
    }
  }
  return [...new Set(found)];
}

/** What is pressed and is smaller than 24 by 24 pixels. Links in a sentence may be as high as its line. */
function smallTargets() {
  const found = [];
  for (const target of document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=option], [role=menuitem], [role=menuitemradio]')) {
    if (!target.checkVisibility({ visibilityProperty: true, opacityProperty: false }) || target.closest('[aria-hidden=true]')) continue;
    // What is laid over a label or a row is pressed there.
    const over = target.matches('input') ? target.closest('label') : null;
    const { width, height } = (over ?? target).getBoundingClientRect();
    if (width <= 1 || height <= 1) continue;
    const area = getComputedStyle(target, '::after');
    if (area.position === 'absolute' && area.content !== 'none') continue;
    const isInSentence = getComputedStyle(target).display === 'inline' && target.parentElement.textContent.trim().length > target.textContent.trim().length;
    if (isInSentence || (width >= 24 && height >= 24)) continue;
    found.push(`${Math.round(width)}×${Math.round(height)} ${target.outerHTML.slice(0, 90)}`);
  }
  return [...new Set(found)];
}

/** The texts that stand where a text of a locale is missing, and Georgian in capitals. */
function wrongTexts() {
  const found = document.body.innerText.match(/\b[a-z][A-Za-z]+\.[a-zA-Z]+\b(?!\.[a-z])/g) ?? [];
  const nouns = new Set(['shell', 'session', 'common', 'user', 'settings', 'audit', 'clinic', 'practitioner', 'appointmentType', 'patient', 'appointment', 'record', 'error', 'look', 'keys', 'date', 'account']);
  const keys = found.filter((text) => nouns.has(text.split('.')[0]));
  const capitals = document.body.innerText.match(/[\u1c90-\u1cbf]+/g) ?? [];
  const upper = [...document.querySelectorAll('body *')].filter((element) => getComputedStyle(element).textTransform === 'uppercase' && /[\u10a0-\u10ff]/.test(element.textContent));
  return [...keys, ...capitals, ...upper.map((element) => element.outerHTML.slice(0, 80))];
}

/** Looks at a screen at each width: no text is cut off, nothing is wider than the window, and every target can be hit. */
export async function fitTexts(page, name) {
  const before = page.viewportSize();
  let faults = 0;
  const fault = (words) => {
    faults++;
    claim(false, words);
  };
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (const words of await page.evaluate(cutOff)) fault(`18: ${name} at ${width}: nothing is cut off: ${words}`);
    for (const words of await page.evaluate(smallTargets)) fault(`17: ${name} at ${width}: every target has 24 pixels: ${words}`);
    // What is open over the page takes its place anew some moments after the window has changed.
    const fits = page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth, null, { timeout: 3_000 });
    if (!(await fits.then(() => true, () => false))) fault(`18: ${name} at ${width}: nothing is wider than the window`);
  }
  await page.setViewportSize(before);
  for (const words of await page.evaluate(wrongTexts)) fault(`18: ${name}: no key and no capitals: ${words}`);
  if (faults === 0) claim(true, `17, 18: ${name}: nothing is cut off and every target has 24 pixels, at ${widths.join(', ')}`);
}
