import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';
import type en from '../locales/en';

export type Language = 'en' | 'ka';

/** A text, with {names} where values go; or one of several, by the plural form of `count`. */
export type Message = string | { one: string; other: string };
export type Messages = { [Noun in keyof typeof en]: { [Key in keyof (typeof en)[Noun]]: Message } };

/** `patient.born`: the file of the locale, and the key in it. */
export type Key = { [Noun in keyof Messages]: `${Noun}.${string & keyof Messages[Noun]}` }[keyof Messages];
export type Values = Record<string, string | number>;

const languages: Record<Language, () => Promise<{ default: Messages }>> = {
  en: () => import('../locales/en'),
  ka: () => import('../locales/ka'),
};

/** The languages by the names that their speakers give them. */
export const languageNames: Record<Language, string> = { en: 'English', ka: 'ქართული' };

export async function loadMessages(language: Language): Promise<Messages> {
  return (await languages[language]()).default;
}

/** How numbers are written. A browser that does not know the language takes the next of them. */
export const localeOf: Record<Language, [string, ...string[]]> = { en: ['en-GB'], ka: ['ka-GE', 'en-GB'] };

export function translate(messages: Messages, language: Language, key: Key, values: Values = {}): string {
  const dot = key.indexOf('.');
  const noun = messages[key.slice(0, dot) as keyof Messages] as Record<string, Message>;
  let message = noun[key.slice(dot + 1)] ?? key;
  if (typeof message === 'object') {
    const form = new Intl.PluralRules([language, 'en']).select(Number(values.count));
    message = form === 'one' ? message.one : message.other;
  }
  return message.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return typeof value === 'number' ? value.toLocaleString(localeOf[language]) : (value ?? whole);
  });
}

export interface I18n {
  language: Language;
  setLanguage: (language: Language) => Promise<void>;
  t: (key: Key, values?: Values) => string;
}

const I18nContext = createContext<I18n | null>(null);

interface Props {
  language: Language;
  messages: Messages;
  children: ReactNode;
}

/** Gives the texts of a language, which can change without a reload: nothing on the screen is lost. */
export function I18nProvider({ language, messages, children }: Props) {
  const [state, setState] = useState({ language, messages });
  const setLanguage = useCallback(async (next: Language) => {
    setState({ language: next, messages: await loadMessages(next) });
    document.documentElement.lang = next;
  }, []);
  const value = useMemo<I18n>(
    () => ({
      language: state.language,
      setLanguage,
      t: (key, values) => translate(state.messages, state.language, key, values),
    }),
    [state, setLanguage],
  );
  return <I18nContext value={value}>{children}</I18nContext>;
}

export function useI18n(): I18n {
  const i18n = use(I18nContext);
  if (!i18n) throw new Error('there is no I18nProvider around this');
  return i18n;
}
