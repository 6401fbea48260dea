import { describe, expect, it } from 'vitest';
import { memoryStorage } from './memory-storage';

describe('memoryStorage', () => {
  it('keeps values for the page and nothing in the browser', () => {
    const storage = memoryStorage();
    storage.setItem('graphiql:variables', '{"mrn": "MRN-1"}');
    expect(storage.getItem('graphiql:variables')).toBe('{"mrn": "MRN-1"}');
    expect(storage.length).toBe(1);
    expect(localStorage.length).toBe(0);
  });

  it('forgets', () => {
    const storage = memoryStorage();
    storage.setItem('a', '1');
    storage.setItem('b', '2');
    storage.removeItem('a');
    expect(storage.getItem('a')).toBeNull();
    storage.clear();
    expect(storage.length).toBe(0);
  });
});
