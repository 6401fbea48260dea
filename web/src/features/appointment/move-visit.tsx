import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button';
import { Dialog, DialogFooter } from '../../components/dialog';
import { LeaveNotice } from '../../components/leave-notice';
import { MistakeSummary } from '../../components/mistake-summary';
import { Failed, Loading } from '../../components/states';
import { type AppointmentRowFragment, BookablePractitionerDocument, type BookingRule } from '../../gql/appointment';
import { durationOf } from '../../lib/duration';
import { useForm } from '../../lib/form';
import { useFormats } from '../../lib/format';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useClosing } from '../../lib/leave';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { useToday } from '../../lib/use-today';
import { bookingLabels, brokenRules, instantOfStart, placed, startOf } from './booking-values';
import { OverrideField } from './override-field';
import { type Bookable, PractitionerField } from '../../components/practitioner-field';
import { TakenNotice, takenOf, useTaken } from './taken-notice';
import { useHold } from './use-hold';
import { useMove } from './use-move';
import { useWhyRefused } from './use-refusal';
import { useSlotWatch } from './use-slot-watch';
import { useVisit } from './use-visit';
import { VisitLine } from './visit-line';
import { noTime, typedWhen, WhenField } from './when-field';

interface Props {
  onClose: () => void;
  appointmentId: string;
  /** Where it was to go. */
  practitionerId?: string;
  startsAt?: string;
}

/** Moves a visit to a free time, or to any other: what a drag does, by keys. */
export default function MoveVisit({ onClose, appointmentId, ...wanted }: Props) {
  const { t } = useI18n();
  const { visit, error, isLoading, retry } = useVisit(appointmentId);
  if (visit) return <MoveForm visit={visit} onClose={onClose} {...wanted} />;
  return (
    <Dialog title={t('visit.moveTitle')} onClose={onClose}>
      {isLoading && <Loading rows={4} />}
      {error && <Failed error={error} onRetry={retry} />}
    </Dialog>
  );
}

function MoveForm({ visit, onClose, practitionerId, startsAt }: Omit<Props, 'appointmentId'> & { visit: AppointmentRowFragment }) {
  const { t } = useI18n();
  const { clinic, viewer } = useSession();
  const { localOf, time } = useFormats();
  const today = useToday();
  const move = useMove();
  const why = useWhyRefused();
  const { taken, setTaken } = useTaken();
  const [rules, setRules] = useState<BookingRule[]>([]);
  const [conflict, setConflict] = useState('');
  const [wantsSlots, setWantsSlots] = useState<'practitioner' | null>('practitioner');
  const box = useRef<HTMLFormElement>(null);
  const minutes = Math.round((Date.parse(visit.endsAt) - Date.parse(visit.startsAt)) / 60_000);
  const length = { duration: durationOf(minutes) };
  const form = useForm({
    initial: {
      practitioner: practitionerId && practitionerId !== visit.practitioner?.id ? null : (visit.practitioner as Bookable | null),
      // As if it were typed: nobody else is kept from a time that was refused.
      when: startsAt ? { ...typedWhen(localOf(startsAt), startsAt), startsAt: null } : noTime,
      overrideReason: '',
    },
    labels: { practitioner: bookingLabels.practitioner, when: bookingLabels.when, overrideReason: bookingLabels.overrideReason },
    async send({ practitioner, overrideReason }) {
      setConflict('');
      const missing = [
        ...(practitioner ? [] : [{ path: ['practitioner'], code: 'REQUIRED', message: t('problem.REQUIRED') }]),
        ...(start ? [] : [{ path: ['when'], code: when.date || when.time ? 'BAD_FORMAT' : 'REQUIRED', message: t(when.date || when.time ? 'booking.noTime' : 'problem.REQUIRED') }]),
        ...(rules.length > 0 && !overrideReason.trim() ? [{ path: ['overrideReason'], code: 'REQUIRED', message: t('problem.REQUIRED') }] : []),
      ];
      if (!practitioner || !start || !instant || missing.length > 0) throw new ApiError('INVALID', '', missing);
      try {
        const slotHoldId = await hold.id();
        await move(visit, {
          ...start,
          start: instant,
          ...(practitioner.id !== visit.practitioner?.id && { practitioner }),
          ...(slotHoldId && { slotHoldId }),
          ...(rules.length > 0 && { override: { rules, reason: overrideReason.trim() } }),
        });
        onClose();
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const refusal = placed(error);
        setRules(brokenRules(refusal, viewer.role));
        if (error.code === 'SLOT_TAKEN') setTaken(takenOf(error.details, instant));
        else if (error.code === 'VERSION_CONFLICT' || error.problems.some(({ code }) => code === 'ILLEGAL_STEP')) setConflict(await why(error, visit));
        throw refusal;
      }
    },
  });
  const { values, mistakes, refusal } = form;
  const other = useApiQuery(BookablePractitionerDocument, { id: practitionerId ?? '' }, { pause: !practitionerId }).data?.practitioner;
  useEffect(() => {
    if (other) form.fill('practitioner', other);
  }, [other, form.fill]);
  const { practitioner, when } = values;
  const start = startOf(when, today);
  const instant = instantOfStart(start, clinic.timeZone);
  const hold = useHold({ practitionerId: practitioner?.id ?? null, startsAt: when.startsAt, length }, setTaken);
  useSlotWatch(
    { practitionerId: practitioner?.id ?? null, startsAt: instant, minutes, length, patientId: visit.patient.id, except: visit.id, isSending: form.isSending },
    setTaken,
  );
  // While it is under way the visit stands at its new time; the window says from where it goes.
  const from = useRef(visit);
  if (!form.isSending) from.current = visit;

  const change = <Name extends keyof typeof values>(name: Name, value: (typeof values)[Name]) => {
    form.set(name, value);
    if (name === 'overrideReason') return;
    setTaken(null);
    setRules([]);
  };
  const pick = (startsAt: string) => {
    change('when', typedWhen(localOf(startsAt), startsAt));
    box.current?.querySelector<HTMLElement>('[type=submit]')?.focus();
  };
  const { isLeaving, close, stay } = useClosing(form, onClose, 'tab');
  const press = (event: React.KeyboardEvent<HTMLFormElement>) => {
    const isText = event.target instanceof HTMLElement && event.target.matches('input, textarea');
    const offered = taken?.nextFree[Number(event.key) - 1];
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.submit(event);
    else if (offered && !isText && !event.ctrlKey && !event.metaKey && !event.altKey) pick(offered.startsAt);
    else return;
    event.preventDefault();
    // A button would take Enter for itself.
    event.stopPropagation();
  };
  return (
    <Dialog title={t('visit.moveTitle')} onClose={close}>
      <form ref={box} onSubmit={form.submit} onKeyDownCapture={press} method="post" noValidate className="grid gap-4 px-6 py-4 max-s:px-4">
        {isLeaving && <LeaveNotice onStay={stay} onLeave={onClose} />}
        {taken ? (
          <TakenNotice taken={taken} practitioner={practitioner?.displayName ?? ''} onPick={pick} />
        ) : (
          <MistakeSummary mistakes={conflict ? {} : mistakes} whole={conflict || (refusal?.code === 'SLOT_TAKEN' ? '' : form.whole)} />
        )}
        <VisitLine visit={from.current} />
        <PractitionerField
          name="practitioner"
          label={t('booking.doctor')}
          isRequired
          practitioner={practitioner}
          mistake={mistakes.practitioner}
          onChoose={(next) => {
            change('practitioner', next);
            if (next && !start) setWantsSlots('practitioner');
          }}
        />
        <WhenField
          label={t('visit.moveTo')}
          mistake={taken ? t('booking.takenShort') : mistakes.when}
          when={when}
          onChange={(next) => change('when', next)}
          onPick={(slot) => pick(slot.startsAt)}
          practitionerId={practitioner?.id ?? null}
          patientId={visit.patient.id}
          length={length}
          kept={hold.until && t('booking.keptUntil', { time: time(hold.until) })}
          wantsFocus={wantsSlots}
          onFocused={() => setWantsSlots(null)}
        />
        {rules.length > 0 && (
          <OverrideField value={values.overrideReason} mistake={mistakes.overrideReason} onChange={(next) => change('overrideReason', next)} />
        )}
        <DialogFooter>
          <Button onPress={close} keyHint="Escape">
            {t('common.cancel')}
          </Button>
          <Button type="submit" kind="main" keyHint="mod+Enter" isPending={form.isSending}>
            {t(rules.length > 0 ? 'visit.moveAnyway' : 'visit.move')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
