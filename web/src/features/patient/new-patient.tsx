import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button';
import { DateField } from '../../components/date-field';
import { Dialog, DialogFooter } from '../../components/dialog';
import { LeaveNotice } from '../../components/leave-notice';
import { MistakeSummary } from '../../components/mistake-summary';
import { SelectField } from '../../components/select-field';
import { TextField } from '../../components/text-field';
import { toast } from '../../components/toasts';
import { CreatePatientDocument, type Sex } from '../../gql/patient';
import { useForm } from '../../lib/form';
import { ApiError } from '../../lib/graphql';
import { type Key, useI18n } from '../../lib/i18n';
import { useClosing } from '../../lib/leave';
import { readTypedDate } from '../../lib/typed-date';
import { useApiMutation } from '../../lib/use-api';
import { DuplicateCandidates } from './duplicate-candidates';
import { newPatientOf } from './typed-patient';

const sexes: readonly Sex[] = ['FEMALE', 'MALE', 'OTHER', 'UNKNOWN'];

const labels = {
  familyName: 'patient.familyName',
  givenName: 'patient.givenName',
  birthDate: 'patient.birthDate',
  sex: 'patient.sex',
  phone: 'patient.phone',
  email: 'patient.email',
  notDuplicateReason: 'patient.whyAnother',
} satisfies Record<string, Key>;

interface Props {
  onClose: () => void;
  /** What was typed in the search: a name, a birth date or a telephone, which are carried over. */
  typed: string;
  /** What happens with the new patient, or the one who was registered already. Absent: their page opens. */
  onChoose?: (patientId: string) => void;
}

/** Registers a patient: three fields have to be filled in. Somebody very like is shown first. */
export default function NewPatient({ onClose, typed, onChoose }: Props) {
  const { t } = useI18n();
  const [, navigate] = useLocation();
  const create = useApiMutation(CreatePatientDocument);
  const form = useForm({
    initial: { ...newPatientOf(typed), sex: null as Sex | null, email: '', notDuplicateReason: '' },
    labels,
    async send({ familyName, givenName, birthDate, sex, phone, email, notDuplicateReason }) {
      const born = readTypedDate(birthDate);
      const missing = [
        ...(familyName.trim() || givenName.trim() ? [] : [{ path: ['familyName'], code: 'REQUIRED', message: t('problem.REQUIRED') }]),
        ...(born ? [] : [{ path: ['birthDate'], code: birthDate ? 'BAD_FORMAT' : 'REQUIRED', message: t(birthDate ? 'problem.BAD_DATE' : 'problem.REQUIRED') }]),
        ...(sex ? [] : [{ path: ['sex'], code: 'REQUIRED', message: t('problem.REQUIRED') }]),
        ...(isDuplicate && !notDuplicateReason.trim()
          ? [{ path: ['notDuplicateReason'], code: 'REQUIRED', message: t('problem.REQUIRED') }]
          : []),
      ];
      if (!born || !sex || missing.length > 0) throw new ApiError('INVALID', '', missing);
      const { createPatient } = await create({
        input: {
          familyName: familyName.trim() || null,
          givenName: givenName.trim() || null,
          birthDate: born.date,
          birthDatePrecision: born.precision,
          sex,
          phone: phone.trim() || null,
          email: email.trim() || null,
          ...(isDuplicate && { confirmNotDuplicate: true, notDuplicateReason: notDuplicateReason.trim() }),
        },
      });
      if (!createPatient) return;
      toast(t('patient.registered', { mrn: createPatient.patient.mrn }));
      done(createPatient.patient.id);
    },
  });
  const [candidates, setCandidates] = useState<readonly string[]>([]);
  const isDuplicate = candidates.length > 0;
  const named = duplicatesOf(form.refusal);
  // Whom the refusal names stays on the screen while a further mistake is mended.
  if (named.length > 0 && named.join() !== candidates.join()) setCandidates(named);

  const done = (patientId: string) => {
    onClose();
    if (onChoose) onChoose(patientId);
    else navigate(`/patients/${patientId}`);
  };
  const { isLeaving, close, stay } = useClosing(form, onClose, 'tab');
  const text = (name: 'familyName' | 'givenName' | 'phone' | 'email') => ({
    label: t(labels[name]),
    name,
    value: form.values[name],
    onChange: (value: string) => {
      setCandidates([]);
      form.set(name, value);
    },
    mistake: form.mistakes[name],
  });

  return (
    <Dialog title={t('patient.new')} onClose={close}>
      <form onSubmit={form.submit} method="post" noValidate className="grid gap-4 px-6 py-4 max-s:px-4">
        {isLeaving && <LeaveNotice onStay={stay} onLeave={onClose} />}
        {!isDuplicate && <MistakeSummary mistakes={form.mistakes} whole={form.whole} />}
        <div className="grid grid-cols-2 gap-4 max-s:grid-cols-1">
          <TextField {...text('familyName')} isRequired autoFocus />
          <TextField {...text('givenName')} />
          <DateField
            name="birthDate"
            label={t('patient.birthDate')}
            value={form.values.birthDate}
            onChange={(value) => {
              setCandidates([]);
              form.set('birthDate', value);
            }}
            mistake={form.mistakes.birthDate}
            isRequired
          />
          <SelectField
            name="sex"
            label={t('patient.sex')}
            value={form.values.sex}
            onChange={(sex) => form.set('sex', sex)}
            choices={sexes.map((value) => ({ value, label: t(`patient.${value}`) }))}
            placeholder={t('common.choose')}
            mistake={form.mistakes.sex}
            isRequired
          />
          <TextField {...text('phone')} type="tel" inputMode="tel" />
          <TextField {...text('email')} type="email" inputMode="email" />
        </div>
        {isDuplicate && (
          <DuplicateCandidates ids={candidates} onUse={done}>
            <TextField
              name="notDuplicateReason"
              label={t('patient.whyAnother')}
              hint={t('patient.whyAnotherHint')}
              value={form.values.notDuplicateReason}
              onChange={(reason) => form.set('notDuplicateReason', reason)}
              mistake={form.mistakes.notDuplicateReason}
              isRequired
            />
          </DuplicateCandidates>
        )}
        <DialogFooter>
          <span className="me-auto text-small text-ink-3">{t('common.required')}</span>
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button type="submit" kind={isDuplicate ? 'plain' : 'main'} isPending={form.isSending}>
            {t(isDuplicate ? 'patient.registerAnyway' : 'patient.register')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}

/** Whom the API says are very like, likeliest first. */
function duplicatesOf(refusal: ApiError | null): string[] {
  if (refusal?.code !== 'POSSIBLE_DUPLICATE') return [];
  const candidates = refusal.details.candidates as { patientId: string }[] | undefined;
  return candidates?.map(({ patientId }) => patientId) ?? [];
}
