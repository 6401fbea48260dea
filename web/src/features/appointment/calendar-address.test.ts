import { expect, test } from 'vitest';
import { mondayOf, readAddress, weekDays, writeAddress } from './calendar-address';

const today = '2026-11-22';
const nino = '018cc370-d950-7597-a4fa-b01aced8cb02';
const zurab = '018cc370-d180-7358-8cf4-0e0794933f02';

test('an address is read as it was written', () => {
  for (const address of [
    { date: today, view: 'day', practitionerIds: [] },
    { date: '2026-08-12', view: 'week', practitionerIds: [nino] },
    { date: '2028-02-29', view: 'list', practitionerIds: [zurab, nino] },
  ] as const) {
    const written = writeAddress(address, today);
    expect(readAddress(written.slice(1), today), written).toEqual(address);
  }
  expect(writeAddress({ date: today, view: 'day', practitionerIds: [] }, today)).toBe('/');
});

test('what makes no sense is today, the day and everybody', () => {
  const plain = { date: today, view: 'day', practitionerIds: [] };
  for (const search of ['', '?date=2026-02-30', '?date=2026-13-01', '?date=yesterday', '?view=year', '?with=nobody,,1']) {
    expect(readAddress(search, today), search).toEqual(plain);
  }
});

test('a week goes from Monday to Sunday, over the ends of months and years', () => {
  expect(mondayOf('2026-11-22')).toBe('2026-11-16');
  expect(mondayOf('2026-11-23')).toBe('2026-11-23');
  expect(weekDays('2027-01-01')).toEqual(['2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03']);
});
