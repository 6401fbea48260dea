import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { StartPage } from './start-page';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** A server with this readiness, on which this viewer is signed in. */
function serving(status: number, viewer: object | null) {
  vi.stubGlobal('fetch', async (path: string) =>
    path === '/graphql'
      ? new Response(JSON.stringify({ data: { viewer } }))
      : new Response('{}', { status }),
  );
}

describe('StartPage', () => {
  it('leads to every way in', () => {
    vi.stubGlobal('fetch', () => new Promise(() => {}));
    render(<StartPage />);
    const paths = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
    expect(paths).toEqual(['/', '/playground', '/graphql', '/schema.graphql', '/health', '/licenses']);
  });

  it.each([
    [200, 'Ready'],
    [503, 'Not ready: starting or stopping'],
  ])('says after %i: %s', async (status, words) => {
    serving(status, null);
    render(<StartPage />);
    expect(await screen.findByText(words)).toBe(screen.getByRole('status'));
  });

  it('leads who is not signed in to where one does so', async () => {
    serving(200, null);
    render(<StartPage />);
    const link = await screen.findByRole('link', { name: 'Sign in' });
    expect(link.getAttribute('href')).toBe('/sign-in?next=/');
  });

  it('says who is signed in, with the way out', async () => {
    serving(200, { displayName: 'Nino Beridze', role: 'DOCTOR' });
    render(<StartPage />);
    const box = await screen.findByRole('region', { name: 'Signed in' });
    expect(box.textContent).toBe('Nino BeridzeDoctorSign out');
    expect(screen.queryByRole('link', { name: 'Sign in' })).toBeNull();
  });
});
