import { useState } from 'react';
import { signOut, type Viewer } from '../lib/viewer';

interface Props {
  viewer: Viewer | null | undefined;
  /** What the page does when nobody is signed in any more. */
  onSignedOut: () => void;
}

/** DOCTOR as Doctor. */
function roleName(role: string): string {
  return role.charAt(0) + role.slice(1).toLowerCase().replaceAll('_', ' ');
}

/** Who is signed in, with the way out; or the way in; or nothing while that is not known. */
export function ViewerBox({ viewer, onSignedOut }: Props) {
  const [problem, setProblem] = useState('');
  if (viewer === undefined) return null;
  if (viewer === null) {
    return (
      <a className="quiet" href={`/sign-in?next=${location.pathname}`}>
        Sign in
      </a>
    );
  }
  const leave = async () => {
    setProblem('');
    try {
      await signOut();
      onSignedOut();
    } catch {
      setProblem('You are still signed in: the server did not answer.');
    }
  };
  return (
    <section className="viewer" aria-label="Signed in">
      <span className="problem" role="alert">
        {problem}
      </span>
      <span className="name" title={viewer.displayName}>
        {viewer.displayName}
      </span>
      <span className="role">{roleName(viewer.role)}</span>
      <button className="quiet" type="button" onClick={leave}>
        Sign out
      </button>
    </section>
  );
}
