import { beforeEach, expect, test } from 'vitest';
import { keepLook, keptLook } from './look';

beforeEach(() => localStorage.clear());

test('each user has a look of their own, and who is not known has the last', () => {
  keepLook({ theme: 'dark', language: 'ka', hasLetterKeys: true }, 'user-1');
  keepLook({ theme: 'light', language: 'en', hasLetterKeys: false }, 'user-2');
  expect(keptLook('user-1')).toEqual({ theme: 'dark', language: 'ka', hasLetterKeys: true });
  expect(keptLook('user-2').hasLetterKeys).toBe(false);
  expect(keptLook()).toEqual({ theme: 'light', language: 'en', hasLetterKeys: true });
});

test('what stands there and is none of ours is passed over', () => {
  localStorage.setItem('clinicql.look', 'null');
  expect(keptLook().theme).toBe('system');
  localStorage.setItem('clinicql.look', '{"theme":"neon","language":"xx"}');
  expect(keptLook()).toEqual({ theme: 'system', language: 'en', hasLetterKeys: true });
});
