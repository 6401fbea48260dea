import { FormDialog } from '../../components/form-dialog';
import { toast } from '../../components/toasts';
import { UpdateUserDocument, type UserQuery } from '../../gql/user';
import { useForm } from '../../lib/form';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useApiMutation } from '../../lib/use-api';
import { practitionerProblems, UserFields, userLabels, type UserValues } from './user-fields';

interface Props {
  user: NonNullable<UserQuery['user']>;
  onClose: () => void;
}

/** Changes a user's name, role or practitioner. */
export function EditUser({ user, onClose }: Props) {
  const { t } = useI18n();
  const update = useApiMutation(UpdateUserDocument);
  const form = useForm<UserValues>({
    initial: { displayName: user.displayName, role: user.role, practitionerId: user.practitioner, typed: '' },
    labels: userLabels,
    async send(values) {
      const { displayName, role, practitionerId: practitioner } = values;
      const problems = practitionerProblems(values);
      if (problems.length > 0) throw new ApiError('INVALID', '', problems);
      await update({
        input: {
          userId: user.id,
          expectedVersion: user.version,
          displayName: displayName.trim(),
          ...(role && role !== user.role && { role }),
          practitionerId: practitioner?.id ?? null,
        },
      });
      toast(t('user.saved'));
      onClose();
    },
  });
  const whole = form.refusal?.code === 'CONFLICT' ? t('user.lastAdministrator') : form.whole;
  return (
    <FormDialog title={t('user.edit')} form={{ ...form, whole }} send={t('user.save')} onClose={onClose}>
      <UserFields form={form} />
    </FormDialog>
  );
}
