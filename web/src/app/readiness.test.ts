import { afterEach, describe, expect, it, vi } from 'vitest';
import { askReadiness } from './readiness';

afterEach(() => vi.unstubAllGlobals());

describe('askReadiness', () => {
  it.each([
    [200, 'ready'],
    [503, 'unready'],
  ])('reads %i as %s', async (status, readiness) => {
    vi.stubGlobal('fetch', async () => new Response('{}', { status }));
    expect(await askReadiness()).toBe(readiness);
  });

  it('reads no answer as unreachable', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));
    expect(await askReadiness()).toBe('unreachable');
  });
});
