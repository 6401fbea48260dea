import type { Cache, UpdatesConfig } from '@urql/exchange-graphcache';
import type { Expected } from './optimistic';

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
  /** Of what a move answers: the visit before it. */
  rescheduledFrom?: { id: string } | null;
}

function forgetAround(appointment: Visit | undefined, cache: Cache) {
  if (!appointment) return;
  if (appointment.patient) forgetVisitsOf(cache, { __typename: 'Patient', id: appointment.patient.id });
  if (appointment.practitioner) forgetVisitsOf(cache, { __typename: 'Practitioner', id: appointment.practitioner.id });
}

const keysIn = (links: unknown) => [links].flat(2).filter((key) => typeof key === 'string');

/**
 * A visit that is moved is a new one, and a move that is undone takes that with it: in calendars the one has the other's
 * place at once. Other lists have both, or narrow by what only the server knows: from those an undone one goes.
 */
function takePlace(cache: Cache, visit: Visit | undefined, { gone }: Expected) {
  const before = gone ?? visit?.rescheduledFrom?.id;
  const from = before ? cache.keyOfEntity({ __typename: 'Appointment', id: before }) : null;
  const to = visit ? cache.keyOfEntity({ __typename: 'Appointment', id: visit.id }) : null;
  if (!from || !to) return;
  const replace = (holder: string, field: string, place: string[]) => {
    const visits = keysIn(cache.resolve(holder, field));
    if (visits.includes(from)) cache.link(holder, field, visits.flatMap((key) => (key === from ? place : [key])));
  };
  for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
    if (!['appointments', 'schedule'].includes(fieldName)) continue;
    for (const list of keysIn(cache.resolve('Query', fieldName, args))) {
      replace(list, 'nodes', gone ? [] : [to]);
      for (const column of keysIn(cache.resolve(list, 'columns'))) replace(column, 'appointments', [to]);
    }
  }
}

/** Lists in which a visit appears or from which it goes when one is booked or moved. */
const calendars = ['appointments', 'schedule', 'availableSlots'];
const moves = ['bookAppointment', 'rescheduleAppointment', 'undoAppointmentStep', 'cancelAppointment', 'markAppointmentInError'];

/**
 * Fields of Query that a mutation changes in more than it answers. What the screen shows of them is asked for again by the
 * client, and the cache keeps it until then: the next step may be taken back before the answer is there.
 */
export const changedBy: Record<string, readonly string[]> = {
  ...Object.fromEntries(moves.map((mutation) => [mutation, calendars])),
  // Time that was kept is free again in the calendar beneath, which no event tells.
  releaseSlotHold: ['schedule'],
};

/** What else a write changes than what it answers. */
export const updates: UpdatesConfig = {
  Mutation: Object.fromEntries(
    moves.map((mutation) => [
      mutation,
      (result: Record<string, unknown>, _args: unknown, cache: Cache, info: { optimistic?: boolean; variables: Expected }) => {
        const { appointment } = (result[mutation] ?? {}) as { appointment?: Visit };
        takePlace(cache, appointment, info.variables);
        if (!info.optimistic) forgetAround(appointment, cache);
      },
    ]),
  ),
};
