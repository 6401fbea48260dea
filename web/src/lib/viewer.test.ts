import { afterEach, describe, expect, it, vi } from 'vitest';
import { signOut } from './viewer';

afterEach(() => vi.unstubAllGlobals());

describe('signOut', () => {
  it('is content when nobody is signed in any more', async () => {
    const refusal = { errors: [{ message: 'sign in first', extensions: { code: 'UNAUTHENTICATED' } }] };
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(refusal), { status: 401 }));
    await expect(signOut()).resolves.toBeUndefined();
  });

  it('is not when the server does not answer', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));
    await expect(signOut()).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });
});
