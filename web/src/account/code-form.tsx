import { useState } from 'react';
import { ApiError } from '../lib/graphql';
import { useI18n } from '../lib/i18n';
import { Field } from './field';
import { Form } from './form';
import { signInBy } from './operations';

interface Props {
  /** Of the challenge. */
  token: string;
  onSignedIn: () => void;
  /** The password has to be given again, after too long a time or too many tries. */
  onExpired: () => void;
}

/** The step after the password: a code of an app, or of the paper for when the app is lost. */
export function CodeForm({ token, onSignedIn, onExpired }: Props) {
  const { t } = useI18n();
  const [onPaper, setOnPaper] = useState(false);
  const send = async ({ code = '' }: Record<string, string>) => {
    try {
      await signInBy('AccountVerifySecondFactor', { token, code });
      onSignedIn();
    } catch (error) {
      if (error instanceof ApiError && error.problems.some(({ path }) => path.at(-1) === 'token')) onExpired();
      else throw error;
    }
  };
  return (
    <>
      <Form key={String(onPaper)} send={send} button={t('account.signIn')}>
        {(mistakes) => (
          <Field
            name="code"
            label={t(onPaper ? 'account.recoveryCode' : 'account.code')}
            hint={t(onPaper ? 'account.recoveryHint' : 'account.codeHint')}
            mistake={mistakes.code}
            autoComplete={onPaper ? 'off' : 'one-time-code'}
            inputMode={onPaper ? 'text' : 'numeric'}
            autoFocus
          />
        )}
      </Form>
      <p className="aside">
        <button className="link" type="button" onClick={() => setOnPaper(!onPaper)}>
          {t(onPaper ? 'account.useApp' : 'account.useRecovery')}
        </button>
      </p>
    </>
  );
}
