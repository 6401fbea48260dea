import { useCallback } from 'react';
import { sayRefused } from '../../components/refusals';
import { type AppointmentRowFragment, VisitDocument } from '../../gql/appointment';
import { errorWords, problemWords } from '../../lib/form';
import { useFormats } from '../../lib/format';
import { ApiError, leftOpen } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useApi } from '../../lib/use-api';
import { visitFields } from './visit-fields';

type Stand = Pick<AppointmentRowFragment, 'status' | 'startsAt' | 'endsAt'>;

/** Says in words why something was not done to a visit, after what another did meanwhile is on the screen. */
export function useWhyRefused() {
  const { t, language } = useI18n();
  const { time, dayOf } = useFormats();
  const { ask } = useApi();
  return useCallback(
    async (failure: ApiError, visit: AppointmentRowFragment): Promise<string> => {
      const { code, details, problems } = failure;
      const stands = ({ status, startsAt, endsAt }: Stand) => `${t(`appointment.${status}`)}, ${dayOf(startsAt)}, ${time(startsAt)}–${time(endsAt)}`;
      const now = code === 'UNREACHABLE' ? null : await ask(VisitDocument, { id: visit.id }).then((data) => data.appointment, () => null);
      if (code === 'VERSION_CONFLICT') {
        const fields = ((details.changedFields as string[] | undefined) ?? []).flatMap((field) => visitFields[field] ?? []).map((key) => t(key));
        const words = t('visit.changedAt', { time: time(String(details.changedAt)), now: stands(now ?? (details.current as Stand)) });
        return fields.length > 0 ? `${words} ${t('visit.whatChanged', { fields: fields.join(', ') })}` : words;
      }
      if (code === 'SLOT_TAKEN') return t('visit.timeGone');
      if (code === 'CONFLICT') return t('visit.wentOn');
      if (problems[0]?.code === 'NOT_ALLOWED_NOW') return t('visit.notBegun', { time: time(visit.startsAt) });
      if (problems[0]?.code === 'ILLEGAL_STEP') return t('visit.standsOtherwise', { now: stands(now ?? visit) });
      const subjects = problems.map((problem) => ({ problem, key: visitFields[String(problem.path.at(-1))] }));
      if (subjects.length > 0 && subjects.every(({ key }) => key)) return subjects.map(({ problem, key }) => problemWords(problem, key ? t(key) : '', language, t)).join(' ');
      return errorWords(failure, t);
    },
    [ask, t, language, time, dayOf],
  );
}

/** Whether the same may be tried again as it is. */
const passing = [...leftOpen, 'RATE_LIMITED'];

/** Says that something which looked done was not, and why, where it stays until it is read. */
export function useRefusal() {
  const why = useWhyRefused();
  return useCallback(
    async (failure: unknown, visit: AppointmentRowFragment, title: string, retry: () => void) => {
      if (!(failure instanceof ApiError)) throw failure;
      sayRefused({ title, words: await why(failure, visit), ...(passing.includes(failure.code) && { retry }) });
    },
    [why],
  );
}
