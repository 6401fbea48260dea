import { describe, expect, test } from 'vitest';
import type { AppointmentStatus } from '../../gql/appointment';
import { lawfulSteps } from './steps';

const startsAt = '2026-03-02T09:00:00Z';
const [before, after] = [Date.parse('2026-03-02T08:59:00Z'), Date.parse(startsAt)];
const names = (status: AppointmentStatus, now: number, may = (_: string) => true) => lawfulSteps({ status, startsAt }, now, may).map(({ name }) => name);

describe('the steps that are open', () => {
  test.each<[AppointmentStatus, string[]]>([
    ['REQUESTED', ['confirm', 'move', 'cancel']],
    ['BOOKED', ['checkIn', 'noShow', 'move', 'cancel']],
    ['CHECKED_IN', ['start', 'cancel']],
    ['IN_PROGRESS', ['finish']],
    ['COMPLETED', []],
    ['CANCELLED', []],
    ['NO_SHOW', []],
    ['ENTERED_IN_ERROR', []],
  ])('of a visit that is %s', (status, steps) => {
    expect(names(status, after)).toEqual(steps);
  });

  test('nobody is late before the start', () => {
    expect(names('BOOKED', before)).toEqual(['checkIn', 'move', 'cancel']);
  });

  test('what the role may not do is not offered', () => {
    expect(names('BOOKED', after, (mutation) => mutation !== 'cancelAppointment')).toEqual(['checkIn', 'noShow', 'move']);
    expect(names('BOOKED', after, () => false)).toEqual([]);
  });

  test('each has a key of its own', () => {
    for (const status of ['REQUESTED', 'BOOKED', 'CHECKED_IN', 'IN_PROGRESS'] as const) {
      const keys = lawfulSteps({ status, startsAt }, after, () => true).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});
