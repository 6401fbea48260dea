import { useEffect, useRef } from 'react';
import { type AppointmentStatus, AppointmentsDocument, FreeSlotsDocument, type SlotLength } from '../../gql/appointment';
import { addDays, startOfDay } from '../../lib/clinic-day';
import { now } from '../../lib/clock';
import { useFormats } from '../../lib/format';
import { onRetry } from '../../lib/retry';
import { useSession } from '../../lib/session';
import { useApi } from '../../lib/use-api';
import { useSoon } from '../../lib/use-soon';
import type { Taken } from './taken-notice';
import { useAppointmentChanges } from './use-appointment-changes';

interface Watched {
  practitionerId: string | null;
  /** The instant that is chosen; null: none yet. */
  startsAt: string | null;
  minutes: number;
  length: SlotLength | null;
  patientId: string | null;
  /** The visit that is moved, whose own time is no obstacle. */
  except?: string;
  /** What this form itself does is under way. */
  isSending: boolean;
}

const holding: AppointmentStatus[] = ['BOOKED', 'CHECKED_IN', 'IN_PROGRESS'];
const offered = 3;
const ahead = 90;
/** Clocks differ: what was booked so shortly before the time was chosen went meanwhile too. */
const tolerance = 5_000;

/**
 * Says when the time that a form has chosen goes at another desk, with what is free instead. After changes may have been
 * missed it asks. It says so once of each time that is chosen: whoever books all the same hears it from the API.
 */
export function useSlotWatch({ practitionerId, startsAt, minutes, length, patientId, except, isSending }: Watched, onTaken: (taken: Taken) => void) {
  const { ask } = useApi();
  const { timeZone } = useSession().clinic;
  const { isoDayOf } = useFormats();
  const chosen = practitionerId && startsAt && length ? `${practitionerId} ${startsAt} ${minutes}` : null;
  const since = useRef({ chosen, at: 0 });
  if (since.current.chosen !== chosen) since.current = { chosen, at: now() - tolerance };
  const latest = useRef({ chosen, isSending, onTaken });
  latest.current = { chosen, isSending, onTaken };
  const told = useRef<string | null>(null);
  const isOpen = useRef(true);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);

  const check = async () => {
    if (!chosen || !practitionerId || !startsAt || !length || told.current === chosen || latest.current.isSending) return;
    const until = new Date(Date.parse(startsAt) + minutes * 60_000).toISOString();
    const { appointments } = await ask(AppointmentsDocument, {
      first: 5,
      where: {
        practitionerId: { eq: practitionerId },
        status: { in: holding },
        startsAt: { lt: until },
        endsAt: { gte: new Date(Date.parse(startsAt) + 1).toISOString() },
        updatedAt: { gte: new Date(since.current.at).toISOString() },
      },
      orderBy: [{ field: 'STARTS_AT', direction: 'ASC' }],
    });
    // What this form booked although the answer was lost is nobody else's.
    const others = appointments.nodes.filter((visit) => visit.id !== except && !(visit.patient.id === patientId && Date.parse(visit.startsAt) === Date.parse(startsAt)));
    if (others.length === 0) return;
    const { availableSlots } = await ask(FreeSlotsDocument, {
      practitionerIds: [practitionerId],
      ...(patientId && { patientId }),
      from: new Date(Math.max(Date.parse(startsAt), now())).toISOString(),
      until: startOfDay(addDays(isoDayOf(startsAt), ahead), timeZone),
      length,
      first: offered,
    });
    if (!isOpen.current || latest.current.chosen !== chosen || latest.current.isSending || told.current === chosen) return;
    told.current = chosen;
    latest.current.onTaken({ startsAt, kind: 'PRACTITIONER', nextFree: availableSlots.nodes, isLive: true });
  };
  // What cannot be asked now is asked when the server is back, and by the booking itself.
  const look = useSoon(() => void check().catch(() => {}));
  useEffect(() => (chosen ? onRetry(look) : undefined), [chosen, look]);
  useAppointmentChanges(chosen && startsAt ? { date: isoDayOf(startsAt) } : null, ({ kind, appointment }) => {
    if (kind === 'STARTED' || (appointment?.practitioner?.id === practitionerId && appointment.id !== except)) look();
  });
}
