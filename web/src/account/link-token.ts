import { useEffect, useState } from 'react';

let token = '';

/**
 * The token of the link that led here. It stands behind the #, which is not sent to any server, and is taken out of the
 * address bar at once, so that nobody reads it there or shares it with the page.
 */
export function takeToken(): string {
  if (location.hash.length > 1) {
    token = location.hash.slice(1);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return token;
}

/** The token, also when a link is pasted over the page that is open. */
export function useLinkToken(): string {
  const [known, setKnown] = useState(takeToken);
  useEffect(() => {
    const take = () => setKnown(takeToken());
    addEventListener('hashchange', take);
    return () => removeEventListener('hashchange', take);
  }, []);
  return known;
}
