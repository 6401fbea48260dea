import type { PatientQuery } from '../../gql/patient';
import { Tag } from '../../components/badge';
import { PersonName } from '../../components/person-name';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { PatientAllergies } from './patient-allergies';

type Patient = NonNullable<PatientQuery['patient']>;

/** Who this is, in view on every screen about them: nobody is to be taken for another. */
export function PatientBanner({ patient, showsAlerts }: { patient: Patient; showsAlerts: boolean }) {
  const { t } = useI18n();
  const { born, day } = useFormats();
  return (
    <section
      aria-label={t('patient.banner')}
      className="sticky top-12 z-15 flex flex-wrap items-center gap-x-6 gap-y-0.5 border-b border-line-2 bg-surface px-4 py-3 max-s:gap-x-4 max-s:py-2 [@media(max-height:30rem)]:top-0 [@media(max-height:30rem)]:py-1 print:static"
    >
      <h1 className="text-page font-semibold tracking-tight [@media(max-height:30rem)]:text-body">
        <PersonName>{patient.displayName}</PersonName>
      </h1>
      <dl className="flex flex-wrap items-baseline gap-x-6 gap-y-0.5 text-body max-s:gap-x-4 max-s:text-ui">
        <Fact name={t('patient.born')}>
          {born(patient)}
          {patient.age !== null && ` (${t('patient.years', { count: patient.age })})`}
        </Fact>
        <Fact name={t('patient.sex')}>{t(`patient.${patient.sex}`)}</Fact>
        <Fact name={t('patient.mrn')}>{patient.mrn}</Fact>
        {patient.deceasedOn && <Fact name={t('patient.died')}>{day(patient.deceasedOn)}</Fact>}
      </dl>
      {patient.archivedAt && <Tag>{t('patient.archived')}</Tag>}
      {patient.isRestricted && <Tag>{t('patient.restricted')}</Tag>}
      {showsAlerts && <PatientAllergies patientId={patient.id} />}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex items-baseline gap-1.5">
      <dt className="text-small text-ink-3">{name}</dt>
      <dd className="font-medium whitespace-nowrap">{children}</dd>
    </div>
  );
}
