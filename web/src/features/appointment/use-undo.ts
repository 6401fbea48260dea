import { useCallback } from 'react';
import { clearRefusal } from '../../components/refusals';
import { toast } from '../../components/toasts';
import {
  type AppointmentRowFragment,
  type SteppedVisitFragment,
  UndoAppointmentStepDocument,
  type UndoAppointmentStepMutationVariables,
} from '../../gql/appointment';
import { useI18n } from '../../lib/i18n';
import type { Expected } from '../../lib/optimistic';
import { useApi } from '../../lib/use-api';
import { useRefusal } from './use-refusal';

/** Says what was done to a visit, with the way back for as long as the API has one. `gone` is the visit that a move made, which goes with it. */
export function useUndo() {
  const { t } = useI18n();
  const { send } = useApi();
  const refuse = useRefusal();
  const undo = useCallback(
    async (stepped: SteppedVisitFragment, before: AppointmentRowFragment, gone?: string) => {
      clearRefusal();
      const { status, startsAt, endsAt, checkedInAt, startedAt } = before;
      const variables: UndoAppointmentStepMutationVariables & Expected = {
        input: { appointmentId: stepped.id, expectedVersion: stepped.version },
        expected: { status, startsAt, endsAt, checkedInAt, startedAt },
        ...(gone && { gone }),
      };
      try {
        await send(UndoAppointmentStepDocument, variables);
        toast(t('visit.undone', { name: before.patient.displayName }));
      } catch (failure) {
        await refuse(failure, before, t('visit.refusedUndo', { name: before.patient.displayName }), () => void undo(stepped, before, gone));
      }
    },
    [send, refuse, t],
  );
  return useCallback(
    (words: string, stepped: SteppedVisitFragment, before: AppointmentRowFragment, gone?: string) =>
      toast(words, stepped.undoableUntil ? () => void undo(stepped, before, gone) : undefined),
    [undo],
  );
}
