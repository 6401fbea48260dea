import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';
import type en from '../locales/en';
import type enLater from '../locales/en/later';

export type Language = 'en' | 'ka';

/** A text, with {names} where values go; or one of several, by the plural form of `count`. */
export type Message = string | { one: string; other: string };
type MessagesOf<Texts> = { [Noun in keyof Texts]: { [Key in keyof Texts[Noun]]: Message } };
/** Texts that are there from the start. */
export type Messages = MessagesOf<typeof en>;
/** Texts that come with the pages that show them. */
export type LaterMessages = MessagesOf<typeof enLater>;

type KeyOf<Texts> = { [Noun in keyof Texts & string]: `${Noun}.${string & keyof Texts[Noun]}` }[keyof Texts & string];
/** `patient.born`: the file of the locale, and the key in it. */
export type Key = KeyOf<Messages> | KeyOf<LaterMessages>;
export type Values = Record<string, string | number>;

const languages: Record<Language, () => Promise<{ default: Messages }>> = {
  en: () => import('../locales/en'),
  ka: () => import('../locales/ka'),
};

/** The languages by the names that their speakers give them. */
export const languageNames: Record<Language, string> = { en: 'English', ka: 'ქართული' };

const laterLanguages: Record<Language, () => Promise<{ default: LaterMessages }>> = {
  en: () => import('../locales/en/later'),
  ka: () => import('../locales/ka/later'),
};

const later: Partial<Record<Language, LaterMessages>> = {};
let isLaterWanted = false;
let current: Language = 'en';

async function addLater(language: Language) {
  later[language] ??= (await laterLanguages[language]()).default;
}

/** The texts of a language; those that come later too, once a page has asked for them. */
export async function loadMessages(language: Language): Promise<Messages> {
  current = language;
  const [messages] = await Promise.all([languages[language](), isLaterWanted && addLater(language)]);
  return messages.default;
}

/** A part of the application whose texts come later: it is there when they are. */
export async function withTexts<Part>(part: Promise<Part>): Promise<Part> {
  isLaterWanted = true;
  const [loaded] = await Promise.all([part, addLater(current)]);
  return loaded;
}

/** How numbers are written. A browser that does not know the language takes the next of them. */
export const localeOf: Record<Language, [string, ...string[]]> = { en: ['en-GB'], ka: ['ka-GE', 'en-GB'] };

export function translate(messages: Messages, language: Language, key: Key, values: Values = {}): string {
  const dot = key.indexOf('.');
  const noun = key.slice(0, dot);
  const texts = (messages[noun as keyof Messages] ?? later[language]?.[noun as keyof LaterMessages]) as Record<string, Message> | undefined;
  let message = texts?.[key.slice(dot + 1)] ?? key;
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
