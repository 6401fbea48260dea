import { expect, test } from 'vitest';
import { noFilters, whereOf } from './appointment-filters';

const today = '2026-11-22';
const where = (change: Partial<typeof noFilters>) => whereOf({ ...noFilters, ...change }, today, 'Asia/Tbilisi');

test('without filters what is to come is listed, from the clinic\'s midnight on', () => {
  expect(where({})).toEqual({ startsAt: { gte: '2026-11-21T20:00:00.000Z' } });
});

test('a day is whole, and the last of a range belongs to it', () => {
  expect(where({ when: 'today' })).toEqual({ startsAt: { gte: '2026-11-21T20:00:00.000Z', lt: '2026-11-22T20:00:00.000Z' } });
  expect(where({ when: 'between', from: '1.3', until: '2.3.2026' })).toEqual({
    startsAt: { gte: '2026-02-28T20:00:00.000Z', lt: '2026-03-02T20:00:00.000Z' },
  });
});

test('half a date does not narrow', () => {
  expect(where({ when: 'between', from: '1.', until: '31.2' })).toEqual({ startsAt: { gte: '2025-12-31T20:00:00.000Z' } });
  expect(where({ when: 'between' })).toEqual({});
});

test('status and practitioner narrow too', () => {
  expect(where({ when: 'past', status: 'NO_SHOW', practitioner: { id: 'one', displayName: 'Dr. Nino Beridze', specialty: null } })).toEqual({
    startsAt: { lt: '2026-11-21T20:00:00.000Z' },
    status: { eq: 'NO_SHOW' },
    practitionerId: { eq: 'one' },
  });
});
