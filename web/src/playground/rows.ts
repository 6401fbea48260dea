/** A value of JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A list of an answer, as rows: the same ones, under the same names, as an export has. */
export interface Rows {
  /** Where it stands in the data: "patients". */
  path: string;
  /** Its items as they came. */
  items: Json[];
  /** Names of fields, dotted where they are nested: "practitioner.displayName". */
  columns: string[];
  /** Values by the places of the columns. Lists within an item stay lists. */
  cells: Json[][];
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The items of a connection or a list; null of anything else. */
function itemsOf(value: Json): Json[] | null {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return null;
  if (Array.isArray(value.nodes)) return value.nodes;
  const { edges } = value;
  return Array.isArray(edges) ? edges.map((edge) => (isObject(edge) && 'node' in edge ? (edge.node ?? null) : edge)) : null;
}

/** The outermost lists of an answer's data, in its order. Lists within lists are in their cells. */
export function listsOf(data: unknown): Rows[] {
  const found: Rows[] = [];
  const visit = (value: Json, path: string[]) => {
    const items = itemsOf(value);
    if (items) found.push(rowsOf(path.join('.'), items));
    else if (isObject(value)) for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
  };
  visit((data ?? null) as Json, []);
  return found;
}

/** What columns there are: a name with what is below it, in the order in which they came. */
type Tree = Map<string, Tree>;

function grow(tree: Tree, item: JsonObject) {
  for (const [key, value] of Object.entries(item)) {
    let below = tree.get(key);
    if (!below) tree.set(key, (below = new Map()));
    if (isObject(value)) grow(below, value);
  }
}

/** The columns below a name. An object that is missing in some rows has those that it has in others. */
function leaves(tree: Tree, path: string[] = []): string[][] {
  return [...tree].flatMap(([key, below]) => (below.size > 0 ? leaves(below, [...path, key]) : [[...path, key]]));
}

function at(item: Json, path: string[]): Json {
  let value: Json = item;
  for (const key of path) value = isObject(value) ? (value[key] ?? null) : null;
  return value;
}

function rowsOf(path: string, items: Json[]): Rows {
  if (!items.some(isObject)) return { path, items, columns: [path.split('.').at(-1) ?? ''], cells: items.map((item) => [item]) };
  const tree: Tree = new Map();
  for (const item of items) if (isObject(item)) grow(tree, item);
  const paths = leaves(tree);
  return { path, items, columns: paths.map((keys) => keys.join('.')), cells: items.map((item) => paths.map((keys) => at(item, keys))) };
}

/** Whether an item is a cell of a statistic that has too few patients to be shown. */
export function isSuppressed(item: Json | undefined): boolean {
  return isObject(item) && item.isSuppressed === true;
}

/** Whether a column is a measure, which a suppressed cell does not tell. */
export function isMeasure(column: string): boolean {
  return column !== 'isSuppressed' && column !== 'key' && !column.startsWith('key.');
}

/** The order of two values in a column: numbers by size, texts by the alphabet, and nothing last. */
export function compare(a: Json, b: Json, collator: Intl.Collator): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(textOf(a), textOf(b));
}

/** A value as the text of a cell. */
export function textOf(value: Json): string {
  return value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
