import { documents } from '../gql/account';
import { ApiError, type Problem, request } from '../lib/graphql';
import type { Viewer } from '../lib/viewer';

/** What comes of a sign-in: somebody is signed in, or a code is asked for. */
export interface SignedIn {
  viewer: Pick<Viewer, 'displayName' | 'role'> | null;
  challenge?: { token: string } | null;
}

type SigningIn = 'AccountSignIn' | 'AccountVerifySecondFactor' | 'AccountSetUp' | 'AccountUsePasswordLink';

/** Runs one of the mutations that sign somebody in. */
export async function signInBy(mutation: SigningIn, input: Record<string, string>): Promise<SignedIn> {
  const { done } = await request<{ done: SignedIn }>(documents[mutation], { input });
  return done;
}

/** Rejects as the API does when a password that was typed twice is not the same. */
export function checkRepeated(password: string, repeated: string) {
  if (password === repeated) return;
  const problem: Problem = { path: ['repeated'], code: 'DIFFERENT', message: '' };
  throw new ApiError('INVALID', problem.message, [problem]);
}
