import { FormDialog } from '../../components/form-dialog';
import { TextField } from '../../components/text-field';
import { toast } from '../../components/toasts';
import { DeactivateUserDocument } from '../../gql/user';
import { useForm } from '../../lib/form';
import { useI18n } from '../../lib/i18n';
import { useApiMutation } from '../../lib/use-api';

/** Has somebody sign in no more, for a reason. */
export function DisableUser({ user, onClose }: { user: { id: string; version: number }; onClose: () => void }) {
  const { t } = useI18n();
  const deactivate = useApiMutation(DeactivateUserDocument);
  const form = useForm({
    initial: { reason: '' },
    labels: { reason: 'user.reason' },
    async send({ reason }) {
      await deactivate({ input: { userId: user.id, expectedVersion: user.version, reason: reason.trim() } });
      toast(t('user.disabled'));
      onClose();
    },
  });
  const whole = form.refusal?.code === 'CONFLICT' ? t('user.lastAdministrator') : form.whole;
  return (
    <FormDialog title={t('user.disable')} form={{ ...form, whole }} send={t('user.disable')} isDanger onClose={onClose}>
      <p>{t('user.disableWhy')}</p>
      <TextField
        name="reason"
        label={t('user.reason')}
        hint={t('user.reasonHint')}
        value={form.values.reason}
        onChange={(reason) => form.set('reason', reason)}
        mistake={form.mistakes.reason}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}
