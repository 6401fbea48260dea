import { useDeferredValue, useState } from 'react';
import { useI18n } from '../lib/i18n';
import { Failure } from './failure';
import { useLibrary } from './library';
import { LinkButton } from './link-button';
import { isFound } from './is-found';
import { useOpenQuery } from './use-open-query';

/** The queries that come with the product, to be found by words and opened by a click. */
export function Examples() {
  const { t } = useI18n();
  const { viewer, examples, link } = useLibrary();
  const { open } = useOpenQuery();
  const [words, setWords] = useState('');
  const sought = useDeferredValue(words);
  const found = examples.data?.filter(({ title, description, document }) => isFound(sought, [title, description, document])) ?? [];
  return (
    <section className="library" aria-label={t('playground.examples')}>
      <h2>{t('playground.examples')}</h2>
      <p className="words">{t('playground.examplesWhy')}</p>
      {!viewer && <p className="words">{t('playground.nobody')}</p>}
      {viewer && <Failure of={examples} />}
      {examples.data && (
        <>
          <input type="search" aria-label={t('playground.findExample')} placeholder={t('playground.findExample')} value={words} onChange={(event) => setWords(event.target.value)} />
          <p className="count" role="status">
            {found.length > 0 ? t('playground.exampleCount', { count: found.length }) : t('playground.noExample')}
          </p>
          <ul className="queries">
            {found.map((example) => (
              <li key={example.id}>
                <button type="button" onClick={() => link(open(example), null)}>
                  <strong>{example.title}</strong>
                  <span>{example.description.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))}</span>
                </button>
                <LinkButton address={`/playground?example=${encodeURIComponent(example.id)}`} of={example.title} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
