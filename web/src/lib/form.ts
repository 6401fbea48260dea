import { type SyntheticEvent, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { ApiError, type Problem } from './graphql';
import { type Key, useI18n } from './i18n';

export interface FormState<Values> {
  values: Values;
  set: <Name extends keyof Values & string>(name: Name, value: Values[Name]) => void;
  /** Sets what was not typed: leaving loses nothing. */
  fill: <Name extends keyof Values & string>(name: Name, value: Values[Name]) => void;
  /** What is wrong, by the name of the field. */
  mistakes: Partial<Record<string, string>>;
  /** What is wrong with the whole, or with what the form does not show. */
  whole: string;
  /** The refusal itself, for what a form makes of its code and details. */
  refusal: ApiError | null;
  isSending: boolean;
  /** Something was typed that leaving would lose. */
  isChanged: boolean;
  /** What stands in a form that stays open is what is saved: leaving loses nothing. */
  settle: () => void;
  submit: (event?: SyntheticEvent) => void;
}

interface Options<Values> {
  initial: Values;
  /** What each field is called; a mistake is shown beside it, or in the summary when it is not among them. */
  labels: Record<keyof Values & string, Key>;
  /** Rejects with an ApiError, or with mistakes of its own as `new ApiError('INVALID', …, problems)`. */
  send: (values: Values) => Promise<void>;
}

/** Codes that have words of their own for the whole form. */
const wholes: Partial<Record<string, Key>> = {
  UNREACHABLE: 'error.unreachable',
  UNAVAILABLE: 'error.unavailable',
  TIMED_OUT: 'error.timedOut',
  UNAUTHENTICATED: 'error.signedOut',
  FORBIDDEN: 'error.forbidden',
  VERSION_CONFLICT: 'error.changed',
  INTERNAL: 'error.internal',
};

/** A form's values, what the server says of them, and that nothing typed is lost when it refuses. */
export function useForm<Values extends object>({ initial, labels, send }: Options<Values>): FormState<Values> {
  const { t, language } = useI18n();
  const [values, setValues] = useState(initial);
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const [isSending, setIsSending] = useState(false);
  const [isChanged, setIsChanged] = useState(false);
  const sending = useRef(false);
  const form = useRef<HTMLFormElement | null>(null);

  const fill = useCallback(<Name extends keyof Values & string>(name: Name, value: Values[Name]) => {
    setValues((before) => ({ ...before, [name]: value }));
  }, []);
  const set = useCallback(
    <Name extends keyof Values & string>(name: Name, value: Values[Name]) => {
      setIsChanged(true);
      fill(name, value);
    },
    [fill],
  );

  const settle = useCallback(() => setIsChanged(false), []);

  const submit = async (event?: SyntheticEvent) => {
    event?.preventDefault();
    if (event?.currentTarget instanceof HTMLFormElement) form.current = event.currentTarget;
    if (sending.current) return;
    sending.current = true;
    setIsSending(true);
    setRefusal(null);
    try {
      await send(values);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setRefusal(error);
    } finally {
      sending.current = false;
      setIsSending(false);
    }
  };

  // Before the words are painted: who types on at once types into the field that was wrong.
  useLayoutEffect(() => {
    if (refusal) form.current?.querySelector<HTMLElement>('[data-field][data-invalid] :is(input, textarea, button)')?.focus();
  }, [refusal]);

  const mistakes: Partial<Record<string, string>> = {};
  const others: string[] = [];
  for (const problem of refusal?.problems ?? []) {
    const name = problem.path.findLast((step) => typeof step === 'string' && step in labels) as (keyof Values & string) | undefined;
    const subject = name ? t(labels[name]) : String(problem.path.at(-1) ?? '');
    const words = problemWords(problem, subject, language, t);
    if (name) mistakes[name] ??= words;
    else others.push(words);
  }
  const whole = others.join(' ') || (refusal && refusal.problems.length === 0 ? errorWords(refusal, t) : '');
  return { values, set, fill, mistakes, whole, refusal, isSending, isChanged, settle, submit: (event) => void submit(event) };
}

type Translate = ReturnType<typeof useI18n>['t'];

/** The server's words follow the name of a value, in English; in other languages the code says as much as it can. */
export function problemWords({ code, message }: Problem, subject: string, language: string, t: Translate): string {
  if (language === 'en' && message) return `${subject} ${message}.`;
  const key = `problem.${code}` as Key;
  const words = t(key);
  // A code that the locales have no words for comes back as it went.
  return t('error.problem', { subject, words: words === key ? t('problem.OTHER') : words });
}

/** Why something as a whole did not come about, in words for the user. */
export function errorWords(error: ApiError, t: Translate): string {
  if (error.code === 'RATE_LIMITED') return t('error.wait', { count: error.retryAfter });
  const key = wholes[error.code];
  return key ? t(key) : t('error.server', { message: error.message });
}
