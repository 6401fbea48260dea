import { afterEach, expect, test } from 'vitest';
import { noteServerTime, now } from './clock';

afterEach(() => noteServerTime(new Date().toUTCString()));

test('a clock that is wrong here is put right by the server', () => {
  const here = Date.now();
  noteServerTime(new Date(here + 600_000).toUTCString(), here);
  expect(Math.abs(now() - Date.now() - 600_000)).toBeLessThan(1_500);
});

test('whole seconds and an answer without a time change nothing', () => {
  const here = Date.now();
  noteServerTime(new Date(here - 2_000).toUTCString(), here);
  noteServerTime(null);
  noteServerTime('soon');
  expect(Math.abs(now() - Date.now())).toBeLessThan(50);
});
