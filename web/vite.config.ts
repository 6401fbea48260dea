import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// `npm run dev` serves the pages and leaves everything else to a server that runs beside it.
const api = process.env.CLINICQL_URL ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  server: {
    proxy: {
      '/graphql': { target: api, ws: true },
      '/schema.graphql': api,
      '/health': api,
    },
  },
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
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'] },
});
