import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useI18n } from '../lib/i18n';
import { Icon, type IconName } from '../ui/icon';
import { Chart } from './chart';
import { csvOf, ndjsonOf } from './csv';
import { Facts } from './facts';
import { ResultTable } from './result-table';
import { isSuppressed, listsOf, type Rows } from './rows';
import { type FileFormat, saveFile } from './save-file';
import { Trouble } from './trouble';
import { useOrder } from './use-order';
import { useRun } from './use-run';

type View = 'json' | 'table' | 'chart';

const views: { name: View; icon: IconName }[] = [
  { name: 'json', icon: 'braces' },
  { name: 'table', icon: 'table' },
  { name: 'chart', icon: 'bars' },
];

const downloads: { format: FileFormat; title: string; textOf: (rows: Rows) => string }[] = [
  { format: 'csv', title: 'CSV', textOf: csvOf },
  { format: 'ndjson', title: 'NDJSON', textOf: ({ items }) => ndjsonOf(items) },
];

/**
 * What stands around GraphiQL's answer: above it how it is shown, what can be taken along and what went wrong; in its place
 * the table or the chart; below it what it took. It is put into the footer of the answer, from where it reaches above it.
 */
export function Result() {
  const footer = useRef<HTMLDivElement>(null);
  const [host, setHost] = useState<HTMLElement | null>(null);
  const [view, setView] = useState<View>('json');
  const run = useRun();
  useLayoutEffect(() => {
    const frame = footer.current?.closest<HTMLElement>('.graphiql-response');
    if (!frame) return;
    const head = document.createElement('div');
    head.className = 'result';
    frame.prepend(head);
    setHost(head);
    return () => head.remove();
  }, []);
  useLayoutEffect(() => {
    host?.parentElement?.setAttribute('data-view', view);
  }, [host, view]);
  return (
    <div ref={footer}>
      {host && createPortal(<Answer view={view} onView={setView} />, host)}
      <Facts run={run} />
    </div>
  );
}

interface AnswerProps {
  view: View;
  onView: (view: View) => void;
}

function Answer({ view, onView }: AnswerProps) {
  const { t } = useI18n();
  const run = useRun();
  const lists = useMemo(() => listsOf(run?.answer?.data), [run]);
  const [path, setPath] = useState('');
  const [rows, order, sort] = useOrder(lists.find((list) => list.path === path) ?? lists[0]);
  const hidden = rows?.items.filter(isSuppressed).length ?? 0;
  return (
    <>
      <div className="result-bar">
        <div className="choice" role="group" aria-label={t('playground.showAs')}>
          {views.map(({ name, icon }) => (
            <button key={name} type="button" aria-pressed={view === name} onClick={() => onView(name)}>
              <Icon name={icon} />
              {t(`playground.${name}`)}
            </button>
          ))}
        </div>
        {lists.length > 1 && (
          <label>
            {t('playground.list')}
            <select value={rows?.path} onChange={(event) => setPath(event.target.value)}>
              {lists.map((list) => (
                <option key={list.path}>{list.path}</option>
              ))}
            </select>
          </label>
        )}
        {rows && rows.items.length > 0 && (
          <div className="downloads">
            {downloads.map(({ format, title, textOf }) => (
              <button
                key={format}
                type="button"
                className="quiet"
                aria-label={t('playground.download', { format: title })}
                onClick={() => saveFile(rows.path, format, [textOf(rows)])}
              >
                <Icon name="download" />
                {t(`playground.${format}`)}
              </button>
            ))}
          </div>
        )}
      </div>
      <Trouble run={run} />
      {view !== 'json' && (
        <section className="result-pane" aria-label={t('playground.result')}>
          {!rows && <p className="words">{t(!run ? 'playground.nothingRun' : run.answer?.data ? 'playground.noList' : 'playground.noAnswer')}</p>}
          {rows && view === 'chart' && <Chart rows={rows} />}
          {rows && view === 'table' && hidden > 0 && <p className="words">{t('playground.hiddenCells', { count: hidden })}</p>}
          {rows && <ResultTable rows={rows} order={order} onSort={sort} />}
        </section>
      )}
    </>
  );
}
