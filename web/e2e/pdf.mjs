// What stands on each page of a PDF that Chromium has made: enough to read it, no more than that.
import { inflateSync } from 'node:zlib';

const latin = (bytes) => bytes.toString('latin1');

/** The objects of the file by their number: the dictionary, and the stream if there is one. */
function objects(file) {
  const found = new Map();
  const text = latin(file);
  for (const match of text.matchAll(/(\d+) 0 obj\n?([\s\S]*?)\nendobj/g)) {
    const [, number, body] = match;
    const at = body.search(/stream\r?\n/);
    if (at < 0) {
      found.set(number, { dictionary: body });
      continue;
    }
    const from = body.indexOf('\n', at) + 1;
    const bytes = Buffer.from(body.slice(from, body.lastIndexOf('endstream')), 'latin1');
    const dictionary = body.slice(0, at);
    found.set(number, { dictionary, stream: dictionary.includes('FlateDecode') ? latin(inflateSync(bytes)) : latin(bytes) });
  }
  return found;
}

const hex = (code) => String.fromCodePoint(...code.match(/.{4}/g).map((unit) => Number.parseInt(unit, 16)));

/** Which letters the glyphs of a font stand for, and in how many digits a glyph is written. */
function letters(map) {
  const known = new Map();
  known.digits = /begincodespacerange\n<(\w+)>/.exec(map)?.[1].length ?? 4;
  for (const [, body] of map.matchAll(/beginbfchar\n([\s\S]*?)endbfchar/g)) {
    for (const [, glyph, code] of body.matchAll(/<(\w+)> <(\w+)>/g)) known.set(Number.parseInt(glyph, 16), hex(code));
  }
  for (const [, body] of map.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g)) {
    for (const [, first, last, code] of body.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g)) {
      const start = Number.parseInt(first, 16);
      for (let glyph = start; glyph <= Number.parseInt(last, 16); glyph++) {
        known.set(glyph, String.fromCodePoint(Number.parseInt(code, 16) + glyph - start));
      }
    }
  }
  return known;
}

/** The pages in their order: how large they are in points, and their words without spaces, as they were drawn. */
export function readPdf(file) {
  const all = objects(file);
  const pages = [...all.values()].filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary));
  return pages.map(({ dictionary }) => {
    const fonts = new Map();
    for (const [, name, number] of dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(all.get(number)?.dictionary ?? '');
      if (map) fonts.set(name, letters(all.get(map[1]).stream));
    }
    const drawn = all.get(/\/Contents (\d+) 0 R/.exec(dictionary)[1]).stream;
    let font = letters('');
    let words = '';
    for (const [, name, shown] of drawn.matchAll(/\/(F\d+) [\d.]+ Tf|(<\w+>|\[[^\]]*\]) TJ?j?/g)) {
      if (name) font = fonts.get(name) ?? letters('');
      else {
        for (const [, glyphs] of shown.matchAll(/<(\w+)>/g)) {
          for (let i = 0; i < glyphs.length; i += font.digits) words += font.get(Number.parseInt(glyphs.slice(i, i + font.digits), 16)) ?? '\uFFFD';
        }
      }
    }
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(dictionary).map(Number);
    return { width, height, words: words.replace(/\s+/g, '') };
  });
}
