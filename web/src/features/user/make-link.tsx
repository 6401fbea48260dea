import { useState } from 'react';
import { Checkbox } from '../../components/checkbox';
import { FormDialog } from '../../components/form-dialog';
import { CreatePasswordLinkDocument, type CreatePasswordLinkMutation } from '../../gql/user';
import { useForm } from '../../lib/form';
import { useI18n } from '../../lib/i18n';
import { useApiMutation } from '../../lib/use-api';
import { PasswordLink } from './password-link';

interface Props {
  user: { id: string; hasSecondFactor: boolean };
  onClose: () => void;
}

/** A link for somebody who needs a password, and perhaps has lost their second factor. */
export function MakeLink({ user, onClose }: Props) {
  const { t } = useI18n();
  const create = useApiMutation(CreatePasswordLinkDocument);
  const [made, setMade] = useState<CreatePasswordLinkMutation['createPasswordLink']>(null);
  const form = useForm({
    initial: { resetSecondFactor: false },
    labels: { resetSecondFactor: 'user.secondFactor' },
    async send({ resetSecondFactor }) {
      setMade((await create({ input: { userId: user.id, resetSecondFactor } })).createPasswordLink);
    },
  });
  if (made) return <PasswordLink name={made.user.displayName} link={made.passwordLink} onClose={onClose} />;
  return (
    <FormDialog title={t('user.passwordLink')} form={form} send={t('user.makeLink')} onClose={onClose}>
      <p>{t('user.passwordLinkWhy')}</p>
      {user.hasSecondFactor && (
        <Checkbox isSelected={form.values.resetSecondFactor} onChange={(reset) => form.set('resetSecondFactor', reset)}>
          {t('user.resetToo')}
        </Checkbox>
      )}
    </FormDialog>
  );
}
