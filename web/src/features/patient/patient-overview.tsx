import { FilePlus2, Pencil, Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { Banner } from '../../components/banner';
import { Button, buttonClass } from '../../components/button';
import { Card } from '../../components/card';
import { cn } from '../../components/cn';
import { PersonName } from '../../components/person-name';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';
import { useSession } from '../../lib/session';
import { AccessCard } from './access-card';
import { AllergyCard } from './allergy-card';
import { ClosedChart } from './closed-chart';
import { EditPatient } from './edit-patient';
import { PatientArchive } from './patient-archive';
import type { ChartPartProps } from './patient-chart';
import { PatientProblems } from './patient-problems';
import { PatientTimeline } from './patient-timeline';

/** What happened, newest first, and beside it how to reach the patient and when they come. */
export function PatientOverview({ patient, showsChart }: ChartPartProps) {
  const { t } = useI18n();
  const { may, readsCharts, pastAt } = useSession();
  const { dayOf, time } = useFormats();
  const [isEditing, setIsEditing] = useState(false);
  const { address, nextAppointment: next, lastVisit: last } = patient;
  const none = t('common.noneRecorded');
  const home = `/patients/${patient.id}`;
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
  const mayEdit = may('updatePatient');
  useKeys(mayEdit ? [{ key: 'e', label: t('patient.edit'), run: () => setIsEditing(true), isInBar: true }] : []);
  return (
    <div
      className={cn(
        'grid items-start gap-x-6 gap-y-4 p-4 max-m:grid-cols-1 max-m:grid-rows-none max-s:px-0 print:block print:p-0',
        readsCharts ? 'grid-cols-[minmax(0,1fr)_19rem] grid-rows-[auto_1fr]' : 'grid-cols-2',
      )}
    >
      {readsCharts && (
        <div className="row-span-2 min-w-0 max-m:row-span-1">
          {showsChart ? <PatientTimeline patientId={patient.id} /> : <ClosedChart patientId={patient.id} home={home} />}
        </div>
      )}
      <div
        className={cn(
          'grid items-start gap-4 max-m:-order-1 max-m:grid-flow-dense max-m:grid-cols-2 max-m:grid-rows-[auto_auto_1fr] max-s:grid-cols-1 max-s:grid-rows-none [&_section]:max-s:rounded-none print:mt-4 print:block',
          readsCharts && 'col-start-2 max-m:col-start-1',
        )}
      >
        <div className="col-span-full flex flex-wrap gap-2 max-s:px-4 print:hidden">
          {showsChart && may('createMedicalRecord') && (
            <Link href={`${home}/records/new`} className={buttonClass('main')}>
              <FilePlus2 className="size-4" aria-hidden="true" />
              {t('record.new')}
            </Link>
          )}
          {showsChart && (
            <Link href={`${home}/summary${pastAt ? `?at=${encodeURIComponent(pastAt)}` : ''}`} className={buttonClass('plain')}>
              <Printer className="size-4" aria-hidden="true" />
              {t('patient.summary')}
            </Link>
          )}
          {mayEdit && (
            <Button icon={<Pencil className="size-4" aria-hidden="true" />} keyHint="e" onPress={() => setIsEditing(true)}>
              {t('patient.edit')}
            </Button>
          )}
        </div>
        {patient.archivedAt && (
          <Banner tone="warn" title={t('patient.isArchived', { when: dayOf(patient.archivedAt) })}>
            {patient.archiveReason && <p>{t('history.because', { reason: patient.archiveReason })}</p>}
          </Banner>
        )}
        {showsChart && <AllergyCard patientId={patient.id} />}
        {showsChart && (
          <div className="min-w-0 max-m:col-start-2 max-m:row-span-2 max-s:col-start-1 max-s:row-span-1">
            <PatientProblems patientId={patient.id} />
          </div>
        )}
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
      </div>
      <div className={cn('grid gap-4 [&>section]:max-s:rounded-none print:mt-4', readsCharts && 'col-start-2 max-m:col-start-1')}>
        <Card title={t('patient.contact')}>
          <dl className="grid gap-2 px-4 pb-3">
            {facts.map(([name, value]) => (
              <Fact key={name} name={name}>
                {value || none}
              </Fact>
            ))}
          </dl>
        </Card>
        {showsChart && <AccessCard patientId={patient.id} />}
        <PatientArchive patient={patient} />
      </div>
      {isEditing && <EditPatient patient={patient} onClose={() => setIsEditing(false)} />}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_minmax(0,1fr)] gap-2">
      <dt className="text-ink-3">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
