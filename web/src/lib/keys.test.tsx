import { cleanup, render } from '@testing-library/react';
import { useLayoutEffect } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { KeysProvider, keyOf, useKeys } from './keys';

afterEach(cleanup);

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

function Button({ run }: { run: () => void }) {
  useKeys([{ key: 'c', label: 'Check in', run }]);
  return <p>Check in</p>;
}

/** Presses the key as soon as its words are on the screen, before any effect that waits for a paint. */
function Hasty() {
  useLayoutEffect(() => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'c', code: 'KeyC', bubbles: true, cancelable: true }));
  }, []);
  return null;
}

test('a key acts from the moment on that its words are on the screen', () => {
  const run = vi.fn();
  const page = (isThere: boolean) => (
    <KeysProvider hasLetters>
      {isThere && <Button run={run} />}
      {isThere && <Hasty />}
    </KeysProvider>
  );
  const { rerender } = render(page(false));
  rerender(page(true));
  expect(run).toHaveBeenCalledTimes(1);
});
