import { useCallback } from 'react';
import { sayRefused } from '../../components/refusals';
import type { AppointmentRowFragment } from '../../gql/appointment';
import { useFormats } from '../../lib/format';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useWindows } from '../../lib/windows';
import { useMove } from './use-move';
import { useRefusal, useWhyRefused } from './use-refusal';

interface Practitioner {
  id: string;
  displayName: string;
}

/**
 * Moves a visit to where it was dropped. The card stands there at once; refused, it goes back, and the corner says why and
 * leads to the window for moving, where a rule may be broken with a reason.
 */
export function useDrop() {
  const { t } = useI18n();
  const { time } = useFormats();
  const open = useWindows();
  const move = useMove();
  const why = useWhyRefused();
  const refuse = useRefusal();
  return useCallback(
    async function drop(visit: AppointmentRowFragment, practitioner: Practitioner, startsAt: string): Promise<void> {
      const { id: practitionerId, displayName } = practitioner;
      try {
        await move(visit, { startsAt, start: startsAt, ...(practitionerId !== visit.practitioner?.id && { practitioner: { id: practitionerId, displayName } }) });
      } catch (failure) {
        const title = t('visit.refused', { name: visit.patient.displayName, step: t('visit.move') });
        const isTaken = failure instanceof ApiError && failure.code === 'SLOT_TAKEN';
        if (!isTaken && !(failure instanceof ApiError && failure.problems.some(({ path }) => path.includes('startsAt')))) {
          return refuse(failure, visit, title, () => void drop(visit, practitioner, startsAt));
        }
        const taken = { time: time(startsAt), name: displayName };
        const kind = failure.details.kind;
        const words = kind === 'PATIENT' ? t('booking.patientBusy', taken) : kind === 'ROOM' ? t('booking.roomBusy', taken) : kind === 'HOLD' ? t('booking.held', taken) : t('booking.isTaken', taken);
        sayRefused({
          title,
          words: isTaken ? `${words}.` : await why(failure, visit),
          instead: { label: t('visit.otherTime'), run: () => open({ name: 'moveVisit', appointmentId: visit.id, practitionerId, startsAt }) },
        });
      }
    },
    [move, refuse, why, open, t, time],
  );
}
