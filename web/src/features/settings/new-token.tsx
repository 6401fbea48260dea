import { useState } from 'react';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { Dialog, DialogFooter } from '../../components/dialog';
import { FormDialog } from '../../components/form-dialog';
import { SecretBox } from '../../components/secret-box';
import { SelectField } from '../../components/select-field';
import { TextField } from '../../components/text-field';
import { CreateApiTokenDocument, type Role } from '../../gql/settings';
import { useForm } from '../../lib/form';
import { useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiMutation } from '../../lib/use-api';

/** Which roles a token may have besides that of its user. */
const covered: Partial<Record<Role, readonly Role[]>> = { DOCTOR: ['NURSE', 'RECEPTIONIST'], NURSE: ['RECEPTIONIST'] };
const terms = ['30', '90', '365'] as const;

/** A token for a program, shown once. */
export function NewToken({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useI18n();
  const { viewer } = useSession();
  const create = useApiMutation(CreateApiTokenDocument);
  const [token, setToken] = useState('');
  const form = useForm({
    initial: { name: '', role: viewer.role as Role, expiresAt: '90' as (typeof terms)[number] },
    labels: { name: 'settings.tokenName', role: 'settings.tokenRole', expiresAt: 'settings.tokenEnds' },
    async send({ name, role, expiresAt: days }) {
      const expiresAt = new Date(Date.now() + Number(days) * 86_400_000).toISOString();
      const { createApiToken } = await create({ input: { name: name.trim(), role, expiresAt } });
      setToken(createApiToken?.token ?? '');
      onDone();
    },
  });
  if (token) {
    return (
      <Dialog title={t('settings.tokenMade')} size="small">
        <div className="grid gap-4 px-6 py-4">
          <Banner tone="warn" title={t('settings.tokenOnce')} />
          <SecretBox label={t('settings.token')} secret={token} />
          <DialogFooter>
            <Button kind="main" onPress={onClose}>
              {t('common.close')}
            </Button>
          </DialogFooter>
        </div>
      </Dialog>
    );
  }
  return (
    <FormDialog title={t('settings.newToken')} form={form} send={t('settings.makeToken')} onClose={onClose}>
      <p>{t('settings.tokenWhy')}</p>
      <TextField
        name="name"
        label={t('settings.tokenName')}
        hint={t('settings.tokenNameHint')}
        value={form.values.name}
        onChange={(name) => form.set('name', name)}
        mistake={form.mistakes.name}
        isRequired
        autoFocus
      />
      <SelectField
        name="role"
        label={t('settings.tokenRole')}
        value={form.values.role}
        onChange={(role) => form.set('role', role)}
        choices={[viewer.role, ...(covered[viewer.role] ?? [])].map((value) => ({ value, label: t(`session.role${value}`) }))}
        mistake={form.mistakes.role}
      />
      <SelectField
        name="expiresAt"
        label={t('settings.tokenEnds')}
        value={form.values.expiresAt}
        onChange={(days) => form.set('expiresAt', days)}
        choices={terms.map((value) => ({ value, label: t('settings.days', { count: Number(value) }) }))}
        mistake={form.mistakes.expiresAt}
      />
    </FormDialog>
  );
}
