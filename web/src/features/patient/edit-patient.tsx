import { useState } from 'react';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { DateField } from '../../components/date-field';
import { Dialog, DialogFooter } from '../../components/dialog';
import { LeaveNotice } from '../../components/leave-notice';
import { MistakeSummary } from '../../components/mistake-summary';
import { SelectField } from '../../components/select-field';
import { TextField } from '../../components/text-field';
import { toast } from '../../components/toasts';
import { type PatientFactsFragment, type Sex, type UpdatePatientInput, UpdatePatientDocument } from '../../gql/patient';
import { useForm } from '../../lib/form';
import { ApiError } from '../../lib/graphql';
import { type Key, useI18n } from '../../lib/i18n';
import { useClosing } from '../../lib/leave';
import { readTypedDate } from '../../lib/typed-date';
import { useApiMutation } from '../../lib/use-api';

const sexes: readonly Sex[] = ['FEMALE', 'MALE', 'OTHER', 'UNKNOWN'];

const labels = {
  familyName: 'patient.familyName',
  givenName: 'patient.givenName',
  birthDate: 'patient.birthDate',
  sex: 'patient.sex',
  phone: 'patient.phone',
  email: 'patient.email',
  line: 'patient.street',
  city: 'patient.city',
  postalCode: 'patient.postalCode',
  preferredLanguage: 'patient.language',
  deceasedOn: 'patient.died',
} satisfies Record<string, Key>;
type Name = keyof typeof labels;
type Values = Record<Exclude<Name, 'sex'>, string> & { sex: Sex };

/** The birth date as it was typed: as much of it as is known. */
function typedBirthDate({ birthDate, birthDatePrecision }: PatientFactsFragment): string {
  const [year = '', month = '', day = ''] = birthDate?.split('-') ?? [];
  return birthDatePrecision === 'YEAR' ? year : birthDatePrecision === 'MONTH' ? `${month}-${year}` : birthDate ? `${day}-${month}-${year}` : '';
}

export function valuesOf(patient: PatientFactsFragment): Values {
  return {
    familyName: patient.familyName ?? '',
    givenName: patient.givenName ?? '',
    birthDate: typedBirthDate(patient),
    sex: patient.sex,
    phone: patient.phone ?? '',
    email: patient.email ?? '',
    line: patient.address?.line ?? '',
    city: patient.address?.city ?? '',
    postalCode: patient.address?.postalCode ?? '',
    preferredLanguage: patient.preferredLanguage ?? '',
    deceasedOn: patient.deceasedOn?.split('-').reverse().join('-') ?? '',
  };
}

/** Only what is different: what somebody else has changed meanwhile stays theirs. */
export function changesOf(patient: PatientFactsFragment, seen: Values, values: Values): Omit<UpdatePatientInput, 'patientId' | 'expectedVersion'> {
  const has = (...names: Name[]) => names.some((name) => values[name].trim() !== seen[name].trim());
  const text = (name: Exclude<Name, 'sex'>) => values[name].trim() || null;
  const born = readTypedDate(values.birthDate);
  return {
    ...(has('familyName') && { familyName: text('familyName') }),
    ...(has('givenName') && { givenName: text('givenName') }),
    ...(has('birthDate') && (born ? { birthDate: born.date, birthDatePrecision: born.precision } : { birthDate: null, birthDatePrecision: 'UNKNOWN' as const })),
    ...(has('sex') && { sex: values.sex }),
    ...(has('phone') && { phone: text('phone') }),
    ...(has('email') && { email: text('email') }),
    ...(has('line', 'city', 'postalCode') && {
      address: { region: patient.address?.region ?? null, country: patient.address?.country ?? null, line: text('line'), city: text('city'), postalCode: text('postalCode') },
    }),
    ...(has('preferredLanguage') && { preferredLanguage: text('preferredLanguage') }),
    ...(has('deceasedOn') && { deceasedOn: readTypedDate(values.deceasedOn)?.date ?? null }),
  };
}

/** Changes how somebody is reached, and who they are. What another desk changed meanwhile is shown, and nothing of it is lost. */
export function EditPatient({ patient, onClose }: { patient: PatientFactsFragment; onClose: () => void }) {
  const { t } = useI18n();
  const update = useApiMutation(UpdatePatientDocument);
  const [seen, setSeen] = useState(() => ({ version: patient.version, values: valuesOf(patient) }));
  const form = useForm<Values>({
    initial: seen.values,
    labels,
    async send(values) {
      const wrong = (['birthDate', 'deceasedOn'] as const)
        .filter((name) => values[name].trim() && (name === 'birthDate' ? !readTypedDate(values[name]) : readTypedDate(values[name])?.precision !== 'DAY'))
        .map((name) => ({ path: [name], code: 'BAD_DATE', message: '' }));
      if (wrong.length > 0) throw new ApiError('INVALID', '', wrong);
      await update({ input: { ...changesOf(patient, seen.values, values), patientId: patient.id, expectedVersion: seen.version } });
      toast(t('patient.isSaved'));
      onClose();
    },
  });
  const elsewhere = form.refusal?.code === 'VERSION_CONFLICT' ? elsewhereOf(form.refusal, seen.version) : null;
  // Fields that nobody has typed into here show what the other desk has written; the next try goes on from there.
  if (elsewhere) {
    setSeen({ version: elsewhere.version, values: { ...seen.values, ...elsewhere.values } });
    for (const name of Object.keys(elsewhere.values) as Name[]) {
      if (form.values[name] === seen.values[name]) form.set(name, elsewhere.values[name] as never);
    }
  }
  const { isLeaving, close, stay } = useClosing(form, onClose);
  const text = (name: Exclude<Name, 'sex'>) => ({
    label: t(labels[name]),
    name,
    value: form.values[name],
    onChange: (value: string) => form.set(name, value as never),
    mistake: form.mistakes[name],
  });
  const isElsewhere = form.refusal?.code === 'VERSION_CONFLICT';
  const fieldsElsewhere = isElsewhere ? (form.refusal?.details.changedFields as string[]).filter((field) => field in labels || field === 'address') : [];
  return (
    <Dialog title={t('patient.editTitle')} onClose={close}>
      <form onSubmit={form.submit} method="post" noValidate className="grid gap-4 px-6 py-4 max-s:px-4">
        {isLeaving && <LeaveNotice onStay={stay} onLeave={onClose} />}
        {isElsewhere ? (
          <Banner tone="warn" title={t('patient.savedElsewhere')}>
            {fieldsElsewhere.length > 0 && <p>{t('patient.changedElsewhere', { fields: fieldsElsewhere.map((field) => t(labels[field as Name] ?? 'patient.address')).join(', ') })}</p>}
          </Banner>
        ) : (
          <MistakeSummary mistakes={form.mistakes} whole={form.whole} />
        )}
        <div className="grid grid-cols-2 gap-4 max-s:grid-cols-1">
          <TextField {...text('familyName')} />
          <TextField {...text('givenName')} />
          <DateField {...text('birthDate')} />
          <SelectField
            name="sex"
            label={t('patient.sex')}
            value={form.values.sex}
            onChange={(sex) => form.set('sex', sex)}
            choices={sexes.map((value) => ({ value, label: t(`patient.${value}`) }))}
            mistake={form.mistakes.sex}
          />
          <TextField {...text('phone')} type="tel" inputMode="tel" autoFocus />
          <TextField {...text('email')} type="email" inputMode="email" />
          <TextField {...text('line')} />
          <div className="grid grid-cols-[minmax(0,1fr)_7rem] gap-4">
            <TextField {...text('city')} />
            <TextField {...text('postalCode')} />
          </div>
          <TextField {...text('preferredLanguage')} hint={t('patient.languageHint')} />
          <DateField {...text('deceasedOn')} hint={t('patient.diedHint')} />
        </div>
        <DialogFooter>
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button type="submit" kind="main" isPending={form.isSending}>
            {t('common.save')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}

/** What the other desk has written, of what the form shows. Null once it is known. */
function elsewhereOf(refusal: ApiError, seen: number): { version: number; values: Partial<Values> } | null {
  const current = refusal.details.current as Record<string, string | number | null> | undefined;
  if (!current || Number(current.version) === seen) return null;
  const values: Partial<Values> = {};
  for (const name of ['familyName', 'givenName', 'phone', 'email', 'preferredLanguage'] as const) {
    if (name in current) values[name] = String(current[name] ?? '');
  }
  if (current.sex) values.sex = current.sex as Sex;
  if ('deceasedOn' in current) values.deceasedOn = String(current.deceasedOn ?? '').split('-').reverse().join('-');
  return { version: Number(current.version), values };
}
