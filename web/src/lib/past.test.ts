import { parse, print } from 'graphql';
import type { Client, RequestPolicy } from 'urql';
import { afterEach, expect, test, vi } from 'vitest';
import { PatientDocument } from '../gql/patient';
import { asOf } from './as-of.mjs';
import { newClient } from './client';
import { pastInstant } from './past';

afterEach(() => vi.unstubAllGlobals());

const at = '2026-03-01T09:00:00Z';

test('a query of the past carries its instant, and the document of now stays as it is', () => {
  const before = print(PatientDocument);
  expect(print(asOf(PatientDocument))).toContain('query Patient($id: ID!, $pastAt: DateTime!) @asOf(at: $pastAt) {');
  expect(print(PatientDocument)).toBe(before);
});

test('what was asked of the past is not taken for what is', async () => {
  vi.stubGlobal('fetch', async (_address: string, { body }: { body: string }) => {
    const patient = { __typename: 'Patient', id: 'p', displayName: body.includes(at) ? 'Then' : 'Now' };
    return new Response(JSON.stringify({ data: { patient } }), { headers: { 'content-type': 'application/json' } });
  });
  const query = parse('query Name($id: ID!) { patient(id: $id) { id displayName } }');
  const [now, past] = [newClient(() => {}), newClient(() => {}, at)];
  const name = async (client: Client, requestPolicy: RequestPolicy) =>
    (await client.query(query, { id: 'p' }, { requestPolicy }).toPromise()).data?.patient.displayName;
  expect([await name(now, 'network-only'), await name(past, 'network-only')]).toEqual(['Now', 'Then']);
  expect([await name(now, 'cache-only'), await name(past, 'cache-only')]).toEqual(['Now', 'Then']);
});

test.each([
  ['2026-03-01T09:00:00Z', true],
  ['2026-03-01T13:00:00.123456+04:00', true],
  ['2026-03-01', false],
  ['2026-13-01T09:00:00Z', false],
  ['2026-03-03T00:00:00Z', false],
  ['yesterday', false],
  ['', false],
  [null, false],
])('%s is an instant that has been: %s', (text, isPast) => {
  expect(pastInstant(text, Date.parse('2026-03-02T00:00:00Z'))).toBe(isPast ? text : null);
});
