import { useLayoutEffect, useState } from 'react';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { Dialog, DialogFooter } from '../../components/dialog';
import { TextField } from '../../components/text-field';
import { SignInDocument, VerifySecondFactorDocument } from '../../gql/session';
import { useForm } from '../../lib/form';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiMutation } from '../../lib/use-api';
import type { Cover } from './session-provider';

interface Props {
  why: Cover;
  onSignedIn: (userId: string) => void;
}

/** Asks for the password over all that is on the screen: it stays as it is, and nobody sees it, on paper neither. */
export default function SignInAgain({ why, onSignedIn }: Props) {
  const { t } = useI18n();
  useLayoutEffect(() => {
    document.documentElement.dataset.covered = '';
    return () => {
      delete document.documentElement.dataset.covered;
    };
  }, []);
  const { viewer } = useSession();
  const signIn = useApiMutation(SignInDocument);
  const verify = useApiMutation(VerifySecondFactorDocument);
  const [token, setToken] = useState('');
  const form = useForm({
    initial: { loginName: viewer.loginName, password: '', code: '' },
    labels: { loginName: 'session.loginName', password: 'session.password', code: 'session.code' },
    async send({ loginName, password, code }) {
      if (token) {
        const { verifySecondFactor } = await verify({ input: { token, code } });
        if (verifySecondFactor) onSignedIn(verifySecondFactor.viewer.id);
        return;
      }
      try {
        const answer = (await signIn({ input: { loginName, password } })).signIn;
        if (answer?.challenge) setToken(answer.challenge.token);
        else if (answer?.viewer) onSignedIn(answer.viewer.id);
      } catch (error) {
        if (!(error instanceof ApiError && error.code === 'UNAUTHENTICATED')) throw error;
        throw new ApiError('WRONG_PASSWORD', t('session.wrong'));
      }
    },
  });
  const whole = form.refusal?.code === 'WRONG_PASSWORD' ? t('session.wrong') : form.whole;
  return (
    <Dialog title={t(why === 'locked' ? 'session.locked' : 'session.ended')} size="small" role="alertdialog" isCover>
      <form onSubmit={form.submit} method="post" className="grid gap-4 px-6 py-4">
        <p>{t(why === 'locked' ? 'session.lockedWhy' : 'session.endedWhy')}</p>
        {whole && <Banner tone="danger" title={whole} />}
        {token ? (
          <TextField
            label={t('session.code')}
            value={form.values.code}
            onChange={(code) => form.set('code', code)}
            mistake={form.mistakes.code}
            autoComplete="one-time-code"
            isRequired
            autoFocus
          />
        ) : (
          <>
            <TextField
              label={t('session.loginName')}
              value={form.values.loginName}
              onChange={(name) => form.set('loginName', name)}
              mistake={form.mistakes.loginName}
              autoComplete="username"
              isRequired
            />
            <TextField
              label={t('session.password')}
              type="password"
              value={form.values.password}
              onChange={(password) => form.set('password', password)}
              mistake={form.mistakes.password}
              autoComplete="current-password"
              isRequired
              autoFocus
            />
          </>
        )}
        <DialogFooter>
          <a className="inline-flex min-h-6 items-center text-accent-text underline underline-offset-2" href="/sign-in">
            {t('session.other')}
          </a>
          <Button type="submit" kind="main" isPending={form.isSending}>
            {t('session.signIn')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
