import type { Presence } from '../lib/viewer';
import { Icon } from '../ui/icon';

const path = '/sign-in?next=/playground';

/** Says that nobody is signed in, and leads to where one does so. It is read out when a session ends. */
export function SignInFirst({ viewer, hasEnded }: Presence) {
  return (
    <div role="status">
      {viewer === null && (
        <p className="sign-in-first">
          <Icon name="alert" />
          {hasEnded ? (
            <>
              Your session has ended.{' '}
              <a href={path} target="_blank">
                Sign in in a new tab
              </a>{' '}
              to keep what you have written here.
            </>
          ) : (
            <>
              Nobody is signed in. <a href={path}>Sign in</a> to load the schema and to run operations.
            </>
          )}
        </p>
      )}
    </div>
  );
}
