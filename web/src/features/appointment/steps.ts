import type { AppointmentRowFragment, AppointmentStatus } from '../../gql/appointment';
import type { Key } from '../../lib/i18n';

/** A step that a visit can take, and how the desk takes it. The server's own list is `Appointment.nextSteps`. */
export interface VisitStep {
  name: 'confirm' | 'checkIn' | 'start' | 'finish' | 'noShow' | 'move' | 'cancel';
  key: string;
  label: Key;
  mutation: string;
  from: readonly AppointmentStatus[];
  /** The one that a visit takes as a rule. */
  isMain?: boolean;
}

const steps: readonly VisitStep[] = [
  { name: 'confirm', key: 'c', label: 'visit.confirm', mutation: 'confirmAppointment', from: ['REQUESTED'], isMain: true },
  { name: 'checkIn', key: 'c', label: 'visit.checkIn', mutation: 'checkInAppointment', from: ['BOOKED'], isMain: true },
  { name: 'start', key: 's', label: 'visit.start', mutation: 'startVisit', from: ['CHECKED_IN'], isMain: true },
  { name: 'finish', key: 'f', label: 'visit.finish', mutation: 'completeVisit', from: ['IN_PROGRESS'], isMain: true },
  { name: 'noShow', key: 'n', label: 'visit.noShow', mutation: 'markNoShow', from: ['BOOKED'] },
  { name: 'move', key: 'm', label: 'visit.move', mutation: 'rescheduleAppointment', from: ['REQUESTED', 'BOOKED'] },
  { name: 'cancel', key: 'x', label: 'visit.cancel', mutation: 'cancelAppointment', from: ['REQUESTED', 'BOOKED', 'CHECKED_IN'] },
];

/** The steps that are lawful at an instant, in milliseconds, for whoever may use these mutations. Nobody is late before the start. */
export function lawfulSteps(
  { status, startsAt }: Pick<AppointmentRowFragment, 'status' | 'startsAt'>,
  now: number,
  may: (mutation: string) => boolean,
): VisitStep[] {
  return steps.filter(
    ({ name, mutation, from }) => from.includes(status) && may(mutation) && (name !== 'noShow' || now >= Date.parse(startsAt)),
  );
}
