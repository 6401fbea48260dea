import { type Bookable, PractitionerField } from '../../components/practitioner-field';
import { SelectField } from '../../components/select-field';
import { TextField } from '../../components/text-field';
import type { Role } from '../../gql/user';
import type { FormState } from '../../lib/form';
import type { Problem } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { roles } from './users-page';

export interface UserValues {
  displayName: string;
  role: Role | null;
  /** Who they are among the doctors; null for nobody. */
  practitionerId: Bookable | null;
  /** What was typed to find them. */
  typed: string;
}

export const userLabels = { displayName: 'user.displayName', role: 'user.role', practitionerId: 'user.practitioner', typed: 'user.practitioner' } as const;

/** Words that nobody was chosen by mean somebody all the same. */
export function practitionerProblems({ practitionerId, typed }: UserValues): Problem[] {
  return !practitionerId && typed.trim() ? [{ path: ['practitionerId'], code: 'NOT_CHOSEN', message: '' }] : [];
}

/** What is told of every user: their name, their role and who they are among the doctors. */
export function UserFields({ form }: { form: Pick<FormState<UserValues>, 'values' | 'set' | 'mistakes'> }) {
  const { t } = useI18n();
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
      <PractitionerField
        name="practitionerId"
        label={t('user.practitioner')}
        hint={t('user.practitionerHint')}
        placeholder={t('user.nobody')}
        practitioner={form.values.practitionerId}
        onChoose={(practitioner) => form.set('practitionerId', practitioner)}
        onType={(typed) => form.set('typed', typed)}
        mistake={form.mistakes.practitionerId}
      />
    </>
  );
}
