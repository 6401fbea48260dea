import { useState } from 'react';
import { Link, useSearch } from 'wouter';
import { Page } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { Empty, Failed, Loading } from '../../components/states';
import { Versions } from '../../components/versions';
import { AppointmentVersionsDocument, PatientVersionsDocument } from '../../gql/patient';
import { useFormats } from '../../lib/format';
import { type Key, useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { ChooseInstant } from './as-of-bar';
import type { ChartPartProps } from './patient-chart';

const ofPatient: Partial<Record<string, Key>> = {
  mrn: 'patient.mrn',
  familyName: 'patient.familyName',
  givenName: 'patient.givenName',
  birthDate: 'patient.birthDate',
  birthDatePrecision: 'patient.precision',
  sex: 'patient.sex',
  genderIdentity: 'patient.genderIdentity',
  identifiers: 'patient.identifiers',
  phone: 'patient.phone',
  phoneNumber: 'patient.phoneNumber',
  email: 'patient.email',
  address: 'patient.address',
  preferredLanguage: 'patient.language',
  deceasedOn: 'patient.died',
  primaryPractitioner: 'patient.ownDoctor',
  isRestricted: 'patient.restricted',
  archivedAt: 'patient.archived',
  archiveReason: 'patient.archiveReason',
};
const ofVisit: Partial<Record<string, Key>> = {
  status: 'appointment.status',
  startsAt: 'history.startsAt',
  endsAt: 'history.endsAt',
  reason: 'appointment.reason',
  practitioner: 'appointment.practitioner',
  room: 'history.room',
  appointmentType: 'history.kind',
  checkedInAt: 'history.checkedInAt',
  startedAt: 'history.startedAt',
  completedAt: 'history.completedAt',
  cancelledAt: 'history.cancelledAt',
  cancellationReason: 'history.cancellationReason',
  cancellationNote: 'history.cancellationNote',
  isLateCancellation: 'history.isLate',
  overriddenRules: 'history.overriddenRules',
  overrideReason: 'history.overrideReason',
  isOverbooked: 'history.isOverbooked',
  rescheduledFrom: 'history.movedFrom',
  rescheduledTo: 'history.movedTo',
};
/** Told by other fields already, or no matter of the clinic's. */
const untold = new Set(['patient', 'type', 'bufferBefore', 'bufferAfter', 'length', 'cancelledBy']);
const values: Partial<Record<string, Key>> = {
  ...Object.fromEntries(['FEMALE', 'MALE', 'OTHER', 'UNKNOWN'].map((sex) => [`sex.${sex}`, `patient.${sex}` as Key])),
  ...Object.fromEntries(
    ['PATIENT', 'PRACTITIONER', 'CLINIC', 'DECEASED', 'RESCHEDULED', 'OTHER'].map((reason) => [
      `cancellationReason.${reason}`,
      `history.cancelled${reason}` as Key,
    ]),
  ),
  ...Object.fromEntries(['DAY', 'MONTH', 'YEAR', 'UNKNOWN'].map((one) => [`birthDatePrecision.${one}`, `patient.precision${one}` as Key])),
  ...Object.fromEntries(
    ['REQUESTED', 'BOOKED', 'CHECKED_IN', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED', 'NO_SHOW', 'ENTERED_IN_ERROR'].map((status) => [
      `status.${status}`,
      `appointment.${status}` as Key,
    ]),
  ),
};

/** Who changed what of the patient's own data, or of a visit: ?visit=…; and the way to the chart as it was on a day. */
export default function PatientHistory({ patient }: ChartPartProps) {
  const { t } = useI18n();
  const { pastAt } = useSession();
  const visitId = new URLSearchParams(useSearch()).get('visit');
  return (
    <Page>
      {!pastAt && (
        <section aria-label={t('history.asOfTitle')} className="rounded-3 border border-line bg-surface p-4 max-s:rounded-none max-s:border-x-0 print:hidden">
          <h2 className="mb-2 text-ui font-semibold">{t('history.asOfTitle')}</h2>
          <ChooseInstant at={null} />
        </section>
      )}
      {visitId ? <VisitVersions id={visitId} patientId={patient.id} /> : <OwnVersions patientId={patient.id} />}
    </Page>
  );
}

function OwnVersions({ patientId }: { patientId: string }) {
  const { t } = useI18n();
  const [page, setPage] = useState<PageOf>(firstPage);
  const { data, error, isLoading, retry } = useApiQuery(PatientVersionsDocument, { id: patientId, ...page }, { keepsOld: true });
  const list = data?.patient?.history;
  return (
    <section aria-label={t('history.ofPatient')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
      <h2 className="border-b border-line px-4 py-3 text-ui font-semibold">{t('history.ofPatient')}</h2>
      {isLoading && <Loading />}
      {error && !list && <Failed error={error} onRetry={retry} />}
      {list?.nodes.length === 0 && <Empty title={t('history.none')} />}
      {list && list.nodes.length > 0 && (
        <Versions versions={list.nodes} fields={ofPatient} values={values} hrefAt={(at) => `/patients/${patientId}?at=${encodeURIComponent(at)}`} />
      )}
      {list && <Pager info={list.pageInfo} onGo={setPage} />}
    </section>
  );
}

function VisitVersions({ id, patientId }: { id: string; patientId: string }) {
  const { t } = useI18n();
  const { pastAt } = useSession();
  const { dayOf, time } = useFormats();
  const [page, setPage] = useState<PageOf>(firstPage);
  const { data, error, isLoading, retry } = useApiQuery(AppointmentVersionsDocument, { id, ...page }, { keepsOld: true });
  const visit = data?.appointment?.patient.id === patientId ? data.appointment : null;
  const title = visit ? t('history.ofVisit', { when: `${dayOf(visit.startsAt)}, ${time(visit.startsAt)}` }) : t('patient.visit');
  return (
    <section aria-label={title} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
      <header className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3">
        <h2 className="flex-1 text-ui font-semibold">{title}</h2>
        <Link
          href={`/patients/${patientId}/history${pastAt ? `?at=${encodeURIComponent(pastAt)}` : ''}`}
          className="inline-flex min-h-6 items-center text-accent-text underline underline-offset-2"
        >
          {t('history.ofPatient')}
        </Link>
      </header>
      {isLoading && <Loading />}
      {error && !visit && <Failed error={error} onRetry={retry} />}
      {data && !visit && <Empty title={t('history.none')} />}
      {visit && (
        <>
          <Versions
            versions={visit.history.nodes.map((version) => ({ ...version, changes: version.changes.filter(({ field }) => !untold.has(field)) }))}
            fields={ofVisit}
            values={values}
            hrefAt={(at) => `/patients/${patientId}/history?visit=${id}&at=${encodeURIComponent(at)}`}
          />
          <Pager info={visit.history.pageInfo} onGo={setPage} />
        </>
      )}
    </section>
  );
}
