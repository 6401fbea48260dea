import { describe, expect, it } from 'vitest';
import { ApiError } from '../lib/graphql';
import { mistakesOf } from './mistakes';

const inputs = ['loginName', 'password'];

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
