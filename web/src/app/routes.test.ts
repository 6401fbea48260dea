import { expect, test } from 'vitest';
import paths from './paths.json';
import { pattern, routes } from './routes';

test('the server answers exactly the addresses that the application has', () => {
  expect(routes.map(({ path }) => path).sort()).toEqual([...paths].sort());
});

test('a path is written as the router takes it', () => {
  expect(pattern('/patients/{id}/records')).toBe('/patients/:id/records');
});
