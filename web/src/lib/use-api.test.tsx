import { act, cleanup, render, screen } from '@testing-library/react';
import { Provider } from 'urql';
import { afterEach, test, vi } from 'vitest';
import { CalendarPractitionersDocument } from '../gql/appointment';
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
