import { errorWords, problemWords } from '../lib/form';
import type { ApiError } from '../lib/graphql';
import type { I18n, Key } from '../lib/i18n';

/** The words for the values of a saved query. */
const subjects: Partial<Record<string, Key>> = {
  name: 'playground.name',
  description: 'playground.description',
  document: 'playground.document',
  variables: 'playground.variables',
};

/** Why a query was not saved. */
export function saveMistakes(error: ApiError, language: I18n['language'], t: I18n['t']): string {
  const words = error.problems.map((problem) => {
    const name = problem.path.find((step) => typeof step === 'string' && step in subjects) ?? problem.path.at(-1);
    const subject = subjects[String(name)];
    return problemWords(problem, subject ? t(subject) : String(name), language, t);
  });
  return words.join(' ') || errorWords(error, t);
}
