import { useEffect, useRef, useState } from 'react';
import { errorWords } from '../lib/form';
import { ApiError } from '../lib/graphql';
import { useI18n } from '../lib/i18n';
import { Icon } from '../ui/icon';
import { load } from './export';
import { type FileFormat, saveFile } from './save-file';

interface Props {
  /** Of the export as CSV. */
  address: string;
  /** Of the query, for the file. */
  name: string;
  /** What stands in the editor is not what is saved. */
  isChanged: boolean;
}

/** All pages of a saved query into a file, with how far it has come and a way to stop it. */
export function ExportLine({ address, name, isChanged }: Props) {
  const { t } = useI18n();
  const [words, setWords] = useState('');
  const [rows, setRows] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function run(format: FileFormat) {
    const own = new AbortController();
    running.current = own;
    let count = 0;
    setWords('');
    setRows(0);
    try {
      const { pieces, rows } = await load(address.replace(/csv$/, format), format, {
        signal: own.signal,
        onRows: (now) => {
          count = now;
          setRows(now);
        },
      });
      saveFile(name, format, pieces);
      setWords(t('playground.exported', { count: rows }));
    } catch (error) {
      if (own.signal.aborted) setWords(t('playground.stopped', { count }));
      else if (error instanceof ApiError) setWords(error.code === 'BROKEN_OFF' ? t('playground.brokenOff') : errorWords(error, t));
      else throw error;
    } finally {
      running.current = null;
      setRows(null);
    }
  }

  return (
    <fieldset className="export">
      <legend>{t('playground.exportAll')}</legend>
      {isChanged && <p className="words">{t('playground.exportSaved')}</p>}
      <div className="buttons">
        {(['csv', 'ndjson'] as const).map((format) => (
          <button key={format} type="button" className="quiet" disabled={rows !== null} onClick={() => void run(format)}>
            <Icon name="download" />
            {t(format === 'csv' ? 'playground.exportCsv' : 'playground.exportNdjson')}
          </button>
        ))}
        {rows !== null && (
          <button type="button" className="quiet" onClick={() => running.current?.abort()}>
            {t('playground.stop')}
          </button>
        )}
      </div>
      {rows !== null && <p className="words">{t('playground.exporting', { count: rows })}</p>}
      {/* How far it has come is not read out each time; what came of it is. */}
      <p className="words" role="status">
        {words}
      </p>
    </fieldset>
  );
}
