import { useCallback, useEffect, useState } from 'react';
import { documents } from '../gql/account';
import { ApiError, request } from './graphql';

/** Who is signed in. */
export interface Viewer {
  id: string;
  displayName: string;
  role: string;
}

/** Ends the session. Whoever is not signed in any more has what they want. */
export async function signOut(): Promise<void> {
  try {
    await request(documents.AccountSignOut);
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'UNAUTHENTICATED')) throw error;
  }
}

export interface Presence {
  /** Null is nobody; undefined is not known, before the first answer or for want of one. */
  viewer: Viewer | null | undefined;
  /** Somebody was signed in on this page, and is not any more. */
  hasEnded: boolean;
}

/** Who is signed in, asked when the page opens and whenever it comes back into view, and a function to ask again. */
export function useViewer(): [Presence, () => void] {
  const [presence, setPresence] = useState<Presence>({ viewer: undefined, hasEnded: false });
  const ask = useCallback(async () => {
    try {
      const { viewer } = await request<{ viewer: Viewer | null }>(documents.AccountViewer);
      setPresence((before) => ({ viewer, hasEnded: !viewer && (before.hasEnded || Boolean(before.viewer)) }));
    } catch {
      // Nothing new is known. What needs an answer says itself that there is none.
    }
  }, []);
  useEffect(() => {
    const askInView = () => {
      if (!document.hidden) void ask();
    };
    askInView();
    document.addEventListener('visibilitychange', askInView);
    return () => document.removeEventListener('visibilitychange', askInView);
  }, [ask]);
  return [presence, ask];
}
