import { useState } from 'react';
import { useI18n } from '../lib/i18n';
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
  const { t } = useI18n();
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
      <AccountPage title={t('account.enterCode')}>
        <CodeForm token={token} onSignedIn={onward} onExpired={startOver} />
      </AccountPage>
    );
  }
  return (
    <AccountPage title={t('account.signIn')}>
      {hasExpired && (
        <p className="notice warn" role="alert">
          <Icon name="clock" />
          {t('account.expired')}
        </p>
      )}
      <Form send={send} button={t('account.signIn')}>
        {(mistakes) => (
          <>
            <Field
              name="loginName"
              label={t('account.loginName')}
              mistake={mistakes.loginName}
              autoComplete="username"
              defaultValue={name}
              autoFocus={!name}
            />
            <Field
              name="password"
              label={t('account.password')}
              mistake={mistakes.password}
              type="password"
              autoComplete="current-password"
              autoFocus={Boolean(name)}
            />
          </>
        )}
      </Form>
      <p className="aside">{t('account.forgotten')}</p>
    </AccountPage>
  );
}
