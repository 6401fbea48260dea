import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Provider } from 'urql';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refusals } from '../../components/refusals';
import { Toasts } from '../../components/toasts';
import { type AppointmentRowFragment, AppointmentsDocument } from '../../gql/appointment';
import { newClient } from '../../lib/client';
import { I18nProvider } from '../../lib/i18n';
import { KeysProvider } from '../../lib/keys';
import { type Session, SessionContext } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { type Window, WindowsContext } from '../../lib/windows';
import en from '../../locales/en';
import { useSteps } from './use-steps';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const visit = {
  __typename: 'Appointment',
  id: 'one',
  startsAt: '2026-03-02T09:00:00Z',
  endsAt: '2026-03-02T09:20:00Z',
  status: 'BOOKED',
  reason: null,
  checkedInAt: null,
  startedAt: null,
  version: 1,
  patient: { __typename: 'Patient', id: 'p', mrn: 'C1', displayName: 'Nino Beridze', birthDate: null, birthDatePrecision: 'DAY', age: null, sex: 'FEMALE' },
  practitioner: null,
  appointmentType: null,
};

const session = {
  viewer: { id: 'u', displayName: 'Desk', loginName: 'desk', role: 'RECEPTIONIST', allowedMutations: [] },
  clinic: { id: 'c', name: 'Clinic', timeZone: 'Asia/Tbilisi', today: '2026-03-02' },
  may: () => true,
  isDesk: true,
  readsCharts: false,
} as unknown as Session;

type Answer = (body: { operationName: string; variables: { input?: { expectedVersion: number } } }) => Promise<unknown>;

/** A server that lists the visit, and answers everything else as it is told. */
function serve(answer: Answer) {
  const sent: { operationName: string; variables: { input?: { expectedVersion: number } } }[] = [];
  vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
    const asked = JSON.parse(body);
    sent.push(asked);
    const page = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null, __typename: 'PageInfo' };
    const data = asked.operationName === 'Appointments'
      ? { data: { __typename: 'Query', appointments: { __typename: 'AppointmentConnection', totalCount: 1, pageInfo: page, nodes: [visit] } } }
      : await answer(asked);
    return new Response(JSON.stringify(data), { headers: { 'content-type': 'application/graphql-response+json' } });
  });
  return sent;
}

function Desk() {
  const { data } = useApiQuery(AppointmentsDocument, { first: 50 });
  const shown = data?.appointments.nodes[0] as AppointmentRowFragment | undefined;
  const steps = useSteps(shown ?? null);
  return (
    <>
      <p data-testid="status">{shown?.status}</p>
      <p data-testid="steps">{steps.map(({ key }) => key).join('')}</p>
      <input aria-label="filter" />
    </>
  );
}

const opened = vi.fn<(window: Window | null) => void>();

beforeEach(async () => {
  opened.mockReset();
});

async function openDesk() {
  render(
    <I18nProvider language="en" messages={en}>
      <SessionContext value={session}>
        <Provider value={newClient(() => {})}>
          <WindowsContext value={opened}>
            <KeysProvider hasLetters>
              <Desk />
              <Toasts />
              <Refusals />
            </KeysProvider>
          </WindowsContext>
        </Provider>
      </SessionContext>
    </I18nProvider>,
  );
  await waitFor(() => expect(screen.getByTestId('status').textContent).toBe('BOOKED'));
}

const press = (key: string, target: Element = document.body) => fireEvent.keyDown(target, { key, code: `Key${key}` });
const status = () => screen.getByTestId('status').textContent;
const never: Answer = () => new Promise(() => {});

test('a key takes its step, which is on the screen before the server has answered, and the next one too', async () => {
  const sent = serve(never);
  await openDesk();
  expect(screen.getByTestId('steps').textContent).toBe('cnmx');
  press('c');
  await waitFor(() => expect(status()).toBe('CHECKED_IN'));
  expect(screen.getByTestId('steps').textContent).toBe('sx');
  press('s');
  await waitFor(() => expect(status()).toBe('IN_PROGRESS'));
  expect(sent.slice(1).map(({ variables }) => variables.input?.expectedVersion)).toEqual([1, 2]);
});

test('a key of a step that is not open does nothing, and neither does one in a field', async () => {
  const sent = serve(never);
  await openDesk();
  press('f');
  press('s');
  press('c', screen.getByLabelText('filter'));
  expect(status()).toBe('BOOKED');
  expect(sent).toHaveLength(1);
});

test('what asks where to or why opens its window', async () => {
  serve(never);
  await openDesk();
  press('m');
  press('x');
  expect(opened.mock.calls).toEqual([[{ name: 'moveVisit', appointmentId: 'one' }], [{ name: 'cancelVisit', appointmentId: 'one' }]]);
});

test('what is refused is taken back, and says why', async () => {
  const changed = { code: 'VERSION_CONFLICT', changedAt: '2026-03-02T08:30:00Z', changedFields: ['status'], current: { ...visit, status: 'CANCELLED' } };
  serve(async ({ operationName }) =>
    operationName !== 'Visit'
      ? { data: { checkInAppointment: null }, errors: [{ message: 'changed', path: ['checkInAppointment'], extensions: changed }] }
      : { data: { __typename: 'Query', appointment: { ...visit, version: 2, status: 'CANCELLED' } } },
  );
  await openDesk();
  press('c');
  expect(await screen.findByText('Nino Beridze: Check in was not done')).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toContain('Somebody else changed this visit at 12:30. Now: Cancelled, 2 Mar 2026, 13:00–13:20. Changed: Status.');
  expect(status()).toBe('CANCELLED');
  expect(screen.getByTestId('steps').textContent).toBe('');
});
