import { Tag } from '../../components/badge';
import { PersonName } from '../../components/person-name';
import { type Column, Table } from '../../components/table';
import type { MedicalRecordsQuery } from '../../gql/record';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { RecordStatusBadge } from '../../components/record-status';

type Row = MedicalRecordsQuery['medicalRecords']['nodes'][number];

/** Records of many patients. */
export function RecordTable({ rows, isStale }: { rows: readonly Row[]; isStale: boolean }) {
  const { t } = useI18n();
  const { day, born } = useFormats();
  const name: Column<Row> = {
    head: t('patient.name'),
    cell: ({ patient }) => (
      <>
        <PersonName>{patient.displayName}</PersonName>{' '}
        <span className="font-normal text-small text-ink-3">{born(patient)}</span>
      </>
    ),
  };
  const diagnosis: Column<Row> = {
    head: t('record.diagnosis'),
    isPlain: true,
    cell: (row) => (
      <>
        {row.diagnosis} {row.code && <Tag>{row.code}</Tag>}
      </>
    ),
  };
  const columns: Column<Row>[] = [
    name,
    diagnosis,
    { head: t('record.date'), isPlain: true, cell: ({ recordedOn }) => <span className="tabular">{day(recordedOn)}</span> },
    { head: t('record.status'), isPlain: true, cell: ({ status }) => <RecordStatusBadge status={status} /> },
    {
      head: t('appointment.practitioner'),
      isPlain: true,
      cell: ({ practitioner }) => practitioner && <PersonName>{practitioner.displayName}</PersonName>,
    },
  ];
  return (
    <Table
      label={t('shell.records')}
      rows={rows}
      keyOf={({ id }) => id}
      hrefOf={({ id, patient }) => `/patients/${patient.id}/records/${id}`}
      columns={columns}
      isStale={isStale}
    />
  );
}
