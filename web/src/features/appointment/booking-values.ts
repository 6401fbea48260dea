import type { BookAppointmentInput, BookingRule, SlotLength } from '../../gql/appointment';
import type { PatientRowFragment } from '../../gql/patient';
import { instantOf } from '../../lib/clinic-day';
import { durationOf } from '../../lib/duration';
import { ApiError, type Problem } from '../../lib/graphql';
import type { Key } from '../../lib/i18n';
import { readTypedDay, readTypedTime } from '../../lib/typed-day';
import type { Bookable } from '../../components/practitioner-field';
import type { When } from './when-field';

export type BookedPatient = Pick<PatientRowFragment, 'id' | 'displayName' | 'birthDate' | 'birthDatePrecision' | 'age' | 'sex' | 'phone' | 'mrn'>;

/** What stands in the form. */
export interface BookingValues {
  patient: BookedPatient | null;
  practitioner: Bookable | null;
  when: When;
  /** Null: the one that is usual at this desk. */
  typeId: string | null;
  /** Minutes. Null: as long as the type says. */
  length: string | null;
  reason: string;
  overrideReason: string;
}

/** What each value is called where something is wrong with it. */
export const bookingLabels = {
  patient: 'booking.aPatient',
  practitioner: 'booking.aDoctor',
  when: 'booking.aTime',
  typeId: 'booking.type',
  length: 'booking.length',
  reason: 'appointment.reason',
  overrideReason: 'booking.why',
} satisfies Record<keyof BookingValues, Key>;

/** Where the form shows what the API says of its input. */
const places: Record<string, keyof BookingValues> = {
  patientId: 'patient',
  practitionerId: 'practitioner',
  startsAt: 'when',
  localStart: 'when',
  endsAt: 'when',
  appointmentTypeId: 'typeId',
  slotHoldId: 'when',
};

/** A refusal with its problems where the form has their fields. */
export function placed(error: ApiError): ApiError {
  const problems = error.problems.map((problem) => {
    if (problem.path.includes('override')) return { ...problem, path: ['overrideReason'] };
    return { ...problem, path: problem.path.map((step) => places[step] ?? step) };
  });
  return new ApiError(error.code, error.message, problems, error.retryAfter, error.details);
}

/** The length as the search for free times and the API take it. */
export function lengthOf(typeId: string | null, typeMinutes: number | null, minutes: number): SlotLength {
  return typeId && minutes === typeMinutes ? { appointmentTypeId: typeId } : { duration: durationOf(minutes) };
}

/** Which rules of the calendar stand in the way, for a role that may break them all: only the doctor's are for doctors alone. */
export function brokenRules({ code, problems, details }: ApiError, role: string): BookingRule[] {
  if (code === 'SLOT_TAKEN') return role === 'DOCTOR' && ['PRACTITIONER', 'ROOM'].includes(String(details.kind)) ? ['OVERBOOKING'] : [];
  const rules: Record<string, BookingRule> = { OUTSIDE_HOURS: 'OUTSIDE_HOURS', BUFFER: 'BUFFER', IN_THE_PAST: 'LATE_ENTRY' };
  if (role === 'DOCTOR') rules.TIME_OFF = 'TIME_OFF';
  const found = problems.filter(({ path }) => path.includes('when')).map((problem) => rules[problem.code]);
  return found.every((rule) => rule !== undefined) ? found : [];
}

interface Words {
  today: string;
  t: (key: Key) => string;
}

/** When it is to begin, as the API takes it: the instant of a free time, or the clinic's wall clock. Null when that is not typed. */
export function startOf({ date, time, startsAt }: When, today: string): { startsAt: string } | { localStart: string } | null {
  if (startsAt) return { startsAt };
  const [day, hour] = [readTypedDay(date, today), readTypedTime(time)];
  return day && hour ? { localStart: `${day}T${hour}` } : null;
}

/** The instant of a start that is known in either way. */
export function instantOfStart(start: ReturnType<typeof startOf>, timeZone: string): string | null {
  if (!start) return null;
  return 'startsAt' in start ? start.startsAt : instantOf(start.localStart.slice(0, 10), start.localStart.slice(11), timeZone);
}

/** The input of the booking, or what is still missing, as an ApiError. */
export function bookingInput(values: BookingValues, type: string | null, length: SlotLength, rules: BookingRule[], { today, t }: Words): BookAppointmentInput {
  const { patient, practitioner, when, reason, overrideReason } = values;
  const start = startOf(when, today);
  const missing: Problem[] = [];
  const needs = (name: keyof BookingValues, key: Key = 'problem.REQUIRED', code = 'REQUIRED') => missing.push({ path: [name], code, message: t(key) });
  if (!patient) needs('patient');
  if (!practitioner) needs('practitioner');
  if (!start) needs('when', when.date || when.time ? 'booking.noTime' : 'problem.REQUIRED', when.date || when.time ? 'BAD_FORMAT' : 'REQUIRED');
  if (rules.length > 0 && !overrideReason.trim()) needs('overrideReason');
  if (!patient || !practitioner || !start || missing.length > 0) throw new ApiError('INVALID', '', missing);
  return {
    patientId: patient.id,
    practitionerId: practitioner.id,
    ...start,
    ...(type && { appointmentTypeId: type }),
    ...(length.duration && { length: length.duration }),
    ...(reason.trim() && { reason: reason.trim() }),
    ...(rules.length > 0 && { override: { rules, reason: overrideReason.trim() } }),
  };
}
