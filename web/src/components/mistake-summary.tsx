import { useI18n } from '../lib/i18n';
import { Banner } from './banner';

interface Props {
  /** By the name of the field. */
  mistakes: Partial<Record<string, string>>;
  /** About the whole. */
  whole: string;
}

function focusField(name: string) {
  document.querySelector<HTMLElement>(`[data-field="${name}"] :is(input, textarea, button)`)?.focus();
}

/** All that is wrong, at the head of a form, where it is read out; each line leads to its field. */
export function MistakeSummary({ mistakes, whole }: Props) {
  const { t } = useI18n();
  const wrong = Object.entries(mistakes).filter(([, words]) => words);
  if (wrong.length === 0) return whole && <Banner tone="danger" title={whole} />;
  return (
    <Banner tone="danger" title={whole || t('error.mend', { count: wrong.length })}>
      <ul className="grid justify-items-start">
        {wrong.map(([name, words]) => (
          <li key={name}>
            <button type="button" className="min-h-6 text-start underline underline-offset-2" onClick={() => focusField(name)}>
              {words}
            </button>
          </li>
        ))}
      </ul>
    </Banner>
  );
}
