import { useState } from 'react';
import { AccountPage } from './account-page';
import { CodeForm } from './code-form';
import { Form } from './form';
import { useLinkToken } from './link-token';
import { NewPassword } from './new-password';
import { checkRepeated, signInBy } from './operations';

const onward = () => location.replace('/');

/** Sets a password by a link that an administrator made, then asks for a code from whoever has a second factor. */
export function PasswordLinkPage() {
  const token = useLinkToken();
  const [challenge, setChallenge] = useState('');
  const send = async ({ password = '', repeated = '' }: Record<string, string>) => {
    checkRepeated(password, repeated);
    const signedIn = await signInBy('AccountUsePasswordLink', { token, password });
    if (signedIn.challenge) setChallenge(signedIn.challenge.token);
    else onward();
  };
  if (challenge) {
    return (
      <AccountPage title="Enter your code">
        <p className="intro">Your new password is set.</p>
        {/* The link is used up: from here on it is an ordinary sign-in. */}
        <CodeForm token={challenge} onSignedIn={onward} onExpired={() => location.replace('/sign-in')} />
      </AccountPage>
    );
  }
  return (
    <AccountPage title="Set your password">
      {token ? (
        <Form key={token} send={send} button="Set password and sign in">
          {(mistakes) => <NewPassword mistakes={mistakes} />}
        </Form>
      ) : (
        <p>This page opens from a link that an administrator gave you. Open the whole link.</p>
      )}
      <p className="aside">
        Do you have a password already? <a href="/sign-in">Sign in</a>
      </p>
    </AccountPage>
  );
}
