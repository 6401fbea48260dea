import { expect, test } from 'vitest';
import { durationOf, minutesOf } from './duration';

test.each([
  ['PT20M', 20],
  ['PT1H30M', 90],
  ['PT2H', 120],
  ['P1D', 1440],
  ['PT0S', 0],
])('%s is %i minutes', (duration, minutes) => {
  expect(minutesOf(duration)).toBe(minutes);
});

test('minutes come back as they went', () => {
  expect(minutesOf(durationOf(45))).toBe(45);
});
