import { useI18n } from '../lib/i18n';
import { Banner } from './banner';
import { Button } from './button';

/** Asks before what was typed is lost. To go on has the focus. */
export function LeaveQuestion({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const { t } = useI18n();
  return (
    <Banner tone="warn" title={t('common.leave')}>
      <span className="flex flex-wrap gap-2">
        <Button autoFocus onPress={onStay}>
          {t('common.stay')}
        </Button>
        <Button onPress={onLeave}>{t('common.discard')}</Button>
      </span>
    </Banner>
  );
}
