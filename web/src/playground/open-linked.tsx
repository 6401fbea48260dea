import { useEffect, useRef, useState } from 'react';
import { useI18n } from '../lib/i18n';
import { Icon } from '../ui/icon';
import { useLibrary } from './library';
import { loadSaved } from './operations';
import { useHasEditors, useOpenQuery } from './use-open-query';

/** What the page's address asks for: ?example=… or ?saved=… */
function asked(): { example: string | null; saved: string | null } {
  const search = new URLSearchParams(location.search);
  return { example: search.get('example'), saved: search.get('saved') };
}

/** Opens what the address names, once, in the first tab, as soon as somebody is signed in. It says when there is no such thing. */
export function OpenLinked() {
  const { t } = useI18n();
  const { viewer, examples, link } = useLibrary();
  const { fill } = useOpenQuery();
  const hasEditors = useHasEditors();
  const [problem, setProblem] = useState('');
  const isDone = useRef(false);
  useEffect(() => {
    const { example, saved } = asked();
    if (!viewer || !hasEditors || isDone.current) return;
    if (saved) {
      isDone.current = true;
      loadSaved(saved).then(
        (query) => (query ? link(fill(query), query) : setProblem(t('playground.savedGone'))),
        () => setProblem(t('playground.savedGone')),
      );
    } else if (example && examples.data) {
      isDone.current = true;
      const found = examples.data.find(({ id }) => id === example);
      if (found) fill(found);
      else setProblem(t('playground.exampleGone'));
    }
  });
  return (
    <div role="alert" className="trouble">
      {problem && (
        <>
          <Icon name="alert" />
          <p>{problem}</p>
        </>
      )}
    </div>
  );
}
