import { createContext, use } from 'react';
import type { SessionQuery } from '../gql/session';
import type { Look } from './look';

/** Who is signed in, where, and what they may. */
export interface Session {
  viewer: NonNullable<SessionQuery['viewer']>;
  clinic: SessionQuery['clinic'];
  /** Whether the role may use a mutation: what it may not is left out. */
  may: (mutation: string) => boolean;
  /** Deals with patients by name: the audience DESK of the schema. */
  isDesk: boolean;
  /** Reads charts: the audience CHART of the schema. */
  readsCharts: boolean;
  /** The instant of the past that is looked at; nothing can be changed there. Absent now. */
  pastAt?: string;
  /** Says that the server knows nobody any more: whoever is there is asked to sign in again. */
  signedOut: () => void;
  look: Look;
  setLook: (change: Partial<Look>) => void;
  /** Covers the screen, and ends the session until its password is given. */
  lock: () => void;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('there is no session around this');
  return session;
}
