import { FormDialog } from '../../components/form-dialog';
import { type Bookable, PractitionerField } from '../../components/practitioner-field';
import { toast } from '../../components/toasts';
import { AddCareTeamMemberDocument, RemoveCareTeamMemberDocument } from '../../gql/patient';
import { useForm } from '../../lib/form';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { retryAll } from '../../lib/retry';
import { useApiMutation } from '../../lib/use-api';
import type { Member } from './access-card';

interface Props {
  onClose: () => void;
  onDone: () => void;
}

/** Has somebody care for the patient. */
export function AddMember({ patientId, without, onClose, onDone }: Props & { patientId: string; without: readonly string[] }) {
  const { t } = useI18n();
  const add = useApiMutation(AddCareTeamMemberDocument);
  const form = useForm({
    initial: { practitionerId: null as Bookable | null, typed: '' },
    labels: { practitionerId: 'access.who', typed: 'access.who' },
    async send({ practitionerId: practitioner }) {
      if (!practitioner) throw new ApiError('INVALID', '', [{ path: ['practitionerId'], code: 'NOT_CHOSEN', message: '' }]);
      await add({ input: { patientId, practitionerId: practitioner.id } });
      onClose();
      onDone();
      toast(t('access.added', { name: practitioner.displayName }));
    },
  });
  return (
    <FormDialog title={t('access.addTitle')} form={form} send={t('access.add')} onClose={onClose}>
      <p>{t('access.addWhy')}</p>
      <PractitionerField
        name="practitionerId"
        label={t('access.who')}
        practitioner={form.values.practitionerId}
        onChoose={(practitioner) => form.set('practitionerId', practitioner)}
        onType={(typed) => form.set('typed', typed)}
        mistake={form.mistakes.practitionerId}
        without={without}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}

/** Ends somebody's care; whoever ends their own of a restricted patient shuts themselves out. */
export function RemoveMember({ member, isSelf, onClose, onDone }: Props & { member: Member; isSelf: boolean }) {
  const { t } = useI18n();
  const remove = useApiMutation(RemoveCareTeamMemberDocument);
  const name = member.practitioner.displayName;
  const form = useForm({
    initial: {},
    labels: {},
    async send() {
      await remove({ input: { careTeamMemberId: member.id } });
      onClose();
      toast(t('access.removed', { name }));
      // The chart may be closed by now: all of it that is on the screen is asked for anew.
      if (isSelf) retryAll();
      else onDone();
    },
  });
  return (
    <FormDialog title={t('access.removeTitle')} form={form} send={t('access.removeIt')} isDanger onClose={onClose}>
      <p className="text-body">{t('access.removeWhy', { name })}</p>
      {isSelf && <p className="text-body font-medium">{t('access.removeSelf')}</p>}
    </FormDialog>
  );
}
