import { AppointmentChangedDocument, type AppointmentChangedSubscription, type ScheduleRange } from '../../gql/appointment';
import { useChanges } from '../../lib/use-changes';

export type AppointmentChange = AppointmentChangedSubscription['appointmentChanged'];

/**
 * Calls `onChange` with each change of a visit that touches these days, made here or at another desk, within a second or
 * so, while the component is on the screen; without days it rests. What the change holds of a visit is in the cache by then.
 *
 * The kind STARTED means that changes may have been missed: read again what is shown. It comes first, and again after a
 * connection that was lost for very long; after a short loss the changes in between are told instead. With CREATED and
 * UPDATED `appointment` is the visit as it is now, and with MOVED_AWAY it no longer touches these days. A visit that was
 * called off is an UPDATED one with the status CANCELLED; one that was moved is that, and another is CREATED.
 *
 * Components that ask for the same days share one subscription.
 */
export function useAppointmentChanges(range: ScheduleRange | null, onChange: (change: AppointmentChange) => void) {
  useChanges(AppointmentChangedDocument, range && { range }, ({ appointmentChanged }) => onChange(appointmentChanged));
}
