import type { OptimisticMutationConfig } from '@urql/exchange-graphcache';

interface StepArguments {
  input: { appointmentId: string; expectedVersion: number };
}

/** What else an operation may say of the visit to expect: variables that no document declares stay in the browser. */
export interface Expected {
  expected?: Record<string, unknown>;
  /** The visit that goes, where undoing a move brings the one before back. */
  gone?: string;
}

/** How a visit looks after a step, before the server has said so. */
function step(payload: string, look: (expected: Record<string, unknown>, at: string) => Record<string, unknown>) {
  return (args: unknown, _cache: unknown, { variables }: { variables: Expected }) => {
    const { input } = args as StepArguments;
    return {
      __typename: payload,
      appointment: {
        __typename: 'Appointment',
        id: input.appointmentId,
        // The next step can be taken at once: each counts the version up by one.
        version: input.expectedVersion + 1,
        ...look(variables.expected ?? {}, new Date().toISOString()),
      },
    };
  };
}

/** What the screen shows while a mutation is under way. The cache takes it back when the server refuses. */
export const optimistic: OptimisticMutationConfig = {
  confirmAppointment: step('ConfirmAppointmentPayload', () => ({ status: 'BOOKED' })),
  checkInAppointment: step('CheckInAppointmentPayload', (_, at) => ({ status: 'CHECKED_IN', checkedInAt: at })),
  startVisit: step('StartVisitPayload', (_, at) => ({ status: 'IN_PROGRESS', startedAt: at })),
  completeVisit: step('CompleteVisitPayload', (_, at) => ({ status: 'COMPLETED', completedAt: at })),
  markNoShow: step('MarkNoShowPayload', () => ({ status: 'NO_SHOW' })),
  cancelAppointment: step('CancelAppointmentPayload', () => ({ status: 'CANCELLED' })),
  rescheduleAppointment: step('RescheduleAppointmentPayload', (expected) => expected),
  undoAppointmentStep: step('UndoAppointmentStepPayload', (expected) => expected),
};
