import { expect, test } from 'vitest';
import { startOfDay } from '../../lib/clinic-day';
import { dayOfWeek, gaps, hoursAround, lanesOf, lengthOf, minuteOf, singleDay, snap, spanWithin } from './grid';

const day = (date: string, next: string, zone: string, of = singleDay) => of(startOfDay(date, zone), startOfDay(next, zone));
const tbilisi = day('2026-11-23', '2026-11-24', 'Asia/Tbilisi');

test('a visit stands at the minute of the clinic’s day', () => {
  expect(spanWithin(tbilisi, { startsAt: '2026-11-23T05:00:00Z', endsAt: '2026-11-23T05:30:00Z' })).toEqual({ from: 540, to: 570 });
});

test('what reaches over midnight is cut there, and what lies outside is not there', () => {
  expect(spanWithin(tbilisi, { startsAt: '2026-11-22T19:00:00Z', endsAt: '2026-11-22T21:00:00Z' })).toEqual({ from: 0, to: 60 });
  expect(spanWithin(tbilisi, { startsAt: '2026-11-23T19:00:00Z', endsAt: '2026-11-23T21:00:00Z' })).toEqual({ from: 1380, to: 1440 });
  expect(spanWithin(tbilisi, { startsAt: '2026-11-22T18:00:00Z', endsAt: '2026-11-22T20:00:00Z' })).toBeNull();
});

const summer = ['2026-03-29', '2026-03-30', 'Europe/Berlin'] as const;
const winter = ['2026-10-25', '2026-10-26', 'Europe/Berlin'] as const;

test('a day on which the clocks change is as long as it is, and every instant has its place', () => {
  expect(lengthOf(day(...summer))).toBe(23 * 60);
  expect(lengthOf(day(...winter))).toBe(25 * 60);
  // Both are half past two on the clock.
  expect(minuteOf(day(...winter), Date.parse('2026-10-25T00:30:00Z'))).toBe(150);
  expect(minuteOf(day(...winter), Date.parse('2026-10-25T01:30:00Z'))).toBe(210);
});

test('in a week nine o’clock stands at nine on each of its days', () => {
  for (const [days, nine] of [
    [summer, '2026-03-29T07:00:00Z'],
    [winter, '2026-10-25T08:00:00Z'],
    [['2026-10-26', '2026-10-27', 'Europe/Berlin'], '2026-10-26T08:00:00Z'],
  ] as const) {
    const [date, next, zone] = days;
    expect(minuteOf(day(date, next, zone, dayOfWeek), Date.parse(nine)), date).toBe(540);
  }
});

test('what is not work is closed', () => {
  expect(gaps([{ from: 840, to: 1020 }, { from: 540, to: 780 }], { from: 480, to: 1080 })).toEqual([
    { from: 480, to: 540 },
    { from: 780, to: 840 },
    { from: 1020, to: 1080 },
  ]);
  expect(gaps([], { from: 480, to: 1080 })).toEqual([{ from: 480, to: 1080 }]);
  expect(gaps([{ from: 0, to: 1440 }], { from: 480, to: 1080 })).toEqual([]);
  expect(gaps([{ from: 500, to: 700 }, { from: 520, to: 600 }], { from: 480, to: 720 })).toEqual([
    { from: 480, to: 500 },
    { from: 700, to: 720 },
  ]);
});

test('the hours that are shown hold everything', () => {
  expect(hoursAround([])).toEqual({ from: 480, to: 1080 });
  expect(hoursAround([{ from: 545, to: 1021 }])).toEqual({ from: 540, to: 1080 });
  expect(hoursAround([{ from: 600, to: 660 }])).toEqual({ from: 600, to: 1080 });
  expect(hoursAround([{ from: 1380, to: 1435 }])).toEqual({ from: 960, to: 1440 });
  expect(hoursAround([{ from: 1400, to: 1500 }], 1500)).toEqual({ from: 1020, to: 1500 });
});

test('what overlaps stands side by side', () => {
  const spans = [
    { from: 540, to: 600 },
    { from: 570, to: 630 },
    { from: 600, to: 660 },
    { from: 660, to: 690 },
  ];
  expect(lanesOf(spans)).toEqual([
    { lane: 0, lanes: 2 },
    { lane: 1, lanes: 2 },
    { lane: 0, lanes: 2 },
    { lane: 0, lanes: 1 },
  ]);
});

test('what is too short to be read gets room, beside what follows', () => {
  expect(lanesOf([{ from: 540, to: 545 }, { from: 545, to: 575 }])).toEqual([
    { lane: 0, lanes: 2 },
    { lane: 1, lanes: 2 },
  ]);
  expect(lanesOf([{ from: 540, to: 555 }, { from: 555, to: 570 }])).toEqual([
    { lane: 0, lanes: 1 },
    { lane: 0, lanes: 1 },
  ]);
});

test('what is dragged begins at a quarter of an hour, or when it did', () => {
  expect([601, 607, 608, 622].map((at) => snap(at, 540))).toEqual([600, 600, 615, 615]);
  expect([611, 616, 620, 624, 629].map((at) => snap(at, 620))).toEqual([615, 615, 620, 620, 630]);
});
