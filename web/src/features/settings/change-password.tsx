import { useState } from 'react';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { MistakeSummary } from '../../components/mistake-summary';
import { TextField } from '../../components/text-field';
import { toast } from '../../components/toasts';
import { ChangePasswordDocument } from '../../gql/settings';
import { useForm } from '../../lib/form';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useLeaveGuard } from '../../lib/leave';
import { useSession } from '../../lib/session';
import { useApiMutation } from '../../lib/use-api';

const labels = { currentPassword: 'settings.currentPassword', newPassword: 'settings.newPassword', repeated: 'settings.repeated' } as const;

/** A new password in the place of the old one. */
export function ChangePassword({ onChanged }: { onChanged: () => void }) {
  const [changes, setChanges] = useState(0);
  return (
    <PasswordForm
      key={changes}
      onChanged={() => {
        setChanges(changes + 1);
        onChanged();
      }}
    />
  );
}

function PasswordForm({ onChanged }: { onChanged: () => void }) {
  const { t } = useI18n();
  const { viewer } = useSession();
  const change = useApiMutation(ChangePasswordDocument);
  const form = useForm({
    initial: { currentPassword: '', newPassword: '', repeated: '' },
    labels,
    async send({ currentPassword, newPassword, repeated }) {
      if (newPassword !== repeated) throw new ApiError('INVALID', '', [{ path: ['repeated'], code: 'OTHER', message: t('settings.different') }]);
      await change({ input: { currentPassword, newPassword } });
      toast(t('settings.passwordChanged'));
      onChanged();
    },
  });
  useLeaveGuard(form.isChanged);
  const password = (name: keyof typeof labels, autoComplete: string) => ({
    label: t(labels[name]),
    name,
    value: form.values[name],
    onChange: (value: string) => form.set(name, value),
    mistake: form.mistakes[name],
    type: 'password' as const,
    autoComplete,
    isRequired: true,
  });
  return (
    <Card title={t('settings.password')}>
      <form onSubmit={form.submit} method="post" noValidate className="grid gap-3 px-4 pb-4">
        <MistakeSummary mistakes={form.mistakes} whole={form.whole} />
        {/* Whoever keeps passwords has to know whose it is. */}
        <input type="text" name="username" autoComplete="username" value={viewer.loginName} readOnly hidden />
        <TextField {...password('currentPassword', 'current-password')} />
        <TextField {...password('newPassword', 'new-password')} hint={t('settings.newPasswordHint')} />
        <TextField {...password('repeated', 'new-password')} />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="min-w-0 flex-1 basis-40 text-small text-ink-3">{t('settings.passwordWhy')}</p>
          <Button type="submit" isPending={form.isSending}>
            {t('settings.changePassword')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
