import { useI18n } from '../../lib/i18n';
import { textChanges } from './text-changes';

/** A text with what was struck and what was put in, told apart by line, tone, and words for whoever only hears it. */
export function ChangedText({ before, after }: { before: string; after: string }) {
  const { t } = useI18n();
  return (
    <>
      {textChanges(before, after).map(({ kind, text }, i) => {
        if (kind === 'same') return text;
        const Mark = kind === 'added' ? 'ins' : 'del';
        return (
          <Mark
            key={i}
            className={
              kind === 'added'
                ? 'rounded-1 bg-ok-soft px-0.5 text-ok-text underline decoration-2 underline-offset-2'
                : 'rounded-1 bg-danger-soft px-0.5 text-danger-text line-through'
            }
          >
            <span className="sr-only">{t(kind === 'added' ? 'record.added' : 'record.removed')} </span>
            {text}
          </Mark>
        );
      })}
    </>
  );
}
