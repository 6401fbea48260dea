import { Tag } from '../../components/badge';
import { PersonName } from '../../components/person-name';
import { type Column, Table } from '../../components/table';
import type { PatientsQuery } from '../../gql/patient';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { phoneEnd } from '../../lib/phone-end';

type Row = PatientsQuery['patients']['nodes'][number];

/** Patients with what tells those of one name apart. */
export function PatientTable({ rows, isStale }: { rows: readonly Row[]; isStale: boolean }) {
  const { t } = useI18n();
  const { born, dayOf, time } = useFormats();
  const columns: Column<Row>[] = [
    {
      head: t('patient.name'),
      cell: ({ displayName, deceasedOn, archivedAt }) => (
        <>
          <PersonName>{displayName}</PersonName>
          {deceasedOn && <Tag>{t('patient.deceased')}</Tag>}
          {archivedAt && <Tag>{t('patient.archived')}</Tag>}
        </>
      ),
    },
    {
      head: t('patient.born'),
      isPlain: true,
      cell: (row) => (
        <span className="tabular">
          {born(row)} {row.age !== null && <span className="text-ink-3">{t('patient.years', { count: row.age })}</span>}
        </span>
      ),
    },
    { head: t('patient.sex'), isPlain: true, cell: ({ sex }) => t(`patient.${sex}`) },
    { head: t('patient.mrn'), cell: ({ mrn }) => <span className="tabular">{mrn}</span> },
    { head: t('patient.phone'), isPlain: true, cell: ({ phone }) => <span className="tabular text-ink-2">{phoneEnd(phone)}</span> },
    { head: t('patient.lastVisit'), isExtra: true, cell: ({ lastVisit }) => <span className="tabular">{lastVisit ? dayOf(lastVisit.startsAt) : '—'}</span> },
    {
      head: t('patient.nextVisit'),
      isExtra: true,
      cell: ({ nextAppointment: next }) => <span className="tabular">{next ? `${dayOf(next.startsAt)}, ${time(next.startsAt)}` : '—'}</span>,
    },
  ];
  return (
    <Table
      label={t('shell.patients')}
      rows={rows}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => `/patients/${id}`}
      columns={columns}
      isStale={isStale}
    />
  );
}
