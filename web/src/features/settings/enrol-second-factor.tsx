import { useState } from 'react';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { Dialog, DialogFooter } from '../../components/dialog';
import { FormDialog } from '../../components/form-dialog';
import { SecretBox } from '../../components/secret-box';
import { TextField } from '../../components/text-field';
import { ConfirmSecondFactorDocument, EnrolSecondFactorDocument, type EnrolSecondFactorMutation } from '../../gql/settings';
import { useForm } from '../../lib/form';
import { useI18n } from '../../lib/i18n';
import { useApiMutation } from '../../lib/use-api';
import { QrCode } from './qr-code';

interface Props {
  onClose: () => void;
  onChanged: () => void;
}

/** From the password over the app's first code to the recovery codes. */
export function EnrolSecondFactor({ onClose, onChanged }: Props) {
  const { t } = useI18n();
  const enrol = useApiMutation(EnrolSecondFactorDocument);
  const confirm = useApiMutation(ConfirmSecondFactorDocument);
  const [enrolled, setEnrolled] = useState<EnrolSecondFactorMutation['enrolSecondFactor']>(null);
  const [codes, setCodes] = useState<readonly string[]>([]);
  const form = useForm({
    initial: { password: '', code: '' },
    labels: { password: 'settings.password', code: 'settings.code' },
    async send({ password, code }) {
      if (!enrolled) {
        setEnrolled((await enrol({ input: { password } })).enrolSecondFactor);
        return;
      }
      const { confirmSecondFactor } = await confirm({ input: { code: code.replace(/\s/g, '') } });
      setCodes(confirmSecondFactor?.recoveryCodes ?? []);
      onChanged();
    },
  });
  if (codes.length > 0) {
    return (
      <Dialog title={t('settings.recovery')} size="small">
        <div className="grid gap-4 px-6 py-4">
          <Banner tone="warn" title={t('settings.recoveryWhy')} />
          <SecretBox label={t('settings.recoveryCodes')} secret={codes.join('\n')} rows={codes.length} />
          <DialogFooter>
            <Button kind="main" onPress={onClose}>
              {t('settings.kept')}
            </Button>
          </DialogFooter>
        </div>
      </Dialog>
    );
  }
  return (
    <FormDialog
      key={enrolled ? 'code' : 'password'}
      title={t('settings.secondFactor')}
      form={form}
      send={t(enrolled ? 'settings.turnOn' : 'settings.goOn')}
      onClose={onClose}
    >
      {enrolled ? (
        <>
          <p>{t('settings.scan')}</p>
          <QrCode picture={enrolled.qrCode} label={t('settings.qrCode')} />
          <SecretBox label={t('settings.secret')} secret={enrolled.secret} rows={1} />
          <TextField
            name="code"
            label={t('settings.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={form.values.code}
            onChange={(code) => form.set('code', code)}
            mistake={form.mistakes.code}
            isRequired
            autoFocus
          />
        </>
      ) : (
        <>
          <p>{t('settings.secondFactorWhy')}</p>
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
        </>
      )}
    </FormDialog>
  );
}
