import { useEffect, useRef, useState } from 'react';
import { HoldSlotDocument, ReleaseSlotHoldDocument, type SlotLength } from '../../gql/appointment';
import { ApiError } from '../../lib/graphql';
import { useSession } from '../../lib/session';
import { useApi } from '../../lib/use-api';
import { type Taken, takenOf } from './taken-notice';

interface Wanted {
  practitionerId: string | null;
  /** The free time that was picked; null: none, or one that was typed. */
  startsAt: string | null;
  length: SlotLength | null;
}

/**
 * Keeps the time that was picked for some minutes, so that another desk hears at once that somebody is booking it. It is
 * given up when another time is picked, or the form closed; what is refused for other reasons than SLOT_TAKEN is said when booking.
 */
export function useHold({ practitionerId, startsAt, length }: Wanted, onTaken: (taken: Taken) => void) {
  const { send } = useApi();
  const { may } = useSession();
  const [until, setUntil] = useState<string | null>(null);
  const asked = useRef<Promise<string | null>>(Promise.resolve(null));
  const hear = useRef(onTaken);
  hear.current = onTaken;
  const lengthText = length && JSON.stringify(length);
  const mayHold = may('holdSlot');
  useEffect(() => {
    if (!mayHold || !practitionerId || !startsAt || !lengthText) return;
    let isWanted = true;
    const hold = send(HoldSlotDocument, { input: { practitionerId, startsAt, length: JSON.parse(lengthText) as SlotLength } }).then(
      ({ holdSlot }) => {
        if (isWanted) setUntil(holdSlot?.slotHold.expiresAt ?? null);
        return holdSlot?.slotHold.id ?? null;
      },
      (error: unknown) => {
        if (isWanted && error instanceof ApiError && error.code === 'SLOT_TAKEN') hear.current(takenOf(error.details, startsAt));
        return null;
      },
    );
    asked.current = hold;
    return () => {
      isWanted = false;
      asked.current = Promise.resolve(null);
      setUntil(null);
      // Whoever has booked it has used it up; a server that cannot be reached lets it lapse.
      void hold.then(async (slotHoldId) => {
        if (slotHoldId) await send(ReleaseSlotHoldDocument, { input: { slotHoldId } }).catch(() => {});
      });
    };
  }, [send, mayHold, practitionerId, startsAt, lengthText]);
  return {
    /** Until when the time is kept, if it is. */
    until,
    /** The hold to book with, once it is known whether there is one. */
    id: () => asked.current,
  };
}
