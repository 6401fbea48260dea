import type { Key } from '../../lib/i18n';

/** What is told of a change to a visit, by the field of the API; the rest follows from it or is of no use to a reader. */
export const visitFields: Partial<Record<string, Key>> = {
  status: 'appointment.status',
  startsAt: 'visit.startsAt',
  endsAt: 'visit.endsAt',
  reason: 'appointment.reason',
  type: 'booking.type',
  cancellationNote: 'visit.note',
  overrideReason: 'booking.why',
};
