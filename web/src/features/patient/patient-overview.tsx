import { Card } from '../../components/card';
import { PersonName } from '../../components/person-name';
import type { PatientQuery } from '../../gql/patient';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { PatientProblems } from './patient-problems';
import { PatientTimeline } from './patient-timeline';

type Patient = NonNullable<PatientQuery['patient']>;

/** What happened, newest first, and beside it how to reach the patient and when they come. */
export function PatientOverview({ patient, showsTimeline }: { patient: Patient; showsTimeline: boolean }) {
  const { t } = useI18n();
  const { dayOf, time } = useFormats();
  const { address, nextAppointment: next, lastVisit: last } = patient;
  const none = t('common.noneRecorded');
  const facts: [string, string | null][] = [
    [t('patient.phone'), patient.phone],
    [t('patient.email'), patient.email],
    [
      t('patient.address'),
      address && [address.line, address.postalCode, address.city, address.region, address.country].filter(Boolean).join(', '),
    ],
    [t('patient.language'), patient.preferredLanguage],
    ...patient.identifiers.map(({ system, value }): [string, string] => [system, value]),
  ];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_19rem] items-start gap-6 p-4 max-m:grid-cols-1 max-s:px-0">
      {showsTimeline && <PatientTimeline patientId={patient.id} />}
      <div className="grid gap-4 max-m:-order-1 [&>section]:max-s:rounded-none">
        {showsTimeline && <PatientProblems patientId={patient.id} />}
        <Card title={t('patient.visits')}>
          <dl className="grid gap-2 px-4 pb-3">
            <Fact name={t('patient.nextVisit')}>
              {next ? `${dayOf(next.startsAt)}, ${time(next.startsAt)}` : t('patient.noneBooked')}
              {next?.practitioner && (
                <span className="block text-small text-ink-2">
                  <PersonName>{next.practitioner.displayName}</PersonName>
                </span>
              )}
            </Fact>
            <Fact name={t('patient.lastVisit')}>{last ? dayOf(last.startsAt) : none}</Fact>
            <Fact name={t('patient.ownDoctor')}>
              {patient.primaryPractitioner ? <PersonName>{patient.primaryPractitioner.displayName}</PersonName> : none}
            </Fact>
          </dl>
        </Card>
        <Card title={t('patient.contact')}>
          <dl className="grid gap-2 px-4 pb-3">
            {facts.map(([name, value]) => (
              <Fact key={name} name={name}>
                {value || none}
              </Fact>
            ))}
          </dl>
        </Card>
      </div>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_minmax(0,1fr)] gap-2">
      <dt className="text-ink-3">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
