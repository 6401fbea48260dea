import { AppointmentStatusBadge } from '../../components/appointment-status';
import { PersonName } from '../../components/person-name';
import { type Column, Table } from '../../components/table';
import type { PatientAppointmentsQuery } from '../../gql/patient';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';

type Row = NonNullable<PatientAppointmentsQuery['patient']>['appointments']['nodes'][number];

/** One patient's visits: when, where they stand, with whom and why. */
export function PatientAppointmentTable({ rows }: { rows: readonly Row[] }) {
  const { t } = useI18n();
  const { dayOf, time } = useFormats();
  const columns: Column<Row>[] = [
    {
      head: t('appointment.when'),
      cell: ({ startsAt, endsAt }) => (
        <span className="tabular">
          {dayOf(startsAt)}, {time(startsAt)}–{time(endsAt)}
        </span>
      ),
    },
    { head: t('appointment.status'), isPlain: true, cell: ({ status }) => <AppointmentStatusBadge status={status} /> },
    {
      head: t('appointment.practitioner'),
      isPlain: true,
      cell: ({ practitioner }) => practitioner && <PersonName>{practitioner.displayName}</PersonName>,
    },
    { head: t('appointment.reason'), isPlain: true, cell: ({ reason }) => reason },
  ];
  return <Table label={t('shell.appointments')} rows={rows} keyOf={({ id }) => id} columns={columns} />;
}
