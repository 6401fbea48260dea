import { expect, test } from 'vitest';
import { type TextPart, textChanges } from './text-changes';

const told = (before: string, after: string) =>
  textChanges(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `[+${text}+]` : `[-${text}-]`))
    .join('');

test.each([
  ['Ramipril 5 mg, 30 tablets', 'Ramipril 5 mg, 60 tablets', 'Ramipril 5 mg, [-30-][+60+] tablets'],
  ['', 'New', '[+New+]'],
  ['Old', '', '[-Old-]'],
  ['one two three', 'one three', 'one [-two -]three'],
  ['one three', 'one two three', 'one [+two +]three'],
  ['go home now', 'stay in bed now', '[-go home-][+stay in bed+] now'],
  ['მაღალი წნევა', 'დაბალი წნევა', '[-მაღალი-][+დაბალი+] წნევა'],
  ['a\nb', 'a\nb\nc', 'a\nb[+\nc+]'],
  ['the same', 'the same', 'the same'],
])('%j → %j', (before, after, words) => expect(told(before, after)).toBe(words));

const without = (parts: TextPart[], kind: TextPart['kind']) => parts.filter((part) => part.kind !== kind).map(({ text }) => text).join('');

test('what stayed between two changes is told as that', () => {
  expect(told('was go home soon', 'is better to go home later')).toBe('[-was -][+is better to +]go home [-soon-][+later+]');
});

test('whatever is told, the text before and the text after are whole in it', () => {
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const text = () => Array.from({ length: next(12) }, () => ['a', 'bb', 'ccc', ' ', '\n', '  '][next(6)]).join('');
  for (let i = 0; i < 500; i++) {
    const [before, after] = [text(), text()];
    const parts = textChanges(before, after);
    expect([without(parts, 'added'), without(parts, 'removed')]).toEqual([before, after]);
  }
});

test('long texts that have nothing in common are told as one change, at once', () => {
  const [before, after] = ['x '.repeat(3_000), 'y '.repeat(3_000)];
  const parts = textChanges(before, after);
  expect(parts.filter(({ kind }) => kind === 'removed')).toHaveLength(1);
  expect([without(parts, 'added'), without(parts, 'removed')]).toEqual([before, after]);
});
