import { act, cleanup, render, screen } from '@testing-library/react';
import { Provider } from 'urql';
import { afterEach, expect, test, vi } from 'vitest';
import { CalendarPractitionersDocument } from '../gql/appointment';
import { PatientAlertsDocument } from '../gql/patient';
import { newClient } from './client';
import { useApiQuery } from './use-api';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Names() {
  const { data, error, retry } = useApiQuery(CalendarPractitionersDocument, {});
  return (
    <button type="button" onClick={retry}>
      {data?.practitioners.nodes.map(({ displayName }) => displayName).join() ?? 'nobody'} {error?.code}
    </button>
  );
}

test('an answer that failed takes nothing from the screen', async () => {
  const node = { __typename: 'Practitioner', id: 'one', displayName: 'Dr. Nino Beridze', specialty: null };
  const data = { practitioners: { __typename: 'PractitionerConnection', nodes: [node] } };
  const headers = { 'content-type': 'application/graphql-response+json' };
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ data }), { headers }));
  render(
    <Provider value={newClient(() => {})}>
      <Names />
    </Provider>,
  );
  await screen.findByText('Dr. Nino Beridze');
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('gone');
  });
  await act(async () => screen.getByRole('button').click());
  await screen.findByText('Dr. Nino Beridze UNREACHABLE');
});

function Alerts() {
  const { data, error } = useApiQuery(PatientAlertsDocument, { id: 'p' });
  return <p>{data ? `status ${data.patient?.allergyStatus}` : 'not known'} {error?.code}</p>;
}

test('what the cache lacks is not shown as null, before the answer or in its place', async () => {
  const headers = { 'content-type': 'application/graphql-response+json' };
  const answer = (data: unknown, more = {}) => async () => new Response(JSON.stringify({ data, ...more }), { headers });
  const client = newClient(() => {});
  vi.stubGlobal('fetch', answer({ patient: { __typename: 'Patient', id: 'p', version: 1, displayName: 'Nino Beridze' } }));
  await client.query('query Name($id: ID!) { patient(id: $id) { id version displayName } }', { id: 'p' }).toPromise();
  let reply: (response: Promise<Response>) => void = () => {};
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (reply = resolve)));
  render(
    <Provider value={client}>
      <Alerts />
    </Provider>,
  );
  await screen.findByText('not known');
  await act(async () => reply(answer(null, { errors: [{ message: 'internal', extensions: { code: 'INTERNAL' } }] })()));
  await screen.findByText('not known INTERNAL');
  vi.stubGlobal('fetch', answer({ patient: { __typename: 'Patient', id: 'p', version: 2, displayName: 'Nino Beridze' } }));
  await act(async () => {
    await client.query('query Again($id: ID!) { patient(id: $id) { id version displayName } }', { id: 'p' }, { requestPolicy: 'network-only' }).toPromise();
  });
  expect(screen.getByText('not known INTERNAL')).toBeTruthy();
});
