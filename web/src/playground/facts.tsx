import { localeOf, useI18n } from '../lib/i18n';
import type { Run } from './run';

/** What a run took: its cost, its statements and its time, under the answer. */
export function Facts({ run }: { run: Run | undefined }) {
  const { t, language } = useI18n();
  const { cost, sql = run?.sql } = run?.answer?.extensions ?? {};
  // Times without fractions, but for those that would be nothing.
  const time = (milliseconds: number) => milliseconds.toLocaleString(localeOf[language], { maximumFractionDigits: milliseconds < 10 ? 1 : 0 });
  const throttle = cost?.throttleStatus;
  return (
    <p className="facts" role="status" aria-label={t('playground.facts')}>
      {cost && <span>{t('playground.points', { requested: cost.requestedQueryCost, actual: cost.actualQueryCost })}</span>}
      {sql && <span>{t('playground.statements', { count: sql.statements, time: time(sql.milliseconds) })}</span>}
      {run && run.status > 0 && <span>{t('playground.roundTrip', { time: time(run.milliseconds) })}</span>}
      {throttle && <span>{t('playground.left', { count: Math.floor(throttle.currentlyAvailable), all: throttle.maximumAvailable })}</span>}
    </p>
  );
}
