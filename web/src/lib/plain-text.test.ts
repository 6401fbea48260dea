import { expect, test } from 'vitest';
import { withoutControls } from './plain-text';

test('what cannot be seen is left out, and nothing else', () => {
  expect(withoutControls('Knee\u0000 hurts\u0007\ton\r\nstairs\u0085\ufffd, გულის შემოწმება 😀')).toBe('Knee hurts\ton\nstairs, გულის შემოწმება 😀');
});
