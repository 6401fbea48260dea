import { Button } from '../../components/button';
import { Dialog, DialogFooter } from '../../components/dialog';
import { useI18n } from '../../lib/i18n';

interface Props {
  diagnosis: string;
  onSign: () => void;
  onClose: () => void;
}

/** Asks once more: what is signed can be amended, and never changed. Enter signs. */
export function SignRecord({ diagnosis, onSign, onClose }: Props) {
  const { t } = useI18n();
  return (
    <Dialog title={t('record.signTitle')} size="small" role="alertdialog" onClose={onClose}>
      <div className="grid gap-4 px-6 py-4 max-s:px-4">
        <p className="text-body font-medium">{diagnosis}</p>
        <p className="text-body">{t('record.signWhy')}</p>
        <DialogFooter>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button kind="main" keyHint="Enter" autoFocus onPress={onSign}>
            {t('record.signIt')}
          </Button>
        </DialogFooter>
      </div>
    </Dialog>
  );
}
