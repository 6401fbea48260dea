import { Checkbox } from '../components/checkbox';
import { Dialog } from '../components/dialog';
import { capsOf, useKeyActions } from '../lib/keys';
import { useI18n } from '../lib/i18n';
import { useSession } from '../lib/session';

/** All that keys do where one is, and the switch for single letters. */
export default function AllKeys({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const { look, setLook } = useSession();
  const actions = useKeyActions().filter((action, i, all) => all.findLastIndex(({ key }) => key === action.key) === i);
  return (
    <Dialog title={t('keys.all')} onClose={onClose} size="small">
      <div className="grid gap-4 px-6 py-4">
        <dl className="grid">
          {actions.map(({ key, label }) => (
            <div key={key} className="flex items-center justify-between gap-4 border-b border-line py-1.5 last:border-b-0">
              <dt>{label}</dt>
              <dd className="flex gap-1">
                {capsOf(key).map((cap) => (
                  <kbd key={cap} className="min-w-5 rounded-1 border border-line-2 px-1 text-center font-sans text-key font-medium text-ink-2">
                    {cap}
                  </kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <Checkbox isSelected={look.hasLetterKeys} onChange={(hasLetterKeys) => setLook({ hasLetterKeys })}>
          {t('keys.letters')}
        </Checkbox>
      </div>
    </Dialog>
  );
}
