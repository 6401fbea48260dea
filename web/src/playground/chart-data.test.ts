import { describe, expect, it } from 'vitest';
import { chartOf, isLine, measuresOf, minutesIn, ticks } from './chart-data';
import { type Json, listsOf, type Rows } from './rows';

/** Cells of a statistic as the API answers them. */
export function stats(nodes: Json[]): Rows {
  const [rows] = listsOf({ appointmentStats: { nodes } });
  if (!rows) throw new Error('no list');
  return rows;
}

const byWeek = stats([
  { key: { weekOn: '2026-03-09', weekday: null }, isSuppressed: false, count: 40, noShowRate: 0.1, waitMedian: 'PT12M' },
  { key: { weekOn: '2026-03-02', weekday: null }, isSuppressed: true, count: null, noShowRate: null, waitMedian: null },
  { key: { weekOn: '2026-03-16', weekday: null }, isSuppressed: false, count: 12, noShowRate: null, waitMedian: null },
]);

describe('chartOf', () => {
  it('lays time along the axis in its order, and neither takes what is hidden nor what is not told for zero', () => {
    const chart = chartOf(byWeek, 'noShowRate');
    expect(chart?.group).toBe('weekOn');
    expect(chart?.categories.map(({ id }) => id)).toEqual(['2026-03-02', '2026-03-09', '2026-03-16']);
    expect(chart?.series).toEqual([{ values: [], points: ['hidden', { value: 0.1 }, 'none'] }]);
    expect(chart?.hidden).toBe(1);
    expect(chart && isLine(chart)).toBe(true);
  });

  it('makes a series for each value of another group, by the name of who it is', () => {
    const chart = chartOf(
      stats([
        { key: { practitioner: { id: '1', displayName: 'Nino Beridze' }, monthOn: '2026-01-01' }, isSuppressed: false, count: 1 },
        { key: { practitioner: { id: '2', displayName: 'Giorgi Kapanadze' }, monthOn: '2026-02-01' }, isSuppressed: false, count: 2 },
      ]),
      'count',
    );
    expect(chart?.seriesGroups).toEqual(['practitioner']);
    expect(chart?.series).toEqual([
      { values: ['Nino Beridze'], points: [{ value: 1 }, 'none'] },
      { values: ['Giorgi Kapanadze'], points: ['none', { value: 2 }] },
    ]);
  });

  it('keeps the values of a series apart, whatever they are', () => {
    const cells = ['A · B', 'A'].map((displayName) => ({ key: { monthOn: '2026-01-01', practitioner: { displayName }, sex: 'FEMALE' }, isSuppressed: false, count: 1 }));
    expect(chartOf(stats(cells), 'count')?.series.map(({ values }) => values)).toEqual([['A · B', 'FEMALE'], ['A', 'FEMALE']]);
  });

  it('takes a label for the one that it names', () => {
    const cells = ['Practitioner 1', 'Practitioner 2'].map((label) => ({ key: { practitioner: { id: `id of ${label}` }, practitionerLabel: label }, isSuppressed: false, count: 1 }));
    expect(chartOf(stats(cells), 'count')).toMatchObject({ group: 'practitioner', seriesGroups: [], categories: [{ id: 'Practitioner 1' }, { id: 'Practitioner 2' }] });
  });

  it('puts weekdays in the order of the week, as bars', () => {
    const day = (weekday: string) => ({ key: { weekday }, isSuppressed: false, count: 1 });
    const chart = chartOf(stats([day('SUNDAY'), day('MONDAY'), day('FRIDAY')]), 'count');
    expect(chart?.categories.map(({ id }) => id)).toEqual(['MONDAY', 'FRIDAY', 'SUNDAY']);
    expect(chart && isLine(chart)).toBe(false);
  });

  it('says how many series are not drawn', () => {
    const cells = Array.from({ length: 9 }, (_, at) => ({ key: { weekday: 'MONDAY', region: `0${at}` }, isSuppressed: false, count: at }));
    expect(chartOf(stats(cells), 'count')).toMatchObject({ left: 3, series: { length: 6 } });
  });

  it('is none of a list that is no statistic', () => {
    expect(chartOf(stats([{ id: 'a', age: 3 }]), 'age')).toBeNull();
  });
});

describe('measuresOf', () => {
  it('are numbers and durations, not the key', () => {
    expect(measuresOf(byWeek)).toEqual(['count', 'noShowRate', 'waitMedian']);
    expect(measuresOf(stats([{ key: { hour: 9 }, isSuppressed: true, count: null }]))).toEqual([]);
  });
});

describe('minutesIn', () => {
  it('reads durations and nothing else', () => {
    expect(minutesIn('P2DT3H30M')).toBe(3090);
    expect(minutesIn('PT90S')).toBe(1.5);
    for (const text of ['P', 'PT', 'Peter', '']) expect(minutesIn(text)).toBeUndefined();
  });
});

describe('ticks', () => {
  it('are round and reach the greatest', () => {
    expect(ticks(0.142)).toEqual([0, 0.05, 0.1, 0.15]);
    expect(ticks(4388)).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
    expect(ticks(0)).toEqual([0, 1]);
  });
});
