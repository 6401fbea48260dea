import { KeyCap } from '../components/key-cap';
import { useI18n } from '../lib/i18n';
import { useKeyActions } from '../lib/keys';
import { useWindows } from '../lib/windows';

/** What can be done now, with its keys, at the foot of the window. There is none on a phone, which has no keys. */
export function ActionBar() {
  const { t } = useI18n();
  const open = useWindows();
  const actions = useKeyActions().filter(({ key, isInBar }, i, all) => isInBar && all.findLastIndex((one) => one.key === key) === i);
  return (
    <footer
      aria-label={t('keys.bar')}
      className="fixed inset-x-0 bottom-0 z-10 flex min-h-10 items-center gap-2 border-t border-line-2 bg-surface px-4 text-small max-s:hidden pointer-coarse:hidden [@media(max-height:30rem)]:hidden print:hidden"
    >
      <div className="flex min-w-0 gap-2 overflow-x-auto [scrollbar-width:none]">
        {actions.map(({ key, label, run }) => (
          <button
            key={key}
            type="button"
            onClick={run}
            className="inline-flex min-h-7 shrink-0 items-center gap-1.5 rounded-2 border border-line-2 bg-surface px-2 font-medium whitespace-nowrap -outline-offset-2! hover:bg-hover"
          >
            {label}
            <KeyCap of={key} />
          </button>
        ))}
      </div>
      <button
        type="button"
        onClick={() => open({ name: 'keys' })}
        className="ms-auto inline-flex min-h-7 shrink-0 items-center gap-1.5 rounded-2 px-2 text-ink-2 hover:bg-hover hover:text-ink"
      >
        {t('keys.all')}
        <KeyCap of="?" />
      </button>
    </footer>
  );
}
