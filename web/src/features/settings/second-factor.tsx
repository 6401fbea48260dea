import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { FormDialog } from '../../components/form-dialog';
import { TextField } from '../../components/text-field';
import { toast } from '../../components/toasts';
import { RemoveSecondFactorDocument } from '../../gql/settings';
import { useForm } from '../../lib/form';
import { useI18n } from '../../lib/i18n';
import { useApiMutation } from '../../lib/use-api';
import { EnrolSecondFactor } from './enrol-second-factor';

interface Props {
  isOn: boolean;
  codesLeft: number;
  onChanged: () => void;
}

/** Whether a code is asked for after the password, and the way to change that. */
export function SecondFactor({ isOn, codesLeft, onChanged }: Props) {
  const { t } = useI18n();
  // What was opened stays open when it has done its work: it still has the recovery codes to show.
  const [open, setOpen] = useState<'enrol' | 'remove' | null>(null);
  const close = () => setOpen(null);
  return (
    <Card title={t('settings.secondFactor')}>
      <div className="grid gap-3 px-4 pb-4">
        {isOn ? (
          <p className="flex items-start gap-2">
            <ShieldCheck className="mt-px size-4 shrink-0 text-ok-text" aria-hidden="true" />
            <span>
              {t('settings.secondFactorOn')} {t('settings.codesLeft', { count: codesLeft })}
            </span>
          </p>
        ) : (
          <p>{t('settings.secondFactorWhy')}</p>
        )}
        <div className="flex justify-end">
          <Button onPress={() => setOpen(isOn ? 'remove' : 'enrol')}>{t(isOn ? 'settings.turnOff' : 'settings.turnOn')}</Button>
        </div>
      </div>
      {open === 'remove' && <RemoveSecondFactor onClose={close} onChanged={onChanged} />}
      {open === 'enrol' && <EnrolSecondFactor onClose={close} onChanged={onChanged} />}
    </Card>
  );
}

function RemoveSecondFactor({ onClose, onChanged }: { onClose: () => void; onChanged: () => void }) {
  const { t } = useI18n();
  const remove = useApiMutation(RemoveSecondFactorDocument);
  const form = useForm({
    initial: { password: '' },
    labels: { password: 'settings.password' },
    async send({ password }) {
      await remove({ input: { password } });
      toast(t('settings.turnedOff'));
      onClose();
      onChanged();
    },
  });
  return (
    <FormDialog title={t('settings.secondFactor')} form={form} send={t('settings.turnOff')} isDanger onClose={onClose}>
      <p>{t('settings.turnOffWhy')}</p>
      <TextField
        name="password"
        label={t('settings.password')}
        type="password"
        autoComplete="current-password"
        value={form.values.password}
        onChange={(password) => form.set('password', password)}
        mistake={form.mistakes.password}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}
