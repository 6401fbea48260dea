import { Button } from '../../components/button';
import { Dialog, DialogFooter } from '../../components/dialog';
import { LeaveNotice } from '../../components/leave-notice';
import { MistakeSummary } from '../../components/mistake-summary';
import { SelectField } from '../../components/select-field';
import { TextField } from '../../components/text-field';
import { toast } from '../../components/toasts';
import { type AllergyEntryStatus, type AllergySeverity, RecordAllergyDocument } from '../../gql/patient';
import { useForm } from '../../lib/form';
import { ApiError } from '../../lib/graphql';
import { type Key, useI18n } from '../../lib/i18n';
import { useClosing } from '../../lib/leave';
import { useApiMutation } from '../../lib/use-api';

const severities: readonly AllergySeverity[] = ['SEVERE', 'MODERATE', 'MILD', 'UNKNOWN'];
const certainties: readonly AllergyEntryStatus[] = ['CONFIRMED', 'UNCONFIRMED'];
const labels = {
  substance: 'allergy.substance',
  reaction: 'allergy.reaction',
  severity: 'allergy.severity',
  status: 'allergy.certainty',
} satisfies Record<string, Key>;

/** Notes something that the patient must not be given or meet. */
export function RecordAllergy({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const { t } = useI18n();
  const record = useApiMutation(RecordAllergyDocument);
  const form = useForm({
    initial: { substance: '', reaction: '', severity: 'UNKNOWN' as AllergySeverity, status: 'CONFIRMED' as AllergyEntryStatus },
    labels,
    async send({ substance, reaction, severity, status }) {
      if (!substance.trim()) throw new ApiError('INVALID', '', [{ path: ['substance'], code: 'REQUIRED', message: t('problem.REQUIRED') }]);
      await record({ input: { patientId, substance: substance.trim(), reaction: reaction.trim() || null, severity, status } });
      toast(t('allergy.isNoted'));
      onClose();
    },
  });
  const { isLeaving, close, stay } = useClosing(form, onClose);
  return (
    <Dialog title={t('allergy.addTitle')} size="small" onClose={close}>
      <form onSubmit={form.submit} method="post" noValidate className="grid gap-4 px-6 py-4 max-s:px-4">
        {isLeaving && <LeaveNotice onStay={stay} onLeave={onClose} />}
        <MistakeSummary mistakes={form.mistakes} whole={form.whole} />
        <TextField
          name="substance"
          label={t('allergy.substance')}
          value={form.values.substance}
          onChange={(substance) => form.set('substance', substance)}
          mistake={form.mistakes.substance}
          isRequired
          autoFocus
        />
        <TextField
          name="reaction"
          label={t('allergy.reaction')}
          hint={t('allergy.reactionHint')}
          value={form.values.reaction}
          onChange={(reaction) => form.set('reaction', reaction)}
          mistake={form.mistakes.reaction}
        />
        <div className="grid grid-cols-2 gap-4 max-s:grid-cols-1">
          <SelectField
            name="severity"
            label={t('allergy.severity')}
            value={form.values.severity}
            onChange={(severity) => form.set('severity', severity)}
            choices={severities.map((value) => ({ value, label: t(`allergy.${value}` as Key) }))}
            mistake={form.mistakes.severity}
          />
          <SelectField
            name="status"
            label={t('allergy.certainty')}
            value={form.values.status}
            onChange={(status) => form.set('status', status)}
            choices={certainties.map((value) => ({ value, label: t(`allergy.${value}` as Key) }))}
            mistake={form.mistakes.status}
          />
        </div>
        <DialogFooter>
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button type="submit" kind="main" isPending={form.isSending}>
            {t('allergy.note')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
