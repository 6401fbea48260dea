import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** What the first visit to the application may load, compressed. Fonts are apart: text shows without them. */
const limit = 200_000;

/** What all pages together may be, compressed, with fonts, both languages and the playground's editor, which is most of it. */
const limitOfAll = 2_550_000;

/** The pages that count: the application as it opens, with the day and one language. */
const entry = 'index.html';
const openedFirst = ['src/app/home-page.tsx', 'src/locales/en/index.ts'];

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

/** Prints what the first visit loads and what there is in all, and fails the build when either is more than its limit. */
export const firstLoad: Plugin = {
  name: 'first-load',
  apply: 'build',
  enforce: 'post',
  writeBundle({ dir = 'dist' }, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
    const find = (name: string) => chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/${name}`));
    const files = new Map<string, string | Uint8Array>();
    const add = (chunk: Rolldown.OutputChunk | undefined) => {
      if (!chunk || files.has(chunk.fileName)) return;
      files.set(chunk.fileName, chunk.code);
      for (const style of chunk.viteMetadata?.importedCss ?? []) {
        const asset = bundle[style];
        if (asset?.type === 'asset') files.set(style, asset.source);
      }
      for (const name of chunk.imports) {
        const next = bundle[name];
        if (next?.type === 'chunk') add(next);
      }
    };
    for (const name of [entry, ...openedFirst]) {
      const chunk = find(name);
      if (!chunk) throw new Error(`the first load is not known: there is no chunk of ${name}`);
      add(chunk);
    }
    const html = readFileSync(join(dir, entry));
    const sizes = [[entry, gzipSync(html).length] as const, ...[...files].map(([name, code]) => [name, gzipSync(code, { level: 9 }).length] as const)];
    const total = sizes.reduce((sum, [, size]) => sum + size, 0);
    const all = Object.values(bundle).reduce((sum, file) => sum + gzipSync(file.type === 'chunk' ? file.code : file.source).length, 0);
    for (const [name, size] of sizes.sort((a, b) => b[1] - a[1])) this.info(`${kilobytes(size).padStart(9)}  ${name}`);
    this.info(`first load ${kilobytes(total)} of ${kilobytes(limit)}, everything ${kilobytes(all)} of ${kilobytes(limitOfAll)}, compressed`);
    if (total > limit) this.error(`the first load is ${kilobytes(total - limit)} more than the limit`);
    if (all > limitOfAll) this.error(`all files together are ${kilobytes(all - limitOfAll)} more than the limit`);
  },
};
