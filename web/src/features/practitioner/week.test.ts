import { expect, test } from 'vitest';
import { clockOf, readClock } from './clock';
import { type Hours, laterStarts, nextSpan, type Week, weekdaysOf, weekOn, withWeek, workOf } from './week';

const today = '2026-11-23';
const hours: Hours = [
  { kind: 'WORK', weekday: 'MONDAY', startTime: '09:00', endTime: '18:00', startsOn: '2026-01-01', endsOn: null },
  { kind: 'BREAK', weekday: 'MONDAY', startTime: '13:00', endTime: '14:00', startsOn: '2026-01-01', endsOn: null },
  { kind: 'WORK', weekday: 'TUESDAY', startTime: '20:00', endTime: '08:00', startsOn: '2026-01-01', endsOn: null },
  { kind: 'WORK', weekday: 'FRIDAY', startTime: '10:00', endTime: '12:00', startsOn: '2020-01-01', endsOn: '2020-12-31' },
];
const planned = { kind: 'WORK', weekday: 'MONDAY', startTime: '12:00', endTime: '20:00', startsOn: '2027-01-01', endsOn: null } as const;
const change = (week: Week, monday: Week['MONDAY']): Week => ({ ...week, MONDAY: monday });

test.each([
  ['9', '09:00'],
  ['930', '09:30'],
  ['9.30', '09:30'],
  [' 18:05 ', '18:05'],
  ['0:00', '00:00'],
  ['24:00', null],
  ['9:60', null],
  ['nine', null],
  ['', null],
])('a time typed as "%s" is %s', (text, clock) => expect(readClock(text)).toBe(clock));

test('a clock goes round', () => {
  expect(clockOf(-15)).toBe('23:45');
  expect(clockOf(1450)).toBe('00:10');
});

test('a week has what holds on the day, by time', () => {
  const week = weekOn(hours, today);
  expect(week.MONDAY.map(({ from }) => from)).toEqual(['09:00', '13:00']);
  expect(week.FRIDAY).toEqual([]);
  expect(weekOn(hours, '2020-05-01').FRIDAY).toHaveLength(1);
});

test('a week that is not changed changes nothing', () => {
  expect(withWeek(hours, today, weekOn(hours, today))).toEqual(hours);
});

test('a change ends what was the day before, and begins on the day', () => {
  const sent = withWeek(hours, today, change(weekOn(hours, today), [{ kind: 'WORK', from: '8', to: '16.30' }]));
  expect(sent.filter(({ weekday }) => weekday === 'MONDAY')).toEqual([
    { ...hours[0], endsOn: '2026-11-22' },
    { ...hours[1], endsOn: '2026-11-22' },
    { kind: 'WORK', weekday: 'MONDAY', startTime: '08:00', endTime: '16:30', startsOn: today, endsOn: null },
  ]);
  expect(sent).toContainEqual(hours[3]);
});

test('what began on the same day is replaced', () => {
  const sent = withWeek(hours, '2026-01-01', change(weekOn(hours, '2026-01-01'), []));
  expect(sent.some(({ weekday }) => weekday === 'MONDAY')).toBe(false);
});

test('what is planned for later stays, and what is new ends before it', () => {
  const all = [...hours, planned];
  expect(laterStarts(all, today)).toEqual(['2027-01-01']);
  const sent = withWeek(all, today, change(weekOn(all, today), [{ kind: 'WORK', from: '08:00', to: '10:00' }]));
  expect(sent).toContainEqual(planned);
  expect(sent).toContainEqual({ kind: 'WORK', weekday: 'MONDAY', startTime: '08:00', endTime: '10:00', startsOn: today, endsOn: '2026-12-31' });
});

test('no more is sent than is taken: the oldest of the past goes', () => {
  const past = Array.from({ length: 50 }, (_, i) => ({ ...hours[3]!, startsOn: '2019-01-01', endsOn: `20${20 + (i % 5)}-01-0${1 + (i % 9)}` }));
  const sent = withWeek([...past, ...hours], today, weekOn(hours, today));
  expect(sent).toHaveLength(50);
  expect(sent).toContainEqual(hours[0]);
});

test('work is counted without breaks, and over midnight', () => {
  const week = weekOn(hours, today);
  expect(workOf(week.MONDAY)).toBe(480);
  expect(workOf(week.TUESDAY)).toBe(720);
  expect(workOf([{ kind: 'WORK', from: 'x', to: '10:00' }])).toBe(0);
});

test('a further span begins where there is room', () => {
  expect(nextSpan([], 'WORK')).toEqual({ kind: 'WORK', from: '09:00', to: '18:00' });
  expect(nextSpan([{ kind: 'WORK', from: '09:00', to: '13:00' }], 'WORK')).toEqual({ kind: 'WORK', from: '14:00', to: '18:00' });
});

test('a mistake leads to its day', () => {
  expect([...weekdaysOf(hours as never, [{ path: ['input', 'hours', 2] }, { path: ['input', 'expectedVersion'] }])]).toEqual(['TUESDAY']);
});
