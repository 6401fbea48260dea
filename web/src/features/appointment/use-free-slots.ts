import { useEffect } from 'react';
import { FreeSlotsDocument, type FreeSlotsQuery, type SlotLength } from '../../gql/appointment';
import { addDays, startOfDay } from '../../lib/clinic-day';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { useToday } from '../../lib/use-today';

export type FreeSlot = FreeSlotsQuery['availableSlots']['nodes'][number];

/** How often what is free is asked for anew while somebody chooses, in milliseconds. */
const every = 10_000;

interface Asked {
  /** Null: with anyone. */
  practitionerId: string | null;
  /** Whose other visits are not booked over. */
  patientId: string | null;
  /** The first day of the clinic's calendar to look at, and how many. */
  from: string;
  days: number;
  length: SlotLength | null;
  first: number;
  isPaused?: boolean;
}

/** What is free, earliest first. It is looked at again while it is on the screen. */
export function useFreeSlots({ practitionerId, patientId, from, days, length, first, isPaused = false }: Asked) {
  const { timeZone } = useSession().clinic;
  const today = useToday();
  const pause = isPaused || !length || addDays(from, days) <= today;
  const { data, error, isLoading, isOld, retry } = useApiQuery(
    FreeSlotsDocument,
    {
      ...(practitionerId && { practitionerIds: [practitionerId] }),
      ...(patientId && { patientId }),
      from: startOfDay(from, timeZone),
      until: startOfDay(addDays(from, days), timeZone),
      length: length ?? { duration: 'PT30M' },
      first,
    },
    { pause, keepsOld: true },
  );
  useEffect(() => {
    if (pause) return;
    const timer = setInterval(() => {
      if (!document.hidden) retry();
    }, every);
    return () => clearInterval(timer);
  }, [pause, retry]);
  // What is kept on the screen meanwhile is of the doctor that was chosen before.
  const slots = (data?.availableSlots.nodes ?? []).filter(({ practitioner }) => !practitionerId || practitioner.id === practitionerId);
  return { slots: pause ? [] : slots, error: pause ? null : error, isLoading, isOld, retry };
}
