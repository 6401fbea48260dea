import { useState } from 'react';
import { type Key, useI18n } from '../lib/i18n';
import { signOut, type Viewer } from '../lib/viewer';

interface Props {
  viewer: Viewer | null | undefined;
  /** What the page does when nobody is signed in any more. */
  onSignedOut: () => void;
}

/** Who is signed in, with the way out; or the way in; or nothing while that is not known. */
export function ViewerBox({ viewer, onSignedOut }: Props) {
  const { t } = useI18n();
  const [problem, setProblem] = useState('');
  if (viewer === undefined) return null;
  if (viewer === null) {
    return (
      <a className="quiet" href={`/sign-in?next=${location.pathname}${encodeURIComponent(location.search)}`}>
        {t('playground.signIn')}
      </a>
    );
  }
  const leave = async () => {
    setProblem('');
    try {
      await signOut();
      onSignedOut();
    } catch {
      setProblem(t('playground.stillSignedIn'));
    }
  };
  return (
    <section className="viewer" aria-label={t('playground.signedIn')}>
      <span className="problem" role="alert">
        {problem}
      </span>
      <span className="name" title={viewer.displayName}>
        {viewer.displayName}
      </span>
      <span className="role">{t(`session.role${viewer.role}` as Key)}</span>
      <button className="quiet" type="button" onClick={leave}>
        {t('playground.signOut')}
      </button>
    </section>
  );
}
