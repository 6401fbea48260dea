import { useState } from 'react';
import { Button } from '../../components/button';
import { PersonName } from '../../components/person-name';
import { type Column, Table } from '../../components/table';
import type { AppointmentRowFragment } from '../../gql/appointment';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useWindows } from '../../lib/windows';
import { useSteps, useStepsOf } from './use-steps';
import { VisitBadge } from './visit-badge';

interface Props {
  rows: readonly AppointmentRowFragment[];
  /** All are of one day, so that the time says when. */
  isOneDay?: boolean;
  /** All are of one patient, who is named above. */
  isOnePatient?: boolean;
  isStale?: boolean;
}

/** Visits: name first, then time, then status. The keys of the steps act on the row that one has come to; Enter opens it. */
export function AppointmentTable({ rows, isOneDay = false, isOnePatient = false, isStale = false }: Props) {
  const { t } = useI18n();
  const { dayOf, time, born } = useFormats();
  const open = useWindows();
  const { pastAt } = useSession();
  const stepsOf = useStepsOf();
  const [current, setCurrent] = useState('');
  useSteps(rows.find(({ id }) => id === current) ?? null);
  const name: Column<AppointmentRowFragment> = {
    head: t('patient.name'),
    cell: ({ patient }) => <PersonName>{patient.displayName}</PersonName>,
  };
  const when: Column<AppointmentRowFragment> = {
    head: t('appointment.when'),
    isPlain: true,
    cell: ({ startsAt, endsAt }) => (
      <>
        {!isOneDay && <span className="tabular">{dayOf(startsAt)}, </span>}
        <span className="tabular">
          {time(startsAt)}–{time(endsAt)}
        </span>
      </>
    ),
  };
  const columns: Column<AppointmentRowFragment>[] = [
    ...(isOnePatient ? [when] : [name, when]),
    { head: t('appointment.status'), isPlain: true, cell: (visit) => <VisitBadge visit={visit} /> },
    {
      head: t('appointment.practitioner'),
      isPlain: true,
      cell: ({ practitioner }) => practitioner && <PersonName>{practitioner.displayName}</PersonName>,
    },
    { head: t('appointment.reason'), isPlain: true, cell: ({ reason, appointmentType }) => reason ?? appointmentType?.name ?? '' },
    ...(isOnePatient
      ? []
      : [
          {
            head: t('patient.born'),
            isExtra: true,
            isPlain: true,
            cell: ({ patient }: AppointmentRowFragment) => <span className="tabular max-m:hidden">{born(patient)}</span>,
          },
        ]),
    {
      head: t('appointment.next'),
      isPlain: true,
      cell: (visit) => {
        const main = stepsOf(visit).find(({ isMain }) => isMain);
        return (
          main && (
            // Above what covers the row.
            <span className="relative z-1 inline-flex whitespace-nowrap">
              <Button isSmall onPress={main.run} aria-label={`${main.label}: ${visit.patient.displayName}`}>
                {main.label}
              </Button>
            </span>
          )
        );
      },
    },
  ];
  return (
    <Table
      label={t('shell.appointments')}
      rows={rows}
      keyOf={({ id }) => id}
      // Windows tell of now, and so none opens from the past.
      {...(!pastAt && { onOpen: ({ id }: AppointmentRowFragment) => open({ name: 'visit', appointmentId: id }) })}
      onCome={({ id }) => setCurrent(id)}
      currentKey={current}
      columns={columns}
      isStale={isStale}
    />
  );
}
