import { useState } from 'react';
import { FormDialog } from '../../components/form-dialog';
import { TextField } from '../../components/text-field';
import { CreateUserDocument, type CreateUserMutation } from '../../gql/user';
import { useForm } from '../../lib/form';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useApiMutation } from '../../lib/use-api';
import { PasswordLink } from './password-link';
import { practitionerProblems, UserFields, userLabels, type UserValues } from './user-fields';

/** A new user, and the link with which they set their password. */
export function NewUser({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useI18n();
  const create = useApiMutation(CreateUserDocument);
  const [created, setCreated] = useState<CreateUserMutation['createUser']>(null);
  const form = useForm<UserValues & { loginName: string }>({
    initial: { loginName: '', displayName: '', role: null, practitionerId: null, typed: '' },
    labels: { ...userLabels, loginName: 'user.loginName' },
    async send(values) {
      const { loginName, displayName, role, practitionerId: practitioner } = values;
      const problems = [...(role ? [] : [{ path: ['role'], code: 'REQUIRED', message: t('problem.REQUIRED') }]), ...practitionerProblems(values)];
      if (!role || problems.length > 0) throw new ApiError('INVALID', '', problems);
      const { createUser } = await create({
        input: { loginName: loginName.trim(), displayName: displayName.trim(), role, ...(practitioner && { practitionerId: practitioner.id }) },
      });
      setCreated(createUser);
      onDone();
    },
  });
  if (created) return <PasswordLink name={created.user.displayName} link={created.passwordLink} onClose={onClose} />;
  return (
    <FormDialog title={t('user.new')} form={form} send={t('user.add')} onClose={onClose}>
      <TextField
        name="loginName"
        label={t('user.loginName')}
        hint={t('user.loginNameHint')}
        value={form.values.loginName}
        onChange={(name) => form.set('loginName', name)}
        mistake={form.mistakes.loginName}
        isRequired
        autoFocus
      />
      <UserFields form={form as never} />
    </FormDialog>
  );
}
