import { AccountPage } from './account-page';
import { Field } from './field';
import { Form } from './form';
import { useLinkToken } from './link-token';
import { NewPassword } from './new-password';
import { checkRepeated, signInBy } from './operations';

/** Makes the first administrator, by the link that a server without users prints. */
export function SetUpPage() {
  const token = useLinkToken();
  if (!token) {
    return (
      <AccountPage title="Set up this clinic">
        <p>This page opens from the link that the server prints while it has no users. Open the whole link.</p>
        <p className="aside">
          Is the clinic set up already? <a href="/sign-in">Sign in</a>
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
    <AccountPage title="Set up this clinic">
      <p className="intro">You will be its first administrator, and add everybody else.</p>
      <Form send={send} button="Set up and sign in">
        {(mistakes) => (
          <>
            <Field
              name="loginName"
              label="Login name"
              hint="For signing in: small letters, digits and . _ @ -"
              mistake={mistakes.loginName}
              autoComplete="username"
              autoFocus
            />
            <Field
              name="displayName"
              label="Your name"
              hint="As the others see it."
              mistake={mistakes.displayName}
              autoComplete="name"
              autoCapitalize="words"
            />
            <NewPassword mistakes={mistakes} />
          </>
        )}
      </Form>
      <p className="aside">The link works once, for 15 minutes. A server that is started later prints another.</p>
    </AccountPage>
  );
}
