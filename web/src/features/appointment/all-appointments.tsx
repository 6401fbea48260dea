import { useState } from 'react';
import { AppointmentStatusBadge } from '../../components/appointment-status';
import { cn } from '../../components/cn';
import { PersonName } from '../../components/person-name';
import { Failed, Loading } from '../../components/states';
import { type AppointmentStatus, AppointmentsDocument, type AppointmentsQueryVariables } from '../../gql/appointment';
import { addDays, startOfDay } from '../../lib/clinic-day';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { useDayWords } from './use-day-words';

interface Props {
  practitioner: { id: string; displayName: string } | null;
  patientId: string | null;
  day: string;
}

/** What takes or took its time; what was called off is of no use here. */
const held: AppointmentStatus[] = ['REQUESTED', 'BOOKED', 'CHECKED_IN', 'IN_PROGRESS', 'COMPLETED'];

type Side = 'doctor' | 'patient';

/** What is booked already: with the practitioner that day, or of the patient. */
export function AllAppointments({ practitioner, patientId, day }: Props) {
  const { t } = useI18n();
  const { clinic } = useSession();
  const { time, dayOf } = useFormats();
  const dayWords = useDayWords();
  const [picked, setPicked] = useState<Side | null>(null);
  const side: Side = picked ?? (patientId && !practitioner ? 'patient' : 'doctor');
  const isPatients = side === 'patient';
  const startsAt = { gte: startOfDay(day, clinic.timeZone), lt: startOfDay(addDays(day, 1), clinic.timeZone) };
  const asked: AppointmentsQueryVariables = isPatients
    ? { first: 30, where: { patientId: { eq: patientId ?? '' } }, orderBy: [{ field: 'STARTS_AT', direction: 'DESC' }] }
    : {
        first: 100,
        where: { startsAt, ...(practitioner && { practitionerId: { eq: practitioner.id } }), status: { in: held } },
        orderBy: [{ field: 'STARTS_AT', direction: 'ASC' }],
      };
  const isEmptyHanded = isPatients && !patientId;
  const { data, error, isLoading, retry } = useApiQuery(AppointmentsDocument, asked, { pause: isEmptyHanded });
  const visits = data?.appointments.nodes;
  const sides: [Side, string][] = [
    ['doctor', `${practitioner ? practitioner.displayName : t('booking.everyone')}, ${dayWords.ofDay(day)}`],
    ['patient', t('booking.thisPatient')],
  ];
  return (
    <aside aria-label={t('booking.all')} className="flex min-h-0 min-w-0 flex-col border-s border-line bg-sunken max-m:border-s-0 max-m:border-t m:rounded-ee-3">
      <div className="grid gap-2 px-4 pt-4 pb-3">
        <h3 className="text-ui font-semibold">{t('booking.all')}</h3>
        <div role="group" aria-label={t('booking.all')} className="flex flex-wrap gap-1">
          {sides.map(([value, label]) => (
            <button
              key={value}
              type="button"
              aria-pressed={side === value}
              onClick={() => setPicked(value)}
              className={cn(
                'min-h-7 rounded-2 border px-2 text-start text-small font-medium pointer-coarse:min-h-control',
                side === value ? 'border-accent bg-accent-soft text-accent-text' : 'border-line-2 bg-surface hover:bg-hover',
              )}
            >
              {label}
            </button>
          ))}
        </div>
      </div>
      <div tabIndex={0} role="group" aria-label={sides.find(([value]) => value === side)?.[1]} className="min-h-0 flex-1 overflow-auto border-t border-line max-m:max-h-60">
        {isEmptyHanded && <p className="px-4 py-3 text-ink-2">{t('booking.noPatientYet')}</p>}
        {!isEmptyHanded && error && !visits && <Failed error={error} onRetry={retry} />}
        {!isEmptyHanded && isLoading && <Loading rows={5} />}
        {visits?.length === 0 && !isEmptyHanded && <p className="px-4 py-3 text-ink-2">{t(isPatients ? 'booking.noneOfPatient' : 'booking.noneThatDay')}</p>}
        {!isEmptyHanded && visits && visits.length > 0 && (
          <ul>
            {visits.map((visit) => (
              <li key={visit.id} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 border-b border-line px-4 py-1.5">
                <span className="tabular text-ink-2">
                  {isPatients && `${dayOf(visit.startsAt)}, `}
                  {time(visit.startsAt)}
                </span>
                <b className="min-w-0 flex-1 basis-24 font-semibold">
                  <PersonName>{isPatients ? (visit.practitioner?.displayName ?? '') : visit.patient.displayName}</PersonName>
                </b>
                <AppointmentStatusBadge status={visit.status} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </aside>
  );
}
