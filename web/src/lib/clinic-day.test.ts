import { expect, test } from 'vitest';
import { addDays, startOfDay } from './clinic-day';

test('a day begins at the midnight of the clinic', () => {
  expect(startOfDay('2026-11-22', 'Asia/Tbilisi')).toBe('2026-11-21T20:00:00.000Z');
  expect(startOfDay('2026-11-22', 'UTC')).toBe('2026-11-22T00:00:00.000Z');
});

test('also on the days on which the clocks change', () => {
  expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
  expect(startOfDay('2026-03-30', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z');
  expect(startOfDay('2026-11-01', 'America/New_York')).toBe('2026-11-01T04:00:00.000Z');
  expect(startOfDay('2026-11-02', 'America/New_York')).toBe('2026-11-02T05:00:00.000Z');
});

test('days are counted over the ends of months', () => {
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
});
