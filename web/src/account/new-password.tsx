import { useI18n } from '../lib/i18n';
import { Field } from './field';

/** A new password, twice. */
export function NewPassword({ mistakes }: { mistakes: Record<string, string> }) {
  const { t } = useI18n();
  return (
    <>
      <Field
        name="password"
        label={t('account.password')}
        hint={t('account.passwordHint')}
        mistake={mistakes.password}
        type="password"
        autoComplete="new-password"
      />
      <Field
        name="repeated"
        label={t('account.repeated')}
        mistake={mistakes.repeated}
        type="password"
        autoComplete="new-password"
      />
    </>
  );
}
