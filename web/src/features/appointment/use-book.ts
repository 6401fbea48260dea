import { useCallback, useRef } from 'react';
import { clearRefusal, sayRefused } from '../../components/refusals';
import { toast } from '../../components/toasts';
import { BookAppointmentDocument, type BookAppointmentInput, type SteppedVisitFragment, TakeBookingBackDocument } from '../../gql/appointment';
import { errorWords } from '../../lib/form';
import { useFormats } from '../../lib/format';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { randomKey } from '../../lib/random-key';
import { useApi } from '../../lib/use-api';
import { useDayWords } from './use-day-words';

/** Books, once however often it is sent, and says so with the way back. Rejects with an ApiError. */
export function useBook() {
  const { t } = useI18n();
  const { send } = useApi();
  const { time } = useFormats();
  const dayWords = useDayWords();
  // One key for the form: what was booked although its answer was lost is not booked again, nor beside it.
  const key = useRef('');

  const takeBack = useCallback(
    async (visit: SteppedVisitFragment) => {
      clearRefusal();
      const name = visit.patient.displayName;
      try {
        await send(TakeBookingBackDocument, { input: { appointmentId: visit.id, expectedVersion: visit.version, reason: t('booking.takenBack') } });
        toast(t('visit.undone', { name }));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        sayRefused({ title: t('visit.refusedUndo', { name }), words: errorWords(error, t) });
      }
    },
    [send, t],
  );

  return useCallback(
    async (input: BookAppointmentInput, name: string) => {
      key.current ||= randomKey();
      try {
        const { bookAppointment } = await send(BookAppointmentDocument, { input, key: key.current });
        if (!bookAppointment) return;
        const { appointment } = bookAppointment;
        const when = `${dayWords.of(appointment.startsAt)}, ${time(appointment.startsAt)}`;
        toast(t('booking.booked', { name, when }), () => void takeBack(appointment));
      } catch (error) {
        // The earlier try is known now, and whoever books again means another visit.
        if (error instanceof ApiError && error.code === 'IDEMPOTENCY_MISMATCH') key.current = '';
        throw error;
      }
    },
    [send, t, time, dayWords, takeBack],
  );
}
