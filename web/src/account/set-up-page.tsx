import { useI18n } from '../lib/i18n';
import { AccountPage } from './account-page';
import { Field } from './field';
import { Form } from './form';
import { useLinkToken } from './link-token';
import { NewPassword } from './new-password';
import { checkRepeated, signInBy } from './operations';

/** Makes the first administrator, by the link that a server without users prints. */
export function SetUpPage() {
  const { t } = useI18n();
  const token = useLinkToken();
  if (!token) {
    return (
      <AccountPage title={t('account.setUp')}>
        <p>{t('account.wholeSetUpLink')}</p>
        <p className="aside">
          {t('account.isSetUp')} <a href="/sign-in">{t('account.signIn')}</a>
        </p>
      </AccountPage>
    );
  }
  const send = async ({ loginName = '', displayName = '', password = '', repeated = '' }: Record<string, string>) => {
    checkRepeated(password, repeated);
    await signInBy('AccountSetUp', { token, loginName, displayName, password });
    location.replace('/');
  };
  return (
    <AccountPage title={t('account.setUp')}>
      <p className="intro">{t('account.firstAdministrator')}</p>
      <Form send={send} button={t('account.setUpAndSignIn')}>
        {(mistakes) => (
          <>
            <Field
              name="loginName"
              label={t('account.loginName')}
              hint={t('account.loginNameHint')}
              mistake={mistakes.loginName}
              autoComplete="username"
              autoFocus
            />
            <Field
              name="displayName"
              label={t('account.displayName')}
              hint={t('account.displayNameHint')}
              mistake={mistakes.displayName}
              autoComplete="name"
              autoCapitalize="words"
            />
            <NewPassword mistakes={mistakes} />
          </>
        )}
      </Form>
      <p className="aside">{t('account.linkOnce')}</p>
    </AccountPage>
  );
}
