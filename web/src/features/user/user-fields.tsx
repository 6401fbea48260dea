import { SelectField } from '../../components/select-field';
import { TextField } from '../../components/text-field';
import { PractitionersOfUsersDocument, type Role } from '../../gql/user';
import type { FormState } from '../../lib/form';
import { useI18n } from '../../lib/i18n';
import { useApiQuery } from '../../lib/use-api';
import { roles } from './users-page';

export interface UserValues {
  displayName: string;
  role: Role | null;
  /** Nobody, or the id of a practitioner. */
  practitionerId: string;
}

export const nobody = 'NOBODY';
export const userLabels = { displayName: 'user.displayName', role: 'user.role', practitionerId: 'user.practitioner' } as const;

interface Props {
  form: Pick<FormState<UserValues>, 'values' | 'set' | 'mistakes'>;
  /** Who it is now, in the case that they are not active any more. */
  practitioner?: { id: string; displayName: string } | null;
}

/** What is told of every user: their name, their role and who they are among the doctors. */
export function UserFields({ form, practitioner }: Props) {
  const { t } = useI18n();
  const { data } = useApiQuery(PractitionersOfUsersDocument, {});
  const active = data?.practitioners.nodes ?? [];
  const all = practitioner && !active.some(({ id }) => id === practitioner.id) ? [practitioner, ...active] : active;
  return (
    <>
      <TextField
        name="displayName"
        label={t('user.displayName')}
        value={form.values.displayName}
        onChange={(name) => form.set('displayName', name)}
        mistake={form.mistakes.displayName}
        isRequired
      />
      <SelectField
        name="role"
        label={t('user.role')}
        value={form.values.role}
        onChange={(role) => form.set('role', role)}
        choices={roles.map((value) => ({ value, label: t(`session.role${value}`) }))}
        placeholder={t('common.choose')}
        mistake={form.mistakes.role}
        isRequired
      />
      <SelectField
        name="practitionerId"
        label={t('user.practitioner')}
        hint={t('user.practitionerHint')}
        value={form.values.practitionerId}
        onChange={(id) => form.set('practitionerId', id)}
        choices={[{ value: nobody, label: t('user.nobody') }, ...all.map(({ id, displayName }) => ({ value: id, label: displayName }))]}
        mistake={form.mistakes.practitionerId}
      />
    </>
  );
}
