import { useGraphiQL } from '@graphiql/react';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../lib/graphql';
import { useI18n } from '../lib/i18n';
import type { Viewer } from '../lib/viewer';
import { ExportLine } from './export-line';
import { useLibrary } from './library';
import { LinkButton } from './link-button';
import { loadSaved, remove, type SavedQuery, save, type ToSave, update } from './operations';
import { saveMistakes } from './save-mistakes';
import { useOpenQuery } from './use-open-query';
import { useTab } from './use-run';
import { areSame, valuesIn } from './values';

/** The open tab as a saved query: to be saved, changed, shared, exported and deleted. */
export function InEditor({ viewer }: { viewer: Viewer }) {
  const { links } = useLibrary();
  const tab = useTab();
  const query = links.get(tab) ?? null;
  // What is typed belongs to what the tab holds.
  return <SavedForm key={`${tab} ${query?.id} ${query?.version}`} tab={tab} query={query} isOwn={query?.owner.id === viewer.id} />;
}

interface Conflict {
  current: SavedQuery;
  fields: string;
}

function SavedForm({ tab, query, isOwn }: { tab: string; query: SavedQuery | null; isOwn: boolean }) {
  const { t, language } = useI18n();
  const { saved, link } = useLibrary();
  const { fill } = useOpenQuery();
  const { queryEditor, variableEditor, text, variables } = useGraphiQL(({ queryEditor, variableEditor, tabs, activeTabIndex }) => ({
    queryEditor,
    variableEditor,
    text: tabs[activeTabIndex]?.query ?? '',
    variables: tabs[activeTabIndex]?.variables ?? '',
  }));
  const [name, setName] = useState(query && !isOwn ? t('playground.copyOf', { name: query.name }).slice(0, 100) : (query?.name ?? ''));
  const [description, setDescription] = useState(query?.description ?? '');
  const [isShared, setIsShared] = useState(isOwn && (query?.isShared ?? false));
  const [problem, setProblem] = useState('');
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);

  const isTextChanged = query !== null && (text.trim() !== query.document.trim() || !areSame(valuesIn(variables), query.variables));
  const isChanged = isTextChanged || (isOwn && query !== null && (name !== query.name || description !== (query.description ?? '') || isShared !== query.isShared));

  function toSave(): ToSave | null {
    const values = valuesIn(variableEditor?.getValue() ?? '');
    const problem = name.trim() === '' ? t('playground.noName') : values ? '' : t('playground.badVariables');
    setProblem(problem);
    return problem || !values ? null : { name: name.trim(), description: description.trim() || null, document: queryEditor?.getValue() ?? '', variables: values, isShared };
  }

  /** Does what goes to the server, and says what became of it. */
  async function tell(act: () => Promise<void>) {
    setIsBusy(true);
    setConflict(null);
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const current = error.code === 'VERSION_CONFLICT' && query ? await loadSaved(query.id).catch(() => null) : null;
      if (current) setConflict({ current, fields: String(error.details.changedFields ?? '').replaceAll(',', ', ') });
      else setProblem(saveMistakes(error, language, t));
    } finally {
      setIsBusy(false);
    }
  }

  const keep = (act: (input: ToSave) => Promise<SavedQuery>) => {
    const input = toSave();
    if (!input) return;
    void tell(async () => {
      link(tab, await act(input));
      await saved.load();
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keep((input) => (query && isOwn ? update(query, input) : save(input)));
  };
  const drop = (which: Pick<SavedQuery, 'id' | 'version'>) =>
    void tell(async () => {
      await remove(which);
      link(tab, null);
      await saved.load();
    });

  return (
    <form className="in-editor" onSubmit={submit} aria-label={t('playground.inEditor')}>
      <h3>{query ? query.name : t('playground.notSaved')}</h3>
      {query && <p className="words">{isOwn ? t('playground.keptByYou') : t('playground.keptBy', { name: query.owner.displayName })}</p>}
      <p className="words" role="status">
        {query && (isChanged ? t('playground.changed') : t('playground.unchanged'))}
      </p>
      <label>
        {t('playground.name')}
        <input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
      </label>
      <label>
        {t('playground.description')}
        <textarea rows={2} maxLength={1000} value={description} onChange={(event) => setDescription(event.target.value)} />
      </label>
      <label className="check">
        <input type="checkbox" checked={isShared} onChange={(event) => setIsShared(event.target.checked)} />
        {t('playground.isShared')}
      </label>
      <p className="words">{t('playground.identifying')}</p>
      <div role="alert" className="problem">
        {problem && <p>{problem}</p>}
        {conflict && (
          <>
            <p>{t('playground.conflict', { fields: conflict.fields })}</p>
            <div className="buttons">
              <button
                type="button"
                className="quiet"
                onClick={() => {
                  fill(conflict.current);
                  link(tab, conflict.current);
                }}
              >
                {t('playground.takeTheirs')}
              </button>
              <button type="button" className="quiet" onClick={() => keep((input) => update(conflict.current, input))}>
                {t('playground.keepMine')}
              </button>
            </div>
          </>
        )}
      </div>
      <div className="buttons">
        <button type="submit" className="main" disabled={isBusy}>
          {t(!query ? 'playground.save' : isOwn ? 'playground.saveChanges' : 'playground.saveCopy')}
        </button>
        {query && isOwn && (
          <button type="button" className="quiet" disabled={isBusy} onClick={() => keep((input) => save({ ...input, isShared: false }))}>
            {t('playground.saveCopy')}
          </button>
        )}
        {query && <LinkButton isNamed address={`/playground?saved=${query.id}`} of={query.name} />}
        {query && isOwn && !isAsking && (
          <button type="button" className="quiet" onClick={() => setIsAsking(true)}>
            {t('playground.remove')}
          </button>
        )}
        {query && isAsking && (
          <>
            <button type="button" className="quiet danger" disabled={isBusy} onClick={() => drop(query)}>
              {t('playground.reallyRemove')}
            </button>
            <button type="button" className="quiet" onClick={() => setIsAsking(false)}>
              {t('playground.keep')}
            </button>
          </>
        )}
      </div>
      {query && <ExportLine address={query.exportUrl} name={query.name} isChanged={isTextChanged} />}
    </form>
  );
}
