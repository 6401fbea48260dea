import { expect, test } from 'vitest';
import { readTypedDay, readTypedTime } from './typed-day';

test.each([
  ['23-11-2026', '2026-11-23'],
  ['2026-11-23', '2026-11-23'],
  ['23.11', '2026-11-23'],
  ['23.11.', '2026-11-23'],
  ['22.11', '2026-11-22'],
  ['1/2', '2027-02-01'],
  ['29.2', '2028-02-29'],
  ['23', '2026-11-23'],
  ['21', '2026-12-21'],
  ['31', '2026-12-31'],
  ['31.11', null],
  ['32', null],
  ['11.2026', null],
  ['2026', null],
  ['', null],
  ['tomorrow', null],
])('%s is %s', (typed, day) => {
  expect(readTypedDay(typed, '2026-11-22')).toBe(day);
});

test.each([
  ['9', '09:00'],
  ['930', '09:30'],
  ['0930', '09:30'],
  ['9:30', '09:30'],
  ['9.30', '09:30'],
  ['14 20', '14:20'],
  ['24', null],
  ['9:60', null],
  ['9:3', null],
  ['', null],
])('at %s is %s', (typed, time) => {
  expect(readTypedTime(typed)).toBe(time);
});
