import { useDeferredValue, useState } from 'react';
import { useI18n } from '../lib/i18n';
import { Failure } from './failure';
import { InEditor } from './in-editor';
import { isFound } from './is-found';
import { useLibrary } from './library';
import { useOpenQuery } from './use-open-query';

/** What stands in the editor, to be kept, and what one has kept. */
export function SavedQueries() {
  const { t } = useI18n();
  const { viewer, saved, link } = useLibrary();
  const { open } = useOpenQuery();
  const [words, setWords] = useState('');
  const sought = useDeferredValue(words);
  const all = saved.data ?? [];
  const found = all.filter(({ name, description, document }) => isFound(sought, [name, description, document]));
  return (
    <section className="library" aria-label={t('playground.saved')}>
      <h2>{t('playground.saved')}</h2>
      {!viewer && <p className="words">{t('playground.nobody')}</p>}
      {viewer && <InEditor viewer={viewer} />}
      {viewer && <Failure of={saved} />}
      {saved.data && all.length === 0 && <p className="words">{t('playground.noneSaved')}</p>}
      {all.length > 0 && (
        <>
          <input type="search" aria-label={t('playground.findSaved')} placeholder={t('playground.findSaved')} value={words} onChange={(event) => setWords(event.target.value)} />
          <p className="count" role="status">
            {found.length > 0 ? t('playground.savedCount', { count: found.length }) : t('playground.noSaved')}
          </p>
          <ul className="queries">
            {found.map((query) => (
              <li key={query.id}>
                <button type="button" onClick={() => link(open(query), query)}>
                  <strong>
                    {query.name}
                    {query.isShared && <em>{t('playground.shared')}</em>}
                  </strong>
                  {query.description && <span>{query.description}</span>}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
