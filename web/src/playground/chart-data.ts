import { isMeasure, isSuppressed, type Json, type Rows, textOf } from './rows';

/** One place of a chart: a value, nothing to tell, or a cell that is hidden. */
export type Point = { value: number } | 'none' | 'hidden';

export interface Category {
  /** What it is of, as the API says it: "2026-03-02", "MONDAY". */
  id: string;
  /** Days since 1970 of a day; undefined of what is no time. */
  day: number | undefined;
}

export interface Series {
  /** What it is of, by the groups that tell series apart: none of the only one. */
  values: string[];
  /** By the places of the categories. */
  points: Point[];
}

export interface ChartData {
  /** The group along the axis: "weekOn". */
  group: string;
  /** The groups that tell the series apart. */
  seriesGroups: string[];
  categories: Category[];
  series: Series[];
  /** How many series there are that are not drawn. */
  left: number;
  hidden: number;
}

/** More could not be told apart. */
const mostSeries = 6;

export const weekdays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/** Minutes of a duration of ISO 8601, "P2DT3H30M"; undefined of anything else. */
export function minutesIn(text: string): number | undefined {
  const match = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (!match) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return weeks * 10_080 + days * 1_440 + hours * 60 + minutes + seconds / 60;
}

/** A measure as a number: durations in minutes. */
function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? minutesIn(value) : undefined;
}

/** The columns of measures that a chart can show: all their values are numbers or durations, or not told. */
export function measuresOf({ columns, cells }: Rows): string[] {
  return columns.filter((column, at) => {
    const values = cells.map((row) => row[at] ?? null).filter((value) => value !== null);
    return isMeasure(column) && values.length > 0 && values.every((value) => numberOf(value) !== undefined);
  });
}

/** Whether a measure is a duration, and so in minutes. */
export function isDuration(rows: Rows, measure: string): boolean {
  const at = rows.columns.indexOf(measure);
  return rows.cells.some((row) => typeof row[at] === 'string');
}

/** Whether a measure is a share, 0 to 1. */
export const isShare = (measure: string) => /(rate|share|utilisation)$/i.test(measure);

/** The group that a column of the key belongs to, with the column that names it best. */
function groupsOf({ columns, cells }: Rows): Map<string, number> {
  const groups = new Map<string, number>();
  columns.forEach((column, at) => {
    if (!column.startsWith('key.') || cells.every((row) => row[at] === null)) return;
    const [, field = '', ...rest] = column.split('.');
    // A practitioner can be asked for by a label too, which is all that analysts are told.
    const group = field.replace(/Label$/, '');
    const isName = group !== field || /^(displayName|name|title|label)$/.test(rest.at(-1) ?? '');
    if (!groups.has(group) || isName) groups.set(group, at);
  });
  return groups;
}

const dayIn = (text: string) => (/^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00Z`) / 86_400_000 : undefined);
const isTime = (group: string) => group.endsWith('On') || group === 'hour';

/** The order of the places on an axis that have one; others stay as the answer has them. */
function inOrder(group: string, ids: string[]): string[] {
  if (group.endsWith('On') || group === 'ageBand') return ids.sort((a, b) => Number(a === '') - Number(b === '') || (a < b ? -1 : 1));
  if (group === 'hour') return ids.sort((a, b) => Number(a) - Number(b));
  return group === 'weekday' ? ids.sort((a, b) => weekdays.indexOf(a) - weekdays.indexOf(b)) : ids;
}

/** Whether the cells of an answer are those of a statistic: each has a key. */
export function isBucketed(rows: Rows): boolean {
  return rows.items.length > 0 && rows.items.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item) && 'key' in item);
}

/**
 * What a chart of one measure shows: a group of time, or else the first, along the axis, and a series for each value of the
 * others. Null when there is nothing to lay along an axis.
 */
export function chartOf(rows: Rows, measure: string): ChartData | null {
  if (!isBucketed(rows)) return null;
  const groups = groupsOf(rows);
  const names = [...groups.keys()];
  const group = names.find(isTime) ?? names[0];
  const column = rows.columns.indexOf(measure);
  if (!group || column < 0) return null;
  const seriesGroups = names.filter((name) => name !== group);
  const value = (row: Json[], name: string) => textOf(row[groups.get(name) ?? -1] ?? null);

  const places = new Map<string, { values: string[]; points: Map<string, Point> }>();
  const ids = new Set<string>();
  let hidden = 0;
  rows.cells.forEach((row, at) => {
    const id = value(row, group);
    const values = seriesGroups.map((name) => value(row, name));
    const number = numberOf(row[column]);
    const point: Point = isSuppressed(rows.items[at]) ? 'hidden' : number === undefined ? 'none' : { value: number };
    if (point === 'hidden') hidden++;
    ids.add(id);
    const series = JSON.stringify(values);
    const own = places.get(series) ?? { values, points: new Map<string, Point>() };
    own.points.set(id, point);
    places.set(series, own);
  });

  const categories = inOrder(group, [...ids]).map((id) => ({ id, day: group.endsWith('On') ? dayIn(id) : undefined }));
  const all = [...places.values()].map(({ values, points }) => ({ values, points: categories.map((category) => points.get(category.id) ?? 'none') }));
  return { group, seriesGroups, categories, series: all.slice(0, mostSeries), left: Math.max(all.length - mostSeries, 0), hidden };
}

/** Whether the places along the axis are in time, so that a line may lead from one to the next. */
export function isLine({ group, categories }: ChartData): boolean {
  return categories.length > 1 && (group === 'hour' || categories.every(({ day }) => day !== undefined));
}

/** Round steps from 0 to at least the greatest value: at most six of them. */
export function ticks(greatest: number): number[] {
  if (!(greatest > 0)) return [0, 1];
  const rough = greatest / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  return Array.from({ length: Math.ceil(greatest / step - 1e-9) + 1 }, (_, at) => Number((at * step).toPrecision(12)));
}
