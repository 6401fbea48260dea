import { useI18n } from '../lib/i18n';
import type { Presence } from '../lib/viewer';
import { Icon } from '../ui/icon';

/** Says that nobody is signed in, and leads to where one does so. It is read out when a session ends. */
export function SignInFirst({ viewer, hasEnded }: Presence) {
  const { t } = useI18n();
  const path = `/sign-in?next=/playground${encodeURIComponent(location.search)}`;
  return (
    <div role="status">
      {viewer === null && (
        <p className="sign-in-first">
          <Icon name="alert" />
          {t(hasEnded ? 'playground.ended' : 'playground.nobody')}{' '}
          <a href={path} target={hasEnded ? '_blank' : undefined}>
            {t(hasEnded ? 'playground.signInAnew' : 'playground.signIn')}
          </a>{' '}
          {t(hasEnded ? 'playground.endedWhy' : 'playground.nobodyWhy')}
        </p>
      )}
    </div>
  );
}
