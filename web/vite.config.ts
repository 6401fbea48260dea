import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { firstLoad } from './first-load.ts';

// `npm run dev` serves the pages and leaves everything else to a server that runs beside it.
const api = process.env.CLINICQL_URL ?? 'http://localhost:8080';

// Scripts, styles, the icons of the editor and the licenses are kept compressed only: they are
// most of what the binary holds of the pages.
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir = 'dist' }, bundle) {
    for (const name of Object.keys(bundle)) {
      const file = join(dir, name);
      if (!/\.(js|css|ttf|md)$/.test(name)) continue;
      const plain = readFileSync(file);
      if (plain.length < 4 * 1024) continue;
      writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
      rmSync(file);
    }
  },
};

// Components of react-aria carry their few words in thirty languages. What we show is in our own locales; English stays
// for what only a screen reader is told.
const fewerWords: Plugin = {
  name: 'fewer-words',
  apply: 'build',
  enforce: 'pre',
  load(id) {
    const isAnother = /react-(aria|stately)[^/]*\/.*\/intl\/.*\/[a-z]{2}-[A-Z]{2}\.(js|mjs)$/.test(id) && !id.includes('en-US');
    return isAnother ? 'export default {};' : null;
  },
};

// GraphiQL's styles hold the fonts of its own look, which ours takes the place of, and once more the icons that its editor loads.
const fewerFonts: Plugin = {
  name: 'fewer-fonts',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    if (!/graphiql\/dist\/style\.css$/.test(id)) return null;
    const kept = code.replace(/@font-face\s*\{[^}]*font-family:\s*["']?(Roboto|codicon)\b[^}]*\}/g, '');
    if (kept === code) this.error('there are no fonts in the styles of GraphiQL any more that could be left out');
    return kept;
  },
};

export default defineConfig({
  plugins: [react(), tailwind(), fewerWords, fewerFonts, compressed, firstLoad],
  server: {
    proxy: {
      '/graphql': { target: api, ws: true },
      '/export': api,
      '/schema.graphql': api,
      '/health': api,
    },
  },
  // The optimizer cannot read the addresses of workers in it, and ended the server over them.
  optimizeDeps: { exclude: ['@graphiql/react/setup-workers/vite'] },
  build: {
    // An inlined asset is a data: address, which the pages' Content-Security-Policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.md' },
    // The editor of the playground is one large library, and only that page loads it.
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      input: ['index.html', 'password-link.html', 'playground.html', 'set-up.html', 'sign-in.html'],
      // Libraries that the React compiler wrote mark modules for it; a bundle needs no such marks.
      onLog: (level, log, report) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
  worker: { format: 'es' },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['src/test-setup.ts'], testTimeout: 60_000 },
});
