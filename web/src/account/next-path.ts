const start = '/';

/**
 * Where to go after signing in: the `next` of a page's query, if that is a path of this server, else the start page.
 * The browser's own reading of an address decides, since it drops tabs, turns \ into / and takes /./ away.
 */
export function nextPath(query: string): string {
  const next = new URLSearchParams(query).get('next') ?? start;
  if (!next.startsWith('/')) return start;
  const base = 'https://here.invalid';
  const address = URL.canParse(next, base) ? new URL(next, base) : new URL(base);
  const { origin, pathname, search, hash } = address;
  if (origin !== base || pathname.startsWith('//') || pathname === '/sign-in') return start;
  return pathname + search + hash;
}
