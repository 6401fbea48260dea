import { useI18n } from '../lib/i18n';
import { Icon } from '../ui/icon';
import type { Run } from './run';
import { troubleOf } from './trouble-words';

/** What went wrong in a run, above its answer. It is read out when it comes. */
export function Trouble({ run }: { run: Run | undefined }) {
  const { t } = useI18n();
  const words = run ? troubleOf(run, t) : [];
  return (
    <div role="alert" className="trouble">
      {words.length > 0 && (
        <>
          <Icon name="alert" />
          <div>
            <strong>{t('playground.failed')}</strong>
            {words.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
