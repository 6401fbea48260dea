import type { Json, JsonObject } from './rows';

/** The object that stands in the variables' editor, {} when it is empty; null when it is none. */
export function valuesIn(text: string): JsonObject | null {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

/** The values of variables as they stand in the editor: nothing when there are none. */
export function valuesText(values: JsonObject): string {
  return Object.keys(values).length > 0 ? JSON.stringify(values, null, 2) : '';
}

const sorted = (_key: string, value: Json) => (typeof value === 'object' && value && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value);

/** Whether two objects hold the same, in whatever order. */
export function areSame(a: JsonObject | null, b: JsonObject): boolean {
  return JSON.stringify(a, sorted) === JSON.stringify(b, sorted);
}
