import { describe, expect, it } from 'vitest';
import { nextPath } from './next-path';

describe('nextPath', () => {
  it.each([
    '/',
    '/playground',
    '/patients/1?tab=chart#top',
    '/a//b',
    '/https://example.com',
  ])('goes to %s', (path) => {
    expect(nextPath(`?next=${encodeURIComponent(path)}`)).toBe(path);
  });

  it.each([
    ['', 'nothing'],
    ['playground', 'a relative path'],
    ['https://example.com/', 'another site'],
    ['//example.com', 'another host'],
    ['///example.com', 'another host'],
    ['/\\example.com', 'another host by a backslash'],
    ['\\\\example.com', 'another host by backslashes'],
    ['/\t/example.com', 'another host behind a tab'],
    ['/\n/example.com', 'another host behind a line end'],
    [' //example.com', 'another host behind a space'],
    ['/.//example.com', 'a path that comes to another host'],
    ['/a/..//example.com', 'a path that comes to another host'],
    ['/%2e//example.com', 'a path that comes to another host'],
    ['//', 'no host at all'],
    ['javascript:alert(1)', 'a script'],
    ['/sign-in?next=/', 'itself'],
  ])('goes to the start page instead of %j, %s', (path) => {
    expect(nextPath(`?next=${encodeURIComponent(path)}`)).toBe('/');
  });

  it('goes to the start page when the query names nothing', () => {
    expect(nextPath('')).toBe('/');
  });
});
