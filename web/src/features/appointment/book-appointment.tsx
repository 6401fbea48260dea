import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button';
import { Dialog, DialogFooter } from '../../components/dialog';
import { LeaveNotice } from '../../components/leave-notice';
import { MistakeSummary } from '../../components/mistake-summary';
import { PatientField } from '../../components/patient-field';
import { SelectField } from '../../components/select-field';
import { TextField } from '../../components/text-field';
import { BookablePractitionerDocument, type BookingRule, BookedPatientDocument } from '../../gql/appointment';
import { useForm } from '../../lib/form';
import { useFormats } from '../../lib/format';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useClosing } from '../../lib/leave';
import { withoutControls } from '../../lib/plain-text';
import { useSession } from '../../lib/session';
import { readTypedDay } from '../../lib/typed-day';
import { useApiQuery } from '../../lib/use-api';
import { useToday } from '../../lib/use-today';
import { AllAppointments } from './all-appointments';
import { bookingInput, bookingLabels, type BookingValues, brokenRules, instantOfStart, placed, startOf } from './booking-values';
import { OverrideField } from './override-field';
import { PractitionerField } from '../../components/practitioner-field';
import { SameDayNotice } from './same-day-notice';
import { TakenNotice, takenOf, useTaken } from './taken-notice';
import { useBook } from './use-book';
import { noType, rememberType, useBookingType } from './use-booking-type';
import { useHold } from './use-hold';
import { useSlotWatch } from './use-slot-watch';
import { noTime, typedWhen, WhenField } from './when-field';

const mostReason = 1_000;

interface Props {
  onClose: () => void;
  patientId?: string;
  practitionerId?: string;
  startsAt?: string;
}

/** Books a visit: for the patient, with the practitioner and at the time that are given, if any. */
export default function BookAppointment({ onClose, patientId: givenPatient, practitionerId: givenPractitioner, startsAt: givenStart }: Props) {
  const { t } = useI18n();
  const { clinic, viewer } = useSession();
  const { time, localOf, isoDayOf } = useFormats();
  const today = useToday();
  const book = useBook();
  const [patientId, setPatientId] = useState(givenPatient ?? null);
  const { taken, setTaken } = useTaken();
  const [rules, setRules] = useState<BookingRule[]>([]);
  const [wantsSlots, setWantsSlots] = useState<'patient' | 'practitioner' | null>(null);
  const [hasLeftOut, setHasLeftOut] = useState(false);
  const box = useRef<HTMLFormElement>(null);
  const form = useForm<BookingValues>({
    initial: {
      patient: null,
      practitioner: null,
      when: givenStart ? typedWhen(localOf(givenStart), givenStart) : noTime,
      typeId: null,
      length: null,
      reason: '',
      overrideReason: '',
    },
    labels: bookingLabels,
    async send(values) {
      try {
        const input = bookingInput(values, type.type?.id ?? null, type.slotLength ?? { duration: 'PT30M' }, rules, { today, t });
        const slotHoldId = await hold.id();
        await book({ ...input, ...(slotHoldId && { slotHoldId }) }, values.patient?.displayName ?? '');
        onClose();
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const refusal = placed(error);
        setRules(brokenRules(refusal, viewer.role));
        if (error.code === 'SLOT_TAKEN' && startsAt) setTaken(takenOf(error.details, startsAt));
        throw refusal;
      }
    },
  });
  const { values, mistakes, refusal } = form;
  const { patient, practitioner, when } = values;
  const type = useBookingType(values);
  const start = startOf(when, today);
  const startsAt = instantOfStart(start, clinic.timeZone);
  const hold = useHold({ practitionerId: practitioner?.id ?? null, startsAt: when.startsAt, length: type.slotLength }, setTaken);
  useSlotWatch(
    {
      practitionerId: practitioner?.id ?? null,
      startsAt,
      minutes: Number(type.minutes),
      length: type.slotLength,
      patientId: patient?.id ?? null,
      isSending: form.isSending,
    },
    setTaken,
  );

  const isTimed = useRef(false);
  const goTo = (name: string) => box.current?.querySelector<HTMLElement>(`[data-field=${name}] :is(input, textarea, button)`)?.focus();
  /** Nobody has gone on from the field while its answer was on the way. */
  const isIn = (name: string) => Boolean(document.activeElement?.closest(`[data-field=${name}]`));
  // What the window was opened with is filled in when it is known, and asks nobody before leaving.
  const given = useApiQuery(BookedPatientDocument, { id: patientId ?? '' }, { pause: !patientId }).data?.patient;
  const givenDoctor = useApiQuery(BookablePractitionerDocument, { id: givenPractitioner ?? '' }, { pause: !givenPractitioner }).data?.practitioner;
  useEffect(() => {
    if (given) form.fill('patient', given);
    if (!given || given.id === givenPatient) return;
    // Whoever was registered over this window: it has the focus back by then, and goes on to what is missing.
    const timer = setTimeout(() => goTo(isTimed.current ? 'reason' : 'practitioner'), 50);
    return () => clearTimeout(timer);
  }, [given, givenPatient, form.fill]);
  useEffect(() => {
    if (givenDoctor) form.fill('practitioner', givenDoctor);
  }, [givenDoctor, form.fill]);

  const change = <Name extends keyof BookingValues>(name: Name, value: BookingValues[Name]) => {
    form.set(name, value);
    if (name === 'reason' || name === 'overrideReason') return;
    setTaken(null);
    setRules([]);
  };
  const pick = (startsAt: string) => {
    change('when', typedWhen(localOf(startsAt), startsAt));
    goTo('reason');
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
  const day = readTypedDay(when.date, today);
  const whole = refusal?.code === 'SLOT_TAKEN' ? '' : refusal?.code === 'IDEMPOTENCY_MISMATCH' ? t('booking.bookedBefore') : form.whole;

  return (
    <Dialog title={t('booking.title')} onClose={close} size="large">
      <form ref={box} onSubmit={form.submit} onKeyDownCapture={press} method="post" noValidate>
        <div className="grid grid-cols-[minmax(0,1fr)_19rem] max-m:grid-cols-1">
          <div className="grid content-start gap-4 px-6 py-4 max-s:px-4">
            {isLeaving && <LeaveNotice onStay={stay} onLeave={onClose} />}
            {taken ? (
              <TakenNotice taken={taken} practitioner={practitioner?.displayName ?? ''} onPick={pick} />
            ) : (
              <MistakeSummary mistakes={mistakes} whole={whole} />
            )}
            <PatientField
              name="patient"
              label={t('booking.patient')}
              isRequired
              autoFocus={!givenPatient}
              patient={patient}
              mistake={mistakes.patient}
              onChoose={(next) => {
                setPatientId(null);
                change('patient', next);
                if (!next || !isIn('patient')) return;
                if (!practitioner) goTo('practitioner');
                else if (start) goTo('reason');
                else setWantsSlots('patient');
              }}
              onRegister={(id) => {
                setPatientId(id);
                isTimed.current = start !== null && practitioner !== null;
              }}
            />
            <div className="grid grid-cols-[minmax(0,1fr)_10rem_7rem] items-start gap-4 max-s:grid-cols-2 [&>:first-child]:max-s:col-span-2">
              <PractitionerField
                name="practitioner"
                label={t('booking.doctor')}
                isRequired
                autoFocus={Boolean(givenPatient) && !givenPractitioner}
                practitioner={practitioner}
                mistake={mistakes.practitioner}
                onChoose={(next) => {
                  change('practitioner', next);
                  if (!next || !isIn('practitioner')) return;
                  if (start) goTo('reason');
                  else setWantsSlots('practitioner');
                }}
              />
              <SelectField
                name="typeId"
                label={t('booking.type')}
                value={type.choice}
                choices={type.choices}
                mistake={mistakes.typeId}
                onChange={(next) => {
                  if (next !== noType) rememberType(next);
                  form.set('length', null);
                  change('typeId', next);
                }}
              />
              <SelectField
                name="length"
                label={t('booking.length')}
                value={type.minutes}
                choices={type.lengths}
                mistake={mistakes.length}
                onChange={(next) => change('length', next)}
              />
            </div>
            <WhenField
              label={t('booking.when')}
              mistake={taken ? t('booking.takenShort') : mistakes.when}
              when={when}
              onChange={(next) => change('when', next)}
              onPick={(slot) => {
                if (!practitioner) change('practitioner', slot.practitioner);
                pick(slot.startsAt);
              }}
              practitionerId={practitioner?.id ?? null}
              patientId={patient?.id ?? null}
              length={type.slotLength}
              kept={hold.until && t('booking.keptUntil', { time: time(hold.until) })}
              wantsFocus={wantsSlots}
              onFocused={() => setWantsSlots(null)}
            />
            <SameDayNotice patient={patient} day={day} />
            <TextField
              name="reason"
              label={t('appointment.reason')}
              rows={2}
              value={values.reason}
              hint={
                hasLeftOut
                  ? t('booking.leftOut')
                  : values.reason.length > mostReason
                    ? t('booking.reasonLong', { count: values.reason.length })
                    : undefined
              }
              mistake={mistakes.reason}
              onChange={(typed) => {
                const plain = withoutControls(typed);
                setHasLeftOut(plain.length < typed.length);
                change('reason', plain);
              }}
            />
            {rules.length > 0 && (
              <OverrideField value={values.overrideReason} mistake={mistakes.overrideReason} onChange={(why) => change('overrideReason', why)} />
            )}
          </div>
          <AllAppointments practitioner={practitioner} patientId={patient?.id ?? null} day={day ?? isoDayOf(new Date().toISOString())} />
        </div>
        <div className="px-6 pb-4 max-s:px-4 [&>footer]:mt-0">
          <DialogFooter>
            <span className="me-auto text-small text-ink-3">{t('common.required')}</span>
            <Button onPress={close} keyHint="Escape">
              {t('common.cancel')}
            </Button>
            <Button type="submit" kind="main" keyHint="mod+Enter" isPending={form.isSending}>
              {t(rules.length > 0 ? 'booking.bookAnyway' : 'booking.book')}
            </Button>
          </DialogFooter>
        </div>
      </form>
    </Dialog>
  );
}
