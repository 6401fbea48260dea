import { useState } from 'react';
import { Link } from 'wouter';
import { Button, buttonClass } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { PersonName } from '../../components/person-name';
import { Empty, Failed, Loading } from '../../components/states';
import { type AppointmentRowFragment, VisitDetailsDocument } from '../../gql/appointment';
import { useFormats } from '../../lib/format';
import { type Key, useI18n } from '../../lib/i18n';
import { useApiQuery } from '../../lib/use-api';
import { useSteps } from './use-steps';
import { useVisit } from './use-visit';
import { VisitBadge } from './visit-badge';
import { VisitHistory } from './visit-history';

interface Props {
  onClose: () => void;
  appointmentId: string;
}

/** One visit: who, when, with whom, where it stands, and what can be done now. */
export default function VisitWindow({ onClose, appointmentId }: Props) {
  const { t } = useI18n();
  const { visit, error, isLoading, retry } = useVisit(appointmentId);
  return (
    <Dialog title={t('visit.title')} onClose={onClose}>
      {visit ? (
        <Visit visit={visit} onClose={onClose} />
      ) : isLoading ? (
        <Loading rows={6} />
      ) : error ? (
        <Failed error={error} onRetry={retry} />
      ) : (
        <Empty title={t('visit.noSuch')} />
      )}
    </Dialog>
  );
}

function Visit({ visit, onClose }: { visit: AppointmentRowFragment; onClose: () => void }) {
  const { t } = useI18n();
  const { longDay, isoDayOf, dayOf, time, born } = useFormats();
  const [hasHistory, setHasHistory] = useState(false);
  const steps = useSteps(visit, { isInDialog: true });
  const { data } = useApiQuery(VisitDetailsDocument, { id: visit.id });
  const more = data?.appointment;
  const { patient, practitioner, appointmentType, reason, startsAt, endsAt } = visit;
  const at = (instant: string) => `${dayOf(instant)}, ${time(instant)}`;
  const facts: [Key, string | null | undefined][] = [
    ['appointment.practitioner', practitioner?.displayName],
    ['booking.type', appointmentType?.name],
    ['visit.room', more?.room?.name],
    ['appointment.reason', reason],
    ['visit.arrived', visit.checkedInAt && at(visit.checkedInAt)],
    ['visit.begun', visit.startedAt && at(visit.startedAt)],
    [
      'visit.whyCancelled',
      visit.status === 'CANCELLED' &&
      more?.cancellationReason
        ? [t(`visit.by${more.cancellationReason}`), more.cancellationNote, more.isLateCancellation && t('visit.late')].filter(Boolean).join(' · ')
        : null,
    ],
    ['visit.cancelledWhen', visit.status === 'CANCELLED' && more?.cancelledAt ? [at(more.cancelledAt), more.cancelledBy?.displayName].filter(Boolean).join(', ') : null],
    ['visit.movedFrom', more?.rescheduledFrom && at(more.rescheduledFrom.startsAt)],
    ['visit.movedTo', more?.rescheduledTo && at(more.rescheduledTo.startsAt)],
    ['booking.why', more?.overrideReason],
    ['visit.bookedWhen', more && at(more.createdAt)],
  ];
  return (
    <div className="grid gap-4 px-6 py-4 max-s:px-4">
      <div className="grid gap-1">
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <b className="text-title font-semibold">
            <PersonName>{patient.displayName}</PersonName>
          </b>
          <VisitBadge visit={visit} />
        </p>
        <p className="text-body">
          {longDay(isoDayOf(startsAt))}, <span className="tabular">{time(startsAt)}–{time(endsAt)}</span>
        </p>
        <p className="flex flex-wrap gap-x-4 text-small text-ink-2">
          <span className="tabular">
            {t('patient.born')} {born(patient)} {patient.age !== null && `(${t('patient.years', { count: patient.age })})`}
          </span>
          <span>{t(`patient.${patient.sex}`)}</span>
          <span className="tabular">{patient.mrn}</span>
        </p>
      </div>
      {steps.length > 0 && (
        <div role="group" aria-label={t('visit.steps')} className="flex flex-wrap gap-2">
          {steps.map(({ key, label, run, isMain }, i) => (
            <Button key={label} kind={isMain ? 'main' : 'plain'} keyHint={key} onPress={run} autoFocus={i === 0}>
              {label}
            </Button>
          ))}
        </div>
      )}
      <dl className="grid grid-cols-[9rem_minmax(0,1fr)] gap-x-4 gap-y-1 max-s:grid-cols-1">
        {facts.map(([key, value]) =>
          value ? (
            <div key={key} className="contents">
              <dt className="text-ink-3">{t(key)}</dt>
              <dd className="max-s:mb-1">{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <div className="flex flex-wrap gap-2 border-t border-line pt-3">
        <Link href={`/patients/${patient.id}`} className={buttonClass('plain')} onClick={onClose}>
          {t('visit.toPatient')}
        </Link>
        <Button aria-expanded={hasHistory} onPress={() => setHasHistory(!hasHistory)}>
          {t('visit.history')}
        </Button>
      </div>
      {hasHistory && <VisitHistory appointmentId={visit.id} />}
    </div>
  );
}
