import { Link } from 'wouter';
import { Banner } from '../../components/banner';
import { PersonName } from '../../components/person-name';
import { VisitsOutsideHoursDocument, VisitsWithinTimeOffDocument } from '../../gql/practitioner';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useApiQuery } from '../../lib/use-api';

interface Visit {
  id: string;
  startsAt: string;
  patient: { id: string; displayName: string; mrn: string };
}

/** Booked visits that somebody has to move, each with the way to its patient. */
function TouchedVisits({ visits }: { visits: readonly Visit[] }) {
  const { t } = useI18n();
  const { dayOf, time } = useFormats();
  return (
    <>
      <p>{t('practitioner.touchedWhy')}</p>
      <ul className="grid max-h-60 w-full overflow-auto">
        {visits.map(({ id, startsAt, patient }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3">
            <span className="tabular text-ink-2">
              {dayOf(startsAt)}, {time(startsAt)}
            </span>
            <Link
              href={`/patients/${patient.id}/appointments`}
              className="inline-flex min-h-6 items-center font-medium underline underline-offset-2"
            >
              <PersonName>{patient.displayName}</PersonName>
            </Link>
            <span className="text-small text-ink-2">{patient.mrn}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What was booked before the hours were as they are. */
export function VisitsOutsideHours({ practitionerId }: { practitionerId: string }) {
  const { t } = useI18n();
  const { data } = useApiQuery(VisitsOutsideHoursDocument, { id: practitionerId });
  const visits = data?.practitioner?.appointmentsOutsideHours ?? [];
  if (visits.length === 0) return null;
  return (
    <Banner tone="warn" title={t('practitioner.outside', { count: visits.length })}>
      <TouchedVisits visits={visits} />
    </Banner>
  );
}

/** What was booked before somebody was to be away. */
export function VisitsWithinTimeOff({ timeOffId }: { timeOffId: string }) {
  const { t } = useI18n();
  const { data, error } = useApiQuery(VisitsWithinTimeOffDocument, { id: timeOffId });
  if (error || !data) return null;
  const node = data.node as { appointmentsWithin?: readonly Visit[] } | null;
  const visits = node?.appointmentsWithin ?? [];
  if (visits.length === 0) return <Banner tone="ok" title={t('practitioner.touchedNone')} />;
  return (
    <Banner tone="warn" title={t('practitioner.touched', { count: visits.length })}>
      <TouchedVisits visits={visits} />
    </Banner>
  );
}
