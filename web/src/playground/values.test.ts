import { expect, test } from 'vitest';
import { areSame, valuesIn, valuesText } from './values';

test('values are an object, or none at all', () => {
  expect(valuesIn(' ')).toEqual({});
  expect(valuesIn('{"n": 2}')).toEqual({ n: 2 });
  for (const text of ['{', '[1]', 'null', '"n"']) expect(valuesIn(text)).toBeNull();
});

test('values stand in the editor on lines of their own, and nothing when there are none', () => {
  expect(valuesText({ n: 2 })).toBe('{\n  "n": 2\n}');
  expect(valuesText({})).toBe('');
});

test('values are the same in whatever order and layout', () => {
  expect(areSame(valuesIn('{"b": {"d": [2, 1], "c": 1}, "a": null}'), { a: null, b: { c: 1, d: [2, 1] } })).toBe(true);
  expect(areSame({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
  expect(areSame(null, {})).toBe(false);
});
