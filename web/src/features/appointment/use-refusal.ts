import { useCallback } from 'react';
import { sayRefused } from '../../components/refusals';
import { type AppointmentRowFragment, VisitDocument } from '../../gql/appointment';
import { errorWords } from '../../lib/form';
import { useFormats } from '../../lib/format';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useApi } from '../../lib/use-api';

/** Says why something was not done to a visit, after the screen was taken back, and shows the visit as it is now. */
export function useRefusal() {
  const { t } = useI18n();
  const { time, dayOf } = useFormats();
  const { ask } = useApi();
  return useCallback(
    async (failure: unknown, visit: AppointmentRowFragment, title: string, retry: () => void) => {
      if (!(failure instanceof ApiError)) throw failure;
      const whether = (current: Pick<AppointmentRowFragment, 'status' | 'startsAt' | 'endsAt'>) =>
        `${t(`appointment.${current.status}`)}, ${dayOf(current.startsAt)}, ${time(current.startsAt)}–${time(current.endsAt)}`;
      const { code, details, problems } = failure;
      // What another did meanwhile is on the screen before it is said.
      const now =
        code === 'UNREACHABLE' ? null : await ask(VisitDocument, { id: visit.id }).then((data) => data.appointment, () => null);
      const problem = problems[0]?.code;
      let words = errorWords(failure, t);
      if (code === 'VERSION_CONFLICT') {
        words = t('visit.changedAt', { time: time(String(details.changedAt)), now: whether((details.current as AppointmentRowFragment) ?? visit) });
      } else if (problem === 'NOT_ALLOWED_NOW') words = t('visit.notBegun', { time: time(visit.startsAt) });
      else if (problem === 'ILLEGAL_STEP') words = t('visit.standsOtherwise', { now: whether(now ?? visit) });
      else if (code === 'SLOT_TAKEN') words = t('visit.timeGone');
      else if (code === 'CONFLICT') words = t('visit.wentOn');
      const isPassing = ['UNREACHABLE', 'UNAVAILABLE', 'INTERNAL', 'RATE_LIMITED'].includes(code);
      sayRefused({ title, words, ...(isPassing && { retry }) });
    },
    [ask, t, time, dayOf],
  );
}
