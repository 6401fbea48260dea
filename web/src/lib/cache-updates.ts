import type { Cache, UpdatesConfig } from '@urql/exchange-graphcache';

/** Lists in which a visit appears or from which it goes when one is booked or moved: they are asked for again. */
function forgetCalendars(cache: Cache) {
  for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
    if (['appointments', 'schedule', 'availableSlots'].includes(fieldName)) cache.invalidate('Query', fieldName, args ?? undefined);
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
  forgetCalendars(cache);
  if (appointment.patient) forgetVisitsOf(cache, { __typename: 'Patient', id: appointment.patient.id });
  if (appointment.practitioner) forgetVisitsOf(cache, { __typename: 'Practitioner', id: appointment.practitioner.id });
}

/** What else a write changes than what it answers. */
export const updates: UpdatesConfig = {
  Mutation: Object.fromEntries(
    ['bookAppointment', 'rescheduleAppointment', 'undoAppointmentStep', 'cancelAppointment', 'markAppointmentInError'].map((mutation) => [
      mutation,
      (result: Record<string, unknown>, _args: unknown, cache: Cache, info: { optimistic?: boolean }) => {
        if (!info.optimistic) forgetAround(result[mutation], cache);
      },
    ]),
  ),
};
