import { describe, expect, it } from 'vitest';
import en from '../locales/en';
import enLater from '../locales/en/later';
import ka from '../locales/ka';
import kaLater from '../locales/ka/later';
import { ApiError } from '../lib/graphql';
import { type I18n, translate } from '../lib/i18n';
import { mistakesOf as inLanguage } from './mistakes';

const inputs = ['loginName', 'password'];
const english: Pick<I18n, 't' | 'language'> = { language: 'en', t: (key, values) => translate({ ...en, ...enLater }, 'en', key, values) };
const georgian: Pick<I18n, 't' | 'language'> = { language: 'ka', t: (key, values) => translate({ ...ka, ...kaLater }, 'ka', key, values) };
const mistakesOf = (error: unknown, names: string[]) => inLanguage(error, names, english);

describe('mistakesOf', () => {
  it('tells mistakes at their inputs', () => {
    const error = new ApiError('INVALID', '', [
      { path: ['input', 'loginName'], code: 'NOT_UNIQUE', message: 'is registered already' },
      { path: ['input', 'password'], code: 'TOO_SHORT', message: 'is shorter than 12 characters' },
    ]);
    expect(mistakesOf(error, inputs)).toEqual({
      inputs: {
        loginName: 'The login name is registered already.',
        password: 'The password is shorter than 12 characters.',
      },
      whole: '',
    });
  });

  it('says in Georgian what the code says', () => {
    const error = new ApiError('INVALID', '', [{ path: ['input', 'password'], code: 'TOO_SHORT', message: 'is shorter than 12 characters' }]);
    expect(inLanguage(error, inputs, georgian).inputs.password).toBe('პაროლი: ძალიან მოკლეა.');
    expect(inLanguage(new ApiError('UNAUTHENTICATED', ''), inputs, georgian).whole).toBe('მომხმარებლის სახელი ან პაროლი არასწორია.');
  });

  it('tells a mistake that is at no input about the whole', () => {
    const error = new ApiError('INVALID', '', [{ path: ['input', 'token'], code: 'WRONG_SECRET', message: 'is too late' }]);
    expect(mistakesOf(error, inputs)).toEqual({ inputs: {}, whole: 'The link is too late.' });
  });

  it.each([
    [new ApiError('UNAUTHENTICATED', ''), 'The login name or the password is wrong.'],
    [new ApiError('RATE_LIMITED', '', [], 1), 'There were too many tries. Wait a second, then try again.'],
    [new ApiError('RATE_LIMITED', '', [], 32), 'There were too many tries. Wait 32 seconds, then try again.'],
    [new ApiError('RATE_LIMITED', '', [], 901), 'There were too many tries. Wait 16 minutes, then try again.'],
    [new ApiError('UNREACHABLE', ''), 'The server does not answer. Try again in a moment.'],
    [new ApiError('CONFLICT', 'that was done already'), 'The server says: that was done already.'],
    [new TypeError('bug'), 'Something went wrong on this page.'],
  ])('says of %s: %s', (error, whole) => {
    expect(mistakesOf(error, inputs)).toEqual({ inputs: {}, whole });
  });
});
