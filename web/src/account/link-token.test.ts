import { describe, expect, it } from 'vitest';
import { takeToken } from './link-token';

describe('takeToken', () => {
  it('takes the token out of the address and keeps it for the page', () => {
    history.replaceState(null, '', '/set-up?lang=ka#cql_secret');
    expect(takeToken()).toBe('cql_secret');
    expect(location.href).not.toContain('#');
    expect(location.search).toBe('?lang=ka');
    expect(takeToken()).toBe('cql_secret');
  });

  it('takes another when another link is opened', () => {
    history.replaceState(null, '', '/set-up#cql_other');
    expect(takeToken()).toBe('cql_other');
  });
});
