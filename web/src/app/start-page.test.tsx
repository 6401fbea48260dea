import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { StartPage } from './start-page';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('StartPage', () => {
  it('leads to every way in', () => {
    vi.stubGlobal('fetch', () => new Promise(() => {}));
    render(<StartPage />);
    const paths = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
    expect(paths).toEqual(['/playground', '/graphql', '/schema.graphql', '/health', '/licenses']);
  });

  it.each([
    [200, 'Ready'],
    [503, 'Not ready: starting or stopping'],
  ])('says after %i: %s', async (status, words) => {
    vi.stubGlobal('fetch', async () => new Response('{}', { status }));
    render(<StartPage />);
    expect(await screen.findByText(words)).toBe(screen.getByRole('status'));
  });
});
