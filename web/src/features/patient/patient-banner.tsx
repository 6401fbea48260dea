import type { ReactNode } from 'react';
import { Tag } from '../../components/badge';
import { PersonName } from '../../components/person-name';
import type { PatientFactsFragment } from '../../gql/patient';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { PatientAllergies } from './patient-allergies';

interface Props {
  patient: PatientFactsFragment;
  showsAlerts: boolean;
  /** What has to be known besides wherever one is: that one looks at the past, or through broken glass. */
  children?: ReactNode;
}

/**
 * Who this is, in view on every screen about them, in the smallest window too, and at the head of each printed page: nobody
 * is to be taken for another.
 */
export function PatientBanner({ patient, showsAlerts, children }: Props) {
  const { t } = useI18n();
  const { born, day } = useFormats();
  return (
    <div className="sticky top-12 z-15 [@media(max-height:30rem)]:top-0 [@media(max-height:30rem)]:max-h-[60vh] [@media(max-height:30rem)]:overflow-y-auto print:static print:max-h-none print:overflow-visible print:table-header-group print:break-inside-avoid">
      <section
        aria-label={t('patient.banner')}
        className="flex flex-wrap items-center gap-x-6 gap-y-0.5 border-b border-line-2 bg-surface px-4 py-3 max-s:gap-x-4 max-s:py-2 [@media(max-height:30rem)]:gap-x-3 [@media(max-height:30rem)]:py-1 print:mb-3 print:px-0 print:py-2"
      >
        <h1 className="text-page font-semibold tracking-tight [@media(max-height:30rem)]:text-body">
          <PersonName>{patient.displayName}</PersonName>
        </h1>
        <dl className="flex flex-wrap items-baseline gap-x-6 gap-y-0.5 text-body max-s:gap-x-4 max-s:text-ui [@media(max-height:30rem)]:gap-x-3 [@media(max-height:30rem)]:text-small">
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
      {children}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-1.5">
      <dt className="text-small text-ink-3">{name}</dt>
      <dd className="font-medium whitespace-nowrap">{children}</dd>
    </div>
  );
}
