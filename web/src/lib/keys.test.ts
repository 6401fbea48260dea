import { expect, test } from 'vitest';
import { keyOf } from './keys';

const press = (key: string, code: string, held: Partial<KeyboardEvent> = {}) =>
  keyOf({ key, code, ctrlKey: false, metaKey: false, altKey: false, ...held });

test('a letter is the same in capitals, and where Georgian is written', () => {
  expect(press('n', 'KeyN')).toBe('n');
  expect(press('N', 'KeyN')).toBe('n');
  expect(press('ნ', 'KeyN')).toBe('n');
  expect(press('კ', 'KeyK', { ctrlKey: true })).toBe('mod+k');
});

test('a letter of another Latin keyboard is what is printed on it', () => {
  expect(press('z', 'KeyY', { ctrlKey: true })).toBe('mod+z');
});

test('signs and named keys are themselves', () => {
  expect(press('?', 'Slash')).toBe('?');
  expect(press('ArrowLeft', 'ArrowLeft')).toBe('ArrowLeft');
  expect(press('k', 'KeyK', { altKey: true })).toBe('alt+k');
});
