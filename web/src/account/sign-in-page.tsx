import { useState } from 'react';
import { Icon } from '../ui/icon';
import { AccountPage } from './account-page';
import { CodeForm } from './code-form';
import { Field } from './field';
import { Form } from './form';
import { nextPath } from './next-path';
import { signInBy } from './operations';

const onward = () => location.replace(nextPath(location.search));

/** Name and password, then a code from whoever has a second factor. */
export function SignInPage() {
  const [name, setName] = useState('');
  const [token, setToken] = useState('');
  const [hasExpired, setHasExpired] = useState(false);
  const send = async ({ loginName = '', password = '' }: Record<string, string>) => {
    const { challenge } = await signInBy('AccountSignIn', { loginName, password });
    if (!challenge) return onward();
    setName(loginName);
    setToken(challenge.token);
  };
  const startOver = () => {
    setToken('');
    setHasExpired(true);
  };
  if (token) {
    return (
      <AccountPage title="Enter your code">
        <CodeForm token={token} onSignedIn={onward} onExpired={startOver} />
      </AccountPage>
    );
  }
  return (
    <AccountPage title="Sign in">
      {hasExpired && (
        <p className="notice warn" role="alert">
          <Icon name="clock" />
          That took too long or too many codes. Give your password again.
        </p>
      )}
      <Form send={send} button="Sign in">
        {(mistakes) => (
          <>
            <Field
              name="loginName"
              label="Login name"
              mistake={mistakes.loginName}
              autoComplete="username"
              defaultValue={name}
              autoFocus={!name}
            />
            <Field
              name="password"
              label="Password"
              mistake={mistakes.password}
              type="password"
              autoComplete="current-password"
              autoFocus={Boolean(name)}
            />
          </>
        )}
      </Form>
      <p className="aside">Forgot your password? An administrator can give you a link to set a new one.</p>
    </AccountPage>
  );
}
