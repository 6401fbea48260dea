import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import enFirst from '../locales/en';
import enLater from '../locales/en/later';
import kaFirst from '../locales/ka';
import kaLater from '../locales/ka/later';
import { type LaterMessages, type Message, type Messages, translate, withTexts } from './i18n';

type Texts = Messages & LaterMessages;
const en: Texts = { ...enFirst, ...enLater };
const ka: Texts = { ...kaFirst, ...kaLater };
const nouns = Object.keys(en) as (keyof Texts & string)[];
const texts = (message: Message) => (typeof message === 'string' ? [message] : Object.values(message));
const names = (message: Message) => [...new Set(texts(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)))].sort();

test('both languages have the same files and keys, and none is empty', () => {
  const folder = (language: string) => readdirSync(`src/locales/${language}`).sort();
  expect(folder('ka')).toEqual(folder('en'));
  expect(Object.keys(ka).sort()).toEqual([...nouns].sort());
  for (const noun of nouns) {
    expect(Object.keys(ka[noun]).sort(), noun).toEqual(Object.keys(en[noun]).sort());
    for (const message of [...Object.values<Message>(en[noun]), ...Object.values<Message>(ka[noun])]) {
      for (const text of texts(message)) expect(text.trim()).not.toBe('');
    }
  }
});

test('a text takes the same values in both languages', () => {
  for (const noun of nouns) {
    for (const [key, message] of Object.entries<Message>(en[noun])) {
      const other = (ka[noun] as Record<string, Message>)[key] ?? '';
      // A form of one need not say how many.
      expect(names(other), `${noun}.${key}`).toEqual(names(message));
    }
  }
});

test('nothing makes capitals of Georgian', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.(tsx?|css)$/.test(name));
  for (const name of files) {
    const text = readFileSync(`src/${name}`, 'utf8');
    // Keys are Latin: their caps show what is printed on them.
    if (name === 'lib/keys.tsx' || name.endsWith('.test.ts')) continue;
    expect(text, name).not.toMatch(/[\u1c90-\u1cbf]|toUpperCase\(\)|toLocaleUpperCase|text-transform: *uppercase|className="[^"]*\buppercase\b/);
  }
});

test('plurals follow the language, and numbers are grouped', () => {
  expect(translate(en, 'en', 'patient.count', { count: 1 })).toBe('1 patient');
  expect(translate(en, 'en', 'patient.count', { count: 3412 })).toBe('3,412 patients');
  expect(translate(ka, 'ka', 'patient.sameName', { count: 2 })).toBe('2 პაციენტს ჰქვია ასე');
});

test('what comes with a page is there when the page is', async () => {
  expect(translate(enFirst, 'en', 'user.all')).toBe('user.all');
  expect(await withTexts(Promise.resolve('the page'))).toBe('the page');
  expect(translate(enFirst, 'en', 'user.all')).toBe('Users');
});
