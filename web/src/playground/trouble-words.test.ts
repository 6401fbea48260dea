import { describe, expect, it } from 'vitest';
import { type Key, loadMessages, translate, type Values, withTexts } from '../lib/i18n';
import type { AnswerError, Run } from './run';
import { troubleOf } from './trouble-words';

const messages = await withTexts(loadMessages('en'));
const t = (key: Key, values?: Values) => translate(messages, 'en', key, values);
const told = (run: Partial<Run>) => troubleOf({ status: 200, answer: null, retryAfter: 0, milliseconds: 1, ...run }, t);
const errors = (...list: AnswerError[]) => told({ answer: { errors: list } });

describe('troubleOf', () => {
  it('is nothing of an answer without errors', () => {
    expect(told({ answer: { data: {} } })).toEqual([]);
  });

  it('says how long to wait', () => {
    expect(errors({ message: 'too much', extensions: { code: 'RATE_LIMITED', retryAfter: 12 } })).toEqual(['Too much in a short time. Wait 12 seconds, then run it again.']);
    expect(told({ status: 429, retryAfter: 3 })).toEqual(['Too much in a short time. Wait 3 seconds, then run it again.']);
    expect(told({ status: 503, retryAfter: 1 })).toEqual(['The server cannot answer now. Try again in a second.']);
    expect(told({ status: 502 })).toEqual(['The server cannot answer now. Try again in a moment.']);
    expect(told({ status: 0 })).toEqual(['The server does not answer.']);
  });

  it('says that a session has ended', () => {
    const ended = ['Nobody is signed in any more, and nothing was run. Sign in, then run it again.'];
    expect(told({ status: 401, answer: { errors: [{ message: 'sign in again', extensions: { code: 'UNAUTHENTICATED' } }] } })).toEqual(ended);
    expect(told({ status: 401 })).toEqual(ended);
  });

  it('says what is too much, and where most of it is', () => {
    const extensions = { code: 'TOO_COMPLEX', limit: 'cost', allowed: 10_000, cost: 10_502 };
    expect(errors({ message: '…', path: ['patients', 'nodes', 'appointments'], extensions })).toEqual([
      'It could cost 10,502 points; 10,000 are allowed. Ask for less at once: a smaller first, fewer ids, or fewer fields below. Most of it: patients › nodes › appointments.',
    ]);
    expect(errors({ message: '…', extensions: { code: 'TOO_COMPLEX', limit: 'depth', allowed: 12 } })).toEqual(['It is larger than allowed (depth: at most 12).']);
    expect(errors({ message: '…', extensions: { code: 'TIMED_OUT' } })[0]).toMatch(/^It took longer than an operation may/);
  });

  it('names what a role may not use', () => {
    expect(errors({ message: '…', extensions: { code: 'FORBIDDEN', denied: ['Patient.phone'] } })).toEqual(['Your role may not use Patient.phone.']);
    expect(errors({ message: 'phone is masked for analysts', extensions: { code: 'FORBIDDEN' } })).toEqual(['Your role may not do this: phone is masked for analysts.']);
  });

  it('leads to the place of other mistakes', () => {
    expect(errors({ message: 'Cannot query field "x".', locations: [{ line: 2, column: 5 }], extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })).toEqual(['Line 2, column 5: Cannot query field "x".']);
    expect(errors({ message: 'id is not read', path: ['patients', 1], extensions: { code: 'INVALID' } })).toEqual(['patients › #2: id is not read.']);
  });

  it('says each thing once, five of them, and how many more there are', () => {
    const list = Array.from({ length: 7 }, (_, at) => ({ message: `mistake ${Math.max(at, 1)}` }));
    expect(told({ answer: { errors: list, extensions: { moreErrors: 4 } } })).toEqual([...[1, 2, 3, 4, 5].map((at) => `The server says: mistake ${at}.`), '5 more, in the JSON.']);
  });
});
