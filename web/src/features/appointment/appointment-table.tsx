import { PersonName } from '../../components/person-name';
import { type Column, Table } from '../../components/table';
import type { AppointmentRowFragment } from '../../gql/appointment';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { AppointmentStatusBadge } from '../../components/appointment-status';

interface Props {
  rows: readonly AppointmentRowFragment[];
  /** All are of one day, so that the time says when. */
  isOneDay?: boolean;
  isStale?: boolean;
}

/** Visits: name first, then time, then status. */
export function AppointmentTable({ rows, isOneDay = false, isStale = false }: Props) {
  const { t } = useI18n();
  const { dayOf, time, born } = useFormats();
  const columns: Column<AppointmentRowFragment>[] = [
    { head: t('patient.name'), cell: ({ patient }) => <PersonName>{patient.displayName}</PersonName> },
    {
      head: t('appointment.when'),
      isPlain: true,
      cell: ({ startsAt, endsAt }) => (
        <span className="tabular">
          {!isOneDay && `${dayOf(startsAt)}, `}
          {time(startsAt)}–{time(endsAt)}
        </span>
      ),
    },
    { head: t('appointment.status'), isPlain: true, cell: ({ status }) => <AppointmentStatusBadge status={status} /> },
    {
      head: t('appointment.practitioner'),
      isPlain: true,
      cell: ({ practitioner }) => practitioner && <PersonName>{practitioner.displayName}</PersonName>,
    },
    { head: t('appointment.reason'), isPlain: true, cell: ({ reason, appointmentType }) => reason ?? appointmentType?.name ?? '' },
    { head: t('patient.born'), isExtra: true, isPlain: true, cell: ({ patient }) => <span className="tabular max-m:hidden">{born(patient)}</span> },
  ];
  return (
    <Table
      label={t('shell.appointments')}
      rows={rows}
      keyOf={({ id }) => id}
      hrefOf={({ patient }) => `/patients/${patient.id}`}
      columns={columns}
      isStale={isStale}
    />
  );
}
