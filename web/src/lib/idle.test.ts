import { expect, test } from 'vitest';
import { idleAfter, lockAfter, tellEvery } from './idle';

const minute = 60_000;

test('the screen locks before the server ends the session, even when that is told a minute late', () => {
  for (const limit of [15 * minute, 7 * minute, 5 * minute, minute, 10_000]) {
    expect(lockAfter(limit) + tellEvery(limit)).toBeLessThan(limit);
  }
  expect(lockAfter(15 * minute)).toBe(13 * minute);
});

test.each([
  [0, { phase: 'here' }],
  [12 * minute - 1, { phase: 'here' }],
  [12 * minute, { phase: 'warned', secondsLeft: 60 }],
  [13 * minute - 500, { phase: 'warned', secondsLeft: 1 }],
  [13 * minute, { phase: 'away' }],
  [24 * 60 * minute, { phase: 'away' }],
])('after %i ms it is %o', (silence, idle) => expect(idleAfter(silence, 13 * minute)).toEqual(idle));

test('of a short limit the last third is warned', () => {
  expect(idleAfter(39_000, minute).phase).toBe('here');
  expect(idleAfter(40_000, minute)).toEqual({ phase: 'warned', secondsLeft: 20 });
});
