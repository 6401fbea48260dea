import { expect, test } from 'vitest';
import { noFilters, whereOf } from './patient-filters';

const today = '2026-11-22';

test('without filters nothing is left out', () => {
  expect(whereOf(noFilters, today)).toEqual({});
});

test('each word has to begin a name or a record number', () => {
  const { and } = whereOf({ ...noFilters, name: ' nino  ber ' }, today);
  expect(and).toHaveLength(2);
  expect(and).toContainEqual({ or: [{ familyName: { startsWith: 'ber' } }, { givenName: { startsWith: 'ber' } }, { mrn: { startsWith: 'ber' } }] });
});

test('who has the birthday today is that old already', () => {
  expect(whereOf({ ...noFilters, age: 'CHILD' }, today).birthDate).toEqual({ gte: '2008-11-23' });
  expect(whereOf({ ...noFilters, age: 'ADULT' }, today).birthDate).toEqual({ gte: '1961-11-23', lt: '2008-11-23' });
});
