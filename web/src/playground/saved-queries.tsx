import { useI18n } from '../lib/i18n';
import { Failure } from './failure';
import { FoundList } from './found-list';
import { InEditor } from './in-editor';
import { useLibrary } from './library';
import { useOpenQuery } from './use-open-query';

/** What stands in the editor, to be kept, and what one has kept. */
export function SavedQueries() {
  const { t } = useI18n();
  const { viewer, saved, link } = useLibrary();
  const { open } = useOpenQuery();
  const all = saved.data ?? [];
  return (
    <section className="library" aria-label={t('playground.saved')}>
      <h2>{t('playground.saved')}</h2>
      {!viewer && <p className="words">{t('playground.nobody')}</p>}
      {viewer && <InEditor viewer={viewer} />}
      {viewer && <Failure of={saved} />}
      {saved.data && all.length === 0 && <p className="words">{t('playground.noneSaved')}</p>}
      {all.length > 0 && (
        <FoundList
          items={all}
          label={t('playground.findSaved')}
          textsOf={({ name, description, document }) => [name, description, document]}
          found={(count) => t('playground.savedCount', { count })}
          none={t('playground.noSaved')}
          entry={(query) => (
            <button type="button" onClick={() => link(open(query), query)}>
              <strong>
                {query.name}
                {query.isShared && <em>{t('playground.shared')}</em>}
              </strong>
              {query.description && <span>{query.description}</span>}
            </button>
          )}
        />
      )}
    </section>
  );
}
