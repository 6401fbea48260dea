import { useI18n } from '../lib/i18n';
import { Failure } from './failure';
import { FoundList } from './found-list';
import { useLibrary } from './library';
import { LinkButton } from './link-button';
import { useOpenQuery } from './use-open-query';

/** The queries that come with the product, to be found by words and opened by a click. */
export function Examples() {
  const { t } = useI18n();
  const { viewer, examples, link } = useLibrary();
  const { open } = useOpenQuery();
  return (
    <section className="library" aria-label={t('playground.examples')}>
      <h2>{t('playground.examples')}</h2>
      <p className="words">{t('playground.examplesWhy')}</p>
      {!viewer && <p className="words">{t('playground.nobody')}</p>}
      {viewer && <Failure of={examples} />}
      {examples.data && (
        <FoundList
          items={examples.data}
          label={t('playground.findExample')}
          textsOf={({ title, description, document }) => [title, description, document]}
          found={(count) => t('playground.exampleCount', { count })}
          none={t('playground.noExample')}
          entry={(example) => (
            <>
              <button type="button" onClick={() => link(open(example), null)}>
                <strong>{example.title}</strong>
                <span>{example.description.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))}</span>
              </button>
              <LinkButton address={`/playground?example=${encodeURIComponent(example.id)}`} of={example.title} />
            </>
          )}
        />
      )}
    </section>
  );
}
