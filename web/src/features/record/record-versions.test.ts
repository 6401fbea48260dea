import { expect, test } from 'vitest';
import { type FullRecord, recordVersions } from './record-versions';

const content = (diagnosis: string) => ({ diagnosis, code: null, prescription: null, prescriptionLines: [], notes: null });
const who = (displayName: string) => ({ id: displayName, displayName });

// Signed by Ana as "one", made "two" by Bek, made "three" by Dato.
const record = {
  ...content('three'),
  signedAt: '2026-01-01T08:00:00Z',
  signer: who('Ana'),
  amendedAt: '2026-01-03T08:00:00Z',
  amendedBy: who('Dato'),
  amendmentReason: 'because of three',
  amendments: {
    nodes: [
      { ...content('two'), id: 'b', replacedVersion: 3, reason: 'because of three', createdAt: '2026-01-03T08:00:00Z', amendedBy: who('Dato') },
      { ...content('one'), id: 'a', replacedVersion: 2, reason: 'because of two', createdAt: '2026-01-02T08:00:00Z', amendedBy: who('Bek') },
    ],
  },
} as unknown as FullRecord;

test('each version has who made it say that, when and why', () => {
  expect(recordVersions(record).map(({ number, diagnosis, by, at, reason }) => [number, diagnosis, by, at?.slice(0, 10), reason])).toEqual([
    [3, 'three', 'Dato', '2026-01-03', 'because of three'],
    [2, 'two', 'Bek', '2026-01-02', 'because of two'],
    [1, 'one', 'Ana', '2026-01-01', null],
  ]);
});

test('what was never amended has one version', () => {
  const once = { ...record, amendedAt: null, amendments: { nodes: [] } } as unknown as FullRecord;
  expect(recordVersions(once).map(({ number, by }) => [number, by])).toEqual([[1, 'Ana']]);
});
