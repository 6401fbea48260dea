import { Shield, ShieldQuestion, TriangleAlert } from 'lucide-react';
import { PatientAlertsDocument } from '../../gql/patient';
import { useI18n } from '../../lib/i18n';
import { useApiQuery } from '../../lib/use-api';

/** Allergies in words, or that there are none, or that nobody asked; never nothing. */
export function PatientAllergies({ patientId }: { patientId: string }) {
  const { t } = useI18n();
  const { data, error, retry } = useApiQuery(PatientAlertsDocument, { id: patientId });
  const patient = data?.patient;
  const line = 'flex basis-full flex-wrap items-center gap-x-2 gap-y-1';
  if (error && !patient) {
    return (
      <p role="alert" className={`${line} font-medium text-danger-text`}>
        <TriangleAlert className="size-4 shrink-0" aria-hidden="true" />
        {t('patient.allergiesUnknown')}
        <button type="button" className="min-h-6 underline" onClick={retry}>
          {t('common.retry')}
        </button>
      </p>
    );
  }
  if (!patient) return <p className={`${line} text-ink-3`}>{t('patient.allergiesLoading')}</p>;
  if (patient.allergyStatus === 'ALLERGIES_RECORDED') {
    return (
      <div className={`${line} text-danger-text`}>
        <TriangleAlert className="size-4 shrink-0" aria-hidden="true" />
        <b className="font-semibold">{t('patient.allergies')}</b>
        <ul className="flex flex-wrap gap-x-2 gap-y-1">
          {patient.allergies?.map(({ id, substance, reaction, severity }) => (
            <li key={id} className="rounded-1 bg-danger-soft px-1.5 font-medium">
              {substance}
              {reaction && <span className="font-normal">, {reaction}</span>}
              {severity === 'SEVERE' && <span className="font-normal"> · {t('patient.severe')}</span>}
            </li>
          ))}
        </ul>
      </div>
    );
  }
  const hasNone = patient.allergyStatus === 'NO_KNOWN_ALLERGIES';
  const Icon = hasNone ? Shield : ShieldQuestion;
  return (
    <p className={`${line} text-ink-2`}>
      <Icon className="size-4 shrink-0" aria-hidden="true" />
      <b className="font-semibold">{t('patient.allergies')}</b>
      {t(hasNone ? 'patient.noAllergies' : 'patient.allergiesNotAsked')}
    </p>
  );
}
