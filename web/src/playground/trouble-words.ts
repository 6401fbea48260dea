import type { I18n } from '../lib/i18n';
import type { AnswerError, Run } from './run';

/** More than these are read in the JSON. */
const most = 5;

/** A path of an answer as one reads it: patients › nodes › appointments. */
const spelled = (path: readonly (string | number)[]) => path.map((step) => (typeof step === 'number' ? `#${step + 1}` : step)).join(' › ');

/** The server ends its messages without a full stop. */
const plain = (message: string) => message.replace(/\.$/, '');

function wordsOf({ message, path, locations, extensions = {} }: AnswerError, { status, retryAfter }: Run, t: I18n['t']): string {
  const { code, limit, allowed = 0, cost = 0, denied, operationId } = extensions;
  const most = path && path.length > 0 ? ` ${t('playground.mostOf', { path: spelled(path) })}` : '';
  const number = operationId ? ` ${t('playground.reference', { id: operationId })}` : '';
  switch (code) {
    case 'UNAUTHENTICATED':
      return status === 401 ? t('playground.sessionEnded') : t('playground.server', { message: plain(message) });
    case 'RATE_LIMITED':
      return t('playground.wait', { count: extensions.retryAfter ?? (retryAfter || 1) });
    case 'UNAVAILABLE':
      return (retryAfter > 0 ? t('playground.unavailableFor', { count: retryAfter }) : t('playground.unavailable')) + number;
    case 'TIMED_OUT':
      return t('playground.timedOut');
    case 'TOO_COMPLEX':
      if (limit === 'cost') return t('playground.tooCostly', { cost, allowed }) + most;
      if (limit === 'items') return t('playground.tooManyItems', { allowed }) + most;
      return t('playground.tooComplex', { limit: limit ?? '', allowed });
    case 'FORBIDDEN':
      return denied && denied.length > 0 ? t('playground.forbidden', { fields: denied.join(', ') }) : t('playground.forbiddenBare', { message: plain(message) });
    case 'NOT_SENT':
      return t('playground.notSent', { message: plain(message) });
    case 'INTERNAL':
      return t('playground.internal', { id: operationId ?? '' });
  }
  const [place] = locations ?? [];
  if (place && (!path || path.length === 0)) return t('playground.atLine', { line: place.line, column: place.column, message: plain(message) });
  if (path && path.length > 0) return t('playground.atPath', { path: spelled(path), message: plain(message) });
  return t('playground.server', { message: plain(message) });
}

/** What went wrong in a run, in words: nothing of one that went well. */
export function troubleOf(run: Run, t: I18n['t']): string[] {
  const { status, answer, retryAfter } = run;
  const errors = answer?.errors ?? [];
  if (errors.length === 0) {
    if (answer) return [];
    if (status === 0) return [t('playground.unreachable')];
    // What stands before the server answers for it, without the words of GraphQL.
    if (status === 401) return [t('playground.sessionEnded')];
    if (status === 429) return [t('playground.wait', { count: retryAfter || 1 })];
    return [retryAfter > 0 ? t('playground.unavailableFor', { count: retryAfter }) : t('playground.unavailable')];
  }
  const words = [...new Set(errors.map((error) => wordsOf(error, run, t)))];
  const more = Math.max(words.length - most, 0) + (answer?.extensions?.moreErrors ?? 0);
  return [...words.slice(0, most), ...(more > 0 ? [t('playground.moreErrors', { count: more })] : [])];
}
