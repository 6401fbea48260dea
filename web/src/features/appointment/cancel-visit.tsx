import { useState } from 'react';
import { clearRefusal } from '../../components/refusals';
import { Button } from '../../components/button';
import { Dialog, DialogFooter } from '../../components/dialog';
import { LeaveNotice } from '../../components/leave-notice';
import { MistakeSummary } from '../../components/mistake-summary';
import { RadioField } from '../../components/radio-field';
import { Failed, Loading } from '../../components/states';
import { TextField } from '../../components/text-field';
import { type AppointmentRowFragment, CancelAppointmentDocument, type CancellationReason } from '../../gql/appointment';
import { useForm } from '../../lib/form';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useClosing } from '../../lib/leave';
import { withoutControls } from '../../lib/plain-text';
import { useApiMutation } from '../../lib/use-api';
import { useWhyRefused } from './use-refusal';
import { useUndo } from './use-undo';
import { useVisit } from './use-visit';
import { VisitLine } from './visit-line';

const reasons: CancellationReason[] = ['PATIENT', 'PRACTITIONER', 'CLINIC', 'DECEASED', 'OTHER'];

/** Calls a visit off, with the reason that the API wants. */
export default function CancelVisit({ onClose, appointmentId }: { onClose: () => void; appointmentId: string }) {
  const { t } = useI18n();
  const { visit, error, isLoading, retry } = useVisit(appointmentId);
  if (visit) return <CancelForm visit={visit} onClose={onClose} />;
  return (
    <Dialog title={t('visit.cancelTitle')} onClose={onClose}>
      {isLoading && <Loading rows={4} />}
      {error && <Failed error={error} onRetry={retry} />}
    </Dialog>
  );
}

function CancelForm({ visit, onClose }: { visit: AppointmentRowFragment; onClose: () => void }) {
  const { t } = useI18n();
  const cancel = useApiMutation(CancelAppointmentDocument);
  const sayDone = useUndo();
  const why = useWhyRefused();
  const [conflict, setConflict] = useState('');
  const form = useForm({
    initial: { reason: 'PATIENT' as CancellationReason, note: '' },
    labels: { reason: 'visit.whyCancelled', note: 'visit.note' },
    async send({ reason, note }) {
      if (reason === 'OTHER' && !note.trim()) throw new ApiError('INVALID', '', [{ path: ['note'], code: 'REQUIRED', message: t('problem.REQUIRED') }]);
      clearRefusal();
      setConflict('');
      try {
        const { cancelAppointment } = await cancel({
          input: { appointmentId: visit.id, expectedVersion: visit.version, reason, ...(note.trim() && { note: note.trim() }) },
        });
        if (cancelAppointment) sayDone(t('visit.cancelled', { name: visit.patient.displayName }), cancelAppointment.appointment, visit);
        onClose();
      } catch (error) {
        if (error instanceof ApiError && (error.code === 'VERSION_CONFLICT' || error.problems.some(({ code }) => code === 'ILLEGAL_STEP'))) {
          setConflict(await why(error, visit));
        }
        throw error;
      }
    },
  });
  const { isLeaving, close, stay } = useClosing(form, onClose, 'tab');
  return (
    <Dialog title={t('visit.cancelTitle')} onClose={close}>
      <form
        onSubmit={form.submit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.submit(event);
        }}
        method="post"
        noValidate
        className="grid gap-4 px-6 py-4 max-s:px-4"
      >
        {isLeaving && <LeaveNotice onStay={stay} onLeave={onClose} />}
        <MistakeSummary mistakes={conflict ? {} : form.mistakes} whole={conflict || form.whole} />
        <VisitLine visit={visit} />
        <RadioField
          name="reason"
          label={t('visit.whyCancelled')}
          choices={reasons.map((value) => ({ value, label: t(`visit.by${value}`) }))}
          value={form.values.reason}
          onChange={(reason) => form.set('reason', reason)}
          autoFocus
        />
        <TextField
          name="note"
          label={t('visit.note')}
          rows={2}
          isRequired={form.values.reason === 'OTHER'}
          value={form.values.note}
          onChange={(note) => form.set('note', withoutControls(note))}
          mistake={form.mistakes.note}
        />
        <DialogFooter>
          <Button onPress={close} keyHint="Escape">
            {t('visit.keep')}
          </Button>
          <Button type="submit" kind="danger" keyHint="Enter" isPending={form.isSending}>
            {t('visit.doCancel')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
