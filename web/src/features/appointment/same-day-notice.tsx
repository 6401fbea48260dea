import { Banner } from '../../components/banner';
import { type AppointmentStatus, AppointmentsDocument } from '../../gql/appointment';
import { addDays, startOfDay } from '../../lib/clinic-day';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';

const takingTime: AppointmentStatus[] = ['REQUESTED', 'BOOKED', 'CHECKED_IN', 'IN_PROGRESS'];

/** Warns that the patient comes that day already. Both may be booked. */
export function SameDayNotice({ patient, day }: { patient: { id: string; displayName: string } | null; day: string | null }) {
  const { t } = useI18n();
  const { clinic } = useSession();
  const { time } = useFormats();
  const { data } = useApiQuery(
    AppointmentsDocument,
    {
      first: 10,
      where: {
        patientId: { eq: patient?.id ?? '' },
        status: { in: takingTime },
        ...(day && { startsAt: { gte: startOfDay(day, clinic.timeZone), lt: startOfDay(addDays(day, 1), clinic.timeZone) } }),
      },
      orderBy: [{ field: 'STARTS_AT', direction: 'ASC' }],
    },
    { pause: !patient || !day },
  );
  const visits = patient && day ? (data?.appointments.nodes ?? []) : [];
  if (!patient || visits.length === 0) return null;
  return (
    <Banner tone="warn" title={t('booking.sameDay', { name: patient.displayName })}>
      <ul>
        {visits.map(({ id, startsAt, practitioner }) => (
          <li key={id}>
            <span className="tabular">{time(startsAt)}</span> {practitioner?.displayName}
          </li>
        ))}
      </ul>
      <p>{t('booking.mayBookBoth')}</p>
    </Banner>
  );
}
