import { errorWords } from '../lib/form';
import { ApiError } from '../lib/graphql';
import { useI18n } from '../lib/i18n';
import type { Loaded } from './library';

/** That something is still being loaded, or why it is not there, with a way to ask again. */
export function Failure({ of: { data, error, load } }: { of: Loaded<unknown> }) {
  const { t } = useI18n();
  if (!error) return data === undefined ? <p className="words">{t('common.loading')}…</p> : null;
  return (
    <div role="alert">
      <p className="words">{error instanceof ApiError ? errorWords(error, t) : t('playground.unreachable')}</p>
      <button type="button" className="quiet" onClick={() => void load()}>
        {t('common.retry')}
      </button>
    </div>
  );
}
