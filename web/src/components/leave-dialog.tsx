import { useI18n } from '../lib/i18n';
import { Button } from './button';
import { Dialog, DialogFooter } from './dialog';

/** Asks before a page is left whose typed words would be lost. */
export default function LeaveDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog title={t('common.leaveTitle')} size="small" role="alertdialog" onClose={onStay}>
      <div className="grid gap-4 px-6 py-4">
        <p className="text-body">{t('common.leave')}</p>
        <DialogFooter>
          <Button onPress={onLeave}>{t('common.discard')}</Button>
          <Button kind="main" autoFocus onPress={onStay}>
            {t('common.stay')}
          </Button>
        </DialogFooter>
      </div>
    </Dialog>
  );
}
