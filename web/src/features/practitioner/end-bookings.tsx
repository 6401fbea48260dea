import { FormDialog } from '../../components/form-dialog';
import { TextField } from '../../components/text-field';
import { toast } from '../../components/toasts';
import { DeactivatePractitionerDocument } from '../../gql/practitioner';
import { useForm } from '../../lib/form';
import { useI18n } from '../../lib/i18n';
import { useApiMutation } from '../../lib/use-api';

/** Has nobody book a doctor any more, for a reason. */
export function EndBookings({ practitioner, onClose }: { practitioner: { id: string; version: number }; onClose: () => void }) {
  const { t } = useI18n();
  const deactivate = useApiMutation(DeactivatePractitionerDocument);
  const form = useForm({
    initial: { reason: '' },
    labels: { reason: 'practitioner.reason' },
    async send({ reason }) {
      await deactivate({ input: { practitionerId: practitioner.id, expectedVersion: practitioner.version, reason: reason.trim() } });
      toast(t('practitioner.archived'));
      onClose();
    },
  });
  return (
    <FormDialog title={t('practitioner.archive')} form={form} send={t('practitioner.archive')} isDanger onClose={onClose}>
      <p>{t('practitioner.archiveWhy')}</p>
      <TextField
        name="reason"
        label={t('practitioner.reason')}
        value={form.values.reason}
        onChange={(reason) => form.set('reason', reason)}
        mistake={form.mistakes.reason}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}
