import { Dialog } from '../../components/dialog';
import { useI18n } from '../../lib/i18n';
import { TodayPanel, type TodayProps } from './today-panel';

/** Today at a glance where there is no room for it beside the calendar. */
export default function TodayWindow({ onClose, ...props }: TodayProps & { onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog title={t('calendar.showToday')} onClose={onClose} size="small">
      <TodayPanel {...props} />
    </Dialog>
  );
}
