import { problemWords } from '../lib/form';
import { ApiError } from '../lib/graphql';
import type { I18n, Key } from '../lib/i18n';

/** What a form says of a submission that failed: at its inputs, by their names, and about the whole. */
export interface Mistakes {
  inputs: Record<string, string>;
  whole: string;
}

/** What the API's words about a value follow: "The password" and "is shorter than 12 characters". */
const subjects: Partial<Record<string, Key>> = {
  loginName: 'account.ofLoginName',
  displayName: 'account.ofDisplayName',
  password: 'account.ofPassword',
  repeated: 'account.ofRepeated',
  code: 'account.ofCode',
  token: 'account.ofLink',
};

const wholes: Partial<Record<string, Key>> = {
  UNAUTHENTICATED: 'session.wrong',
  UNREACHABLE: 'account.unreachable',
  UNAVAILABLE: 'error.unavailable',
  TIMED_OUT: 'error.timedOut',
  INTERNAL: 'error.internal',
};

/** Says in words why a submission failed. Inputs are the names of those that the form shows. */
export function mistakesOf(error: unknown, inputs: readonly string[], { t, language }: Pick<I18n, 't' | 'language'>): Mistakes {
  const found: Mistakes = { inputs: {}, whole: '' };
  if (!(error instanceof ApiError)) {
    found.whole = t('account.broken');
    return found;
  }
  const others: string[] = [];
  for (const problem of error.problems) {
    const name = problem.path.filter((step) => typeof step === 'string').at(-1) ?? '';
    const subject = subjects[name];
    // Two passwords that differ are found here, in the language of the page.
    const words =
      problem.code === 'DIFFERENT'
        ? t('error.problem', { subject: t('account.ofRepeated'), words: t('account.different') })
        : problemWords(problem, subject ? t(subject) : name, language, t);
    if (inputs.includes(name)) found.inputs[name] ??= words;
    else others.push(words);
  }
  if (others.length > 0) found.whole = others.join(' ');
  else if (error.code === 'RATE_LIMITED') found.whole = waiting(error.retryAfter, t);
  else if (error.problems.length === 0) {
    const whole = wholes[error.code];
    found.whole = whole ? t(whole) : t('error.server', { message: error.message });
  }
  return found;
}

function waiting(seconds: number, t: I18n['t']): string {
  return seconds < 100 ? t('account.waitSeconds', { count: seconds }) : t('account.waitMinutes', { count: Math.ceil(seconds / 60) });
}
