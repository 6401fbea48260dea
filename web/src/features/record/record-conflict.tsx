import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { useI18n } from '../../lib/i18n';
import { labels } from './record-fields';
import type { Merged, RecordValues, SharedField } from './record-values';
import { useLineWords } from '../../lib/prescription';
import { readTypedDate } from '../../lib/typed-date';

export interface Conflict extends Merged {
  /** What stands on the server now. */
  theirs: RecordValues;
  /** When it was saved there, as a time of the clinic. */
  at: string;
}

interface Props {
  conflict: Conflict;
  /** Takes what the other desk wrote into a field. */
  onTake: (field: SharedField) => void;
}

/** Another desk has saved meanwhile: what of it was taken over, and what one has to choose between. */
export function RecordConflict({ conflict: { theirs, taken, both, at }, onTake }: Props) {
  const { t } = useI18n();
  const lineWords = useLineWords();
  const words = (field: SharedField) => {
    if (field !== 'lines') return field === 'appointmentId' ? '' : theirs[field];
    return theirs.lines
      .map(({ startsOn, endsOn, ...line }) => lineWords({ ...line, startsOn: readTypedDate(startsOn)?.date ?? null, endsOn: readTypedDate(endsOn)?.date ?? null }))
      .join('\n');
  };
  return (
    <Banner tone="warn" title={t('record.savedElsewhere', { at })}>
      {taken.length > 0 && <p>{t('record.takenOver', { fields: taken.map((field) => t(labels[field])).join(', ') })}</p>}
      {both.length > 0 && (
        <>
          <p>{t('record.bothChanged')}</p>
          <dl className="grid w-full gap-2">
            {both.map((field) => (
              <div key={field} className="grid gap-1 rounded-2 bg-surface px-3 py-2">
                <dt className="text-small text-ink-2">{t(labels[field])}</dt>
                <dd className="max-h-40 overflow-auto text-body whitespace-pre-line">{words(field) || t('common.noneRecorded')}</dd>
                <dd>
                  <Button isSmall onPress={() => onTake(field)}>
                    {t('record.takeTheirs')}
                  </Button>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Banner>
  );
}
