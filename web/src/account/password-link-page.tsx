import { useState } from 'react';
import { useI18n } from '../lib/i18n';
import { AccountPage } from './account-page';
import { CodeForm } from './code-form';
import { Form } from './form';
import { useLinkToken } from './link-token';
import { NewPassword } from './new-password';
import { checkRepeated, signInBy } from './operations';

const onward = () => location.replace('/');

/** Sets a password by a link that an administrator made, then asks for a code from whoever has a second factor. */
export function PasswordLinkPage() {
  const { t } = useI18n();
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
      <AccountPage title={t('account.enterCode')}>
        <p className="intro">{t('account.passwordSet')}</p>
        {/* The link is used up: from here on it is an ordinary sign-in. */}
        <CodeForm token={challenge} onSignedIn={onward} onExpired={() => location.replace('/sign-in')} />
      </AccountPage>
    );
  }
  return (
    <AccountPage title={t('account.setPassword')}>
      {token ? (
        <Form key={token} send={send} button={t('account.setAndSignIn')}>
          {(mistakes) => <NewPassword mistakes={mistakes} />}
        </Form>
      ) : (
        <p>{t('account.wholePasswordLink')}</p>
      )}
      <p className="aside">
        {t('account.havePassword')} <a href="/sign-in">{t('account.signIn')}</a>
      </p>
    </AccountPage>
  );
}
