import { useCallback } from 'react';
import { clearRefusal } from '../../components/refusals';
import {
  type AppointmentRowFragment,
  CheckInAppointmentDocument,
  CompleteVisitDocument,
  ConfirmAppointmentDocument,
  MarkNoShowDocument,
  StartVisitDocument,
  type SteppedVisitFragment,
} from '../../gql/appointment';
import { useMinute } from '../../lib/clock';
import { type Key, useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';

import { useSession } from '../../lib/session';
import { useApi } from '../../lib/use-api';
import { useWindows } from '../../lib/windows';
import { lawfulSteps, type VisitStep } from './steps';
import { useRefusal } from './use-refusal';
import { useUndo } from './use-undo';

/** What can be done with a visit now, and the key that does it while the visit is chosen. */
export interface Step {
  key: string;
  label: string;
  run: () => void;
  /** The one that a visit takes as a rule. */
  isMain?: boolean;
}

type Api = ReturnType<typeof useApi>;
type Taken = Promise<{ appointment: SteppedVisitFragment } | null>;
interface Variables {
  input: { appointmentId: string; expectedVersion: number };
}

/** Steps that ask nothing. The others have a window, which asks where to or why. */
const taken: Partial<Record<VisitStep['name'], { words: Key; take: (api: Api, variables: Variables) => Taken }>> = {
  confirm: {
    words: 'visit.confirmed',
    take: async ({ send }, variables) => (await send(ConfirmAppointmentDocument, variables)).confirmAppointment,
  },
  checkIn: {
    words: 'visit.checkedIn',
    take: async ({ send }, variables) => (await send(CheckInAppointmentDocument, variables)).checkInAppointment,
  },
  start: { words: 'visit.started', take: async ({ send }, variables) => (await send(StartVisitDocument, variables)).startVisit },
  finish: { words: 'visit.finished', take: async ({ send }, variables) => (await send(CompleteVisitDocument, variables)).completeVisit },
  noShow: { words: 'visit.notCome', take: async ({ send }, variables) => (await send(MarkNoShowDocument, variables)).markNoShow },
};

/** Gives the steps that are open for a visit, for whoever is signed in. The screen shows a step at once, and takes it back when it is refused. */
export function useStepsOf(): (visit: AppointmentRowFragment) => Step[] {
  const { t } = useI18n();
  const { may } = useSession();
  const open = useWindows();
  const api = useApi();
  const now = useMinute();
  const sayDone = useUndo();
  const refuse = useRefusal();

  const take = useCallback(
    async ({ name, label }: VisitStep, visit: AppointmentRowFragment) => {
      const step = taken[name];
      if (!step) return open({ name: name === 'move' ? 'moveVisit' : 'cancelVisit', appointmentId: visit.id });
      clearRefusal();
      const who = visit.patient.displayName;
      try {
        const answer = await step.take(api, { input: { appointmentId: visit.id, expectedVersion: visit.version } });
        if (answer) sayDone(t(step.words, { name: who }), answer.appointment, visit);
      } catch (failure) {
        const again = () => void take({ name, label } as VisitStep, visit);
        await refuse(failure, visit, t('visit.refused', { name: who, step: t(label) }), again);
      }
    },
    [api, open, refuse, sayDone, t],
  );

  return useCallback(
    (visit) =>
      lawfulSteps(visit, now, may).map((step) => ({
        key: step.key,
        label: t(step.label) + (step.name in taken ? '' : '…'),
        run: () => void take(step, visit),
        ...(step.isMain && { isMain: true }),
      })),
    [may, now, t, take],
  );
}

/** The steps of the chosen visit, whose keys act while it is chosen; in a dialogue about it, over that. */
export function useSteps(appointment: AppointmentRowFragment | null, { isInDialog = false } = {}): Step[] {
  const stepsOf = useStepsOf();
  const steps = appointment ? stepsOf(appointment) : [];
  useKeys(steps.map(({ key, label, run }) => ({ key, label, run, isInBar: !isInDialog, isInDialog })));
  return steps;
}
