import { Clock } from 'lucide-react';
import { createPortal } from 'react-dom';
import { Button } from '../../components/button';
import { useI18n } from '../../lib/i18n';

/**
 * Says that the screen locks soon. It takes no focus and covers nothing: any key or movement takes it away, so that
 * nothing typed is lost. It stands outside of all windows, which hide what is beside them.
 */
export function IdleWarning({ secondsLeft }: { secondsLeft: number }) {
  const { t } = useI18n();
  return createPortal(
    <div
      role="alert"
      data-react-aria-top-layer="true"
      className="fixed inset-x-4 top-2 z-50 mx-auto flex max-w-[34rem] flex-wrap items-center gap-3 rounded-2 border-s-3 border-warn-line bg-warn-soft p-3 shadow-3 print:hidden"
    >
      <Clock className="size-4 shrink-0 text-warn-text" aria-hidden="true" />
      <p className="min-w-0 flex-1 basis-48 font-medium">{t('session.locksSoon')}</p>
      <span className="tabular text-warn-text" aria-hidden="true">
        {t('session.seconds', { count: secondsLeft })}
      </span>
      <Button>{t('session.stay')}</Button>
    </div>,
    document.body,
  );
}
