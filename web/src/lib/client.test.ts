import { afterEach, expect, test, vi } from 'vitest';
import { AppointmentsDocument, CheckInAppointmentDocument } from '../gql/appointment';
import { PatientDocument } from '../gql/patient';
import { apiError, newClient } from './client';
import { live } from './live';

afterEach(() => vi.unstubAllGlobals());

function answer(status: number, body: unknown, type = 'application/graphql-response+json') {
  const fetch = vi.fn(async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'content-type': type } }));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

const ask = (onSignedOut = () => {}) => newClient(onSignedOut).query(PatientDocument, { id: 'one' }).toPromise();
const refusal = (code: string, more = {}) => ({ data: null, errors: [{ message: code, extensions: { code, ...more } }] });

test('a request carries what no page of another site can send', async () => {
  const fetch = answer(200, { data: { patient: null } });
  await ask();
  const [address, { method, headers }] = fetch.mock.calls[0] as unknown as [string, { method: string; headers: Record<string, string> }];
  expect([address, method]).toEqual(['/graphql', 'POST']);
  expect(new Headers(headers).get('GraphQL-Require-Preflight')).toBe('1');
});

test('a refusal keeps its code, its fields and its details', async () => {
  answer(400, refusal('POSSIBLE_DUPLICATE', { candidates: [{ patientId: 'two' }], fields: [{ path: ['input'], code: 'X', message: 'y' }] }));
  const { error } = await ask();
  expect(error && apiError(error)).toMatchObject({
    code: 'POSSIBLE_DUPLICATE',
    problems: [{ path: ['input'], code: 'X', message: 'y' }],
    details: { candidates: [{ patientId: 'two' }] },
  });
});

test('a session that has ended is told, and another refusal is not that', async () => {
  const onSignedOut = vi.fn();
  answer(401, refusal('UNAUTHENTICATED'));
  await ask(onSignedOut);
  expect(onSignedOut).toHaveBeenCalledOnce();
  answer(200, refusal('FORBIDDEN'));
  await ask(onSignedOut);
  expect(onSignedOut).toHaveBeenCalledOnce();
});

test('a server that is gone, and the words of a gateway, are no answer; any answer is one', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('gone');
  });
  const { error } = await ask();
  expect(error && apiError(error).code).toBe('UNREACHABLE');
  expect(live.now).toBe(false);
  answer(200, { data: { patient: null } });
  await ask();
  expect(live.now).toBe(true);
  answer(502, '<h1>Bad Gateway</h1>', 'text/html');
  const other = await ask();
  expect(other.error && apiError(other.error).code).toBe('UNREACHABLE');
  expect(live.now).toBe(false);
});

test('what a key does is on the screen though its list is being asked for again', async () => {
  const visit = {
    __typename: 'Appointment', id: 'one', version: 1, status: 'BOOKED', startsAt: '2026-03-02T09:00:00Z', endsAt: '2026-03-02T09:20:00Z', reason: null,
    checkedInAt: null, startedAt: null, practitioner: null, appointmentType: null,
    patient: { __typename: 'Patient', id: 'p', mrn: 'C1', displayName: 'Nino', birthDate: null, birthDatePrecision: 'DAY', age: null, sex: 'FEMALE' },
  };
  const pageInfo = { __typename: 'PageInfo', hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
  const fetch = answer(200, { data: { __typename: 'Query', appointments: { __typename: 'AppointmentConnection', totalCount: 1, pageInfo, nodes: [visit] } } });
  const client = newClient(() => {});
  const seen: unknown[] = [];
  const list = client.query(AppointmentsDocument, { first: 50 }).subscribe(({ data }) => seen.push(data?.appointments.nodes[0]?.status));
  await vi.waitFor(() => expect(seen.at(-1)).toBe('BOOKED'));
  fetch.mockImplementation(() => new Promise(() => {})); // from now on the server is slow
  client.query(AppointmentsDocument, { first: 50 }, { requestPolicy: 'network-only' }).subscribe(() => {});
  await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(2));
  client.mutation(CheckInAppointmentDocument, { input: { appointmentId: 'one', expectedVersion: 1 } }).subscribe(() => {});
  await vi.waitFor(() => expect(seen.at(-1)).toBe('CHECKED_IN'));
  expect(fetch).toHaveBeenCalledTimes(3); // the list is not asked for once more
  list.unsubscribe();
});
