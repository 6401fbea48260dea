import type { Cache, UpdatesConfig } from '@urql/exchange-graphcache';
import type { Expected } from './optimistic';

/** Lists in which a visit appears or from which it goes when one is booked or moved: they are asked for again. */
const calendars = ['appointments', 'schedule', 'availableSlots'];

function forgetLists(cache: Cache, names: readonly string[]) {
  for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
    if (names.includes(fieldName)) cache.invalidate('Query', fieldName, args ?? undefined);
  }
}

/**
 * What is known of a patient's or practitioner's visits. The timeline is not among it: it may be null, and would look
 * empty until it is there again.
 */
function forgetVisitsOf(cache: Cache, owner: { __typename: string; id: string } | null) {
  if (!owner) return;
  for (const { fieldName, arguments: args } of cache.inspectFields(owner)) {
    if (['appointments', 'nextAppointment'].includes(fieldName)) {
      cache.invalidate(owner, fieldName, args ?? undefined);
    }
  }
}

interface Visit {
  id: string;
  patient?: { id: string } | null;
  practitioner?: { id: string } | null;
}

function forgetAround(result: unknown, cache: Cache) {
  const { appointment } = (result ?? {}) as { appointment?: Visit };
  if (!appointment) return;
  forgetLists(cache, calendars);
  if (appointment.patient) forgetVisitsOf(cache, { __typename: 'Patient', id: appointment.patient.id });
  if (appointment.practitioner) forgetVisitsOf(cache, { __typename: 'Practitioner', id: appointment.practitioner.id });
}

const keysIn = (links: unknown) => [links].flat(2).filter((key) => typeof key === 'string');

/**
 * A move that is undone takes the visit with it that it made, at once: in calendars the one before has its place again,
 * and other lists have both, or narrow by what only the server knows.
 */
function undoMove(result: unknown, cache: Cache, { gone }: Expected) {
  const { appointment } = (result ?? {}) as { appointment?: Visit };
  const from = gone ? cache.keyOfEntity({ __typename: 'Appointment', id: gone }) : null;
  const to = appointment ? cache.keyOfEntity({ __typename: 'Appointment', id: appointment.id }) : null;
  if (!from || !to) return;
  const replace = (holder: string, field: string, place: string[]) => {
    const visits = keysIn(cache.resolve(holder, field));
    if (visits.includes(from)) cache.link(holder, field, visits.flatMap((key) => (key === from ? place : [key])));
  };
  for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
    if (!['appointments', 'schedule'].includes(fieldName)) continue;
    for (const list of keysIn(cache.resolve('Query', fieldName, args))) {
      replace(list, 'nodes', []);
      for (const column of keysIn(cache.resolve(list, 'columns'))) replace(column, 'appointments', [to]);
    }
  }
}

/** What else a write changes than what it answers. */
export const updates: UpdatesConfig = {
  Mutation: {
    // Time that was kept is free again in the calendar beneath, which no event tells.
    releaseSlotHold: (_result, _args, cache) => forgetLists(cache, ['schedule']),
    ...Object.fromEntries(
      ['bookAppointment', 'rescheduleAppointment', 'undoAppointmentStep', 'cancelAppointment', 'markAppointmentInError'].map((mutation) => [
        mutation,
        (result: Record<string, unknown>, _args: unknown, cache: Cache, info: { optimistic?: boolean; variables: Expected }) => {
          undoMove(result[mutation], cache, info.variables);
          if (!info.optimistic) forgetAround(result[mutation], cache);
        },
      ]),
    ),
  },
};
