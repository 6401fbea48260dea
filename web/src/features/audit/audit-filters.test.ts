import { expect, test } from 'vitest';
import { noFilters, whereOf } from './audit-filters';

const zone = 'Asia/Tbilisi';

test('without filters nothing is left out', () => expect(whereOf(noFilters, zone)).toEqual({}));

test('days are meant whole, on the clinic’s clock', () => {
  expect(whereOf({ ...noFilters, from: '1-2-2026', until: '1-2-2026' }, zone)).toEqual({
    occurredAt: { gte: '2026-01-31T20:00:00.000Z', lt: '2026-02-01T20:00:00.000Z' },
  });
});

test('what is not typed to its end, or is no id, is left out', () => {
  expect(whereOf({ ...noFilters, actor: ' ', until: '1-2-', patientId: 'ბერიძე' }, zone)).toEqual({});
});

test('each filter narrows', () => {
  expect(whereOf({ ...noFilters, actor: 'nino ', kind: 'READ', patientId: '01928374-aaaa', isUnderGlass: true }, zone)).toEqual({
    actor: { startsWith: 'nino' },
    kind: { eq: 'READ' },
    patientId: { eq: '01928374-aaaa' },
    isUnderGlass: true,
  });
});
