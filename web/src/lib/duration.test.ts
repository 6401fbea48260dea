import { expect, test } from 'vitest';
import { durationOf, minutesOf } from './duration';

test.each([
  ['PT20M', 20],
  ['PT1H30M', 90],
  ['PT336H', 20_160],
  ['P1D', 1440],
  ['PT0S', 0],
])('%s has %i minutes', (duration, minutes) => expect(minutesOf(duration)).toBe(minutes));

test('a length is written in minutes', () => expect(durationOf(90)).toBe('PT90M'));
