import { useCallback } from 'react';
import { clearRefusal } from '../../components/refusals';
import {
  type AppointmentRowFragment,
  RescheduleAppointmentDocument,
  type RescheduleAppointmentInput,
  type RescheduleAppointmentMutationVariables,
} from '../../gql/appointment';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import type { Expected } from '../../lib/optimistic';
import { useApi } from '../../lib/use-api';
import { useDayWords } from './use-day-words';
import { useUndo } from './use-undo';

export interface MoveTo extends Omit<RescheduleAppointmentInput, 'appointmentId' | 'expectedVersion'> {
  /** The instant that it is moved to, where the screen shows it at once. */
  start: string;
  /** With whom, when it is somebody else. */
  practitioner?: { id: string; displayName: string };
}

/** Moves a visit and says so with the way back. The screen shows it at once; it rejects with an ApiError, and the screen is as before. */
export function useMove() {
  const { t } = useI18n();
  const { send } = useApi();
  const { time } = useFormats();
  const dayWords = useDayWords();
  const sayDone = useUndo();
  return useCallback(
    async (visit: AppointmentRowFragment, { start, practitioner, ...to }: MoveTo) => {
      clearRefusal();
      const lasts = Date.parse(visit.endsAt) - Date.parse(visit.startsAt);
      const variables: RescheduleAppointmentMutationVariables & Expected = {
        input: { ...to, appointmentId: visit.id, expectedVersion: visit.version, ...(practitioner && { practitionerId: practitioner.id }) },
        expected: {
          startsAt: start,
          endsAt: new Date(Date.parse(start) + lasts).toISOString(),
          ...(practitioner && { practitioner: { __typename: 'Practitioner', id: practitioner.id, displayName: practitioner.displayName } }),
        },
      };
      const { rescheduleAppointment } = await send(RescheduleAppointmentDocument, variables);
      const moved = rescheduleAppointment?.appointment;
      if (!moved) return;
      const words = t('visit.moved', { name: visit.patient.displayName, when: `${dayWords.of(moved.startsAt)}, ${time(moved.startsAt)}` });
      // It is the old visit that comes back.
      if (moved.rescheduledFrom) sayDone(words, moved.rescheduledFrom, visit, moved.id);
    },
    [send, t, time, dayWords, sayDone],
  );
}
