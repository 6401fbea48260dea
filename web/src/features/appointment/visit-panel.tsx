import { ExternalLink, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { Button, buttonClass, IconButton } from '../../components/button';
import { PersonName } from '../../components/person-name';
import type { AppointmentRowFragment } from '../../gql/appointment';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import type { Step } from './use-steps';
import { VisitStatus } from './visit-status';

interface Props {
  visit: AppointmentRowFragment;
  steps: readonly Step[];
  /** It was opened by a key: the focus comes along. */
  takesFocus: boolean;
  onClose: () => void;
}

/** A visit that was opened, and what can be done with it: beside the calendar, or over its foot where there is little room. */
export default function VisitPanel({ visit, steps, takesFocus, onClose }: Props) {
  const { t } = useI18n();
  const { time, dayOf, born } = useFormats();
  const box = useRef<HTMLElement>(null);
  const { patient, practitioner, startsAt, endsAt, appointmentType, reason } = visit;
  useEffect(() => {
    if (takesFocus) box.current?.querySelector<HTMLElement>('[data-actions] :is(button, a)')?.focus();
  }, [takesFocus, visit.id]);
  const facts = [
    [t('patient.born'), [born(patient), patient.age !== null && t('patient.years', { count: patient.age }), t(`patient.${patient.sex}`)].filter(Boolean).join(' · ')],
    [t('patient.mrn'), patient.mrn],
    [t('appointment.practitioner'), practitioner?.displayName],
    [t('appointment.reason'), [appointmentType?.name, reason].filter(Boolean).join(', ')],
  ] as const;
  return (
    <section
      ref={box}
      aria-label={t('calendar.visit')}
      className="grid content-start gap-3 bg-surface p-4 max-m:fixed max-m:inset-x-0 max-m:bottom-0 max-m:z-25 max-m:max-h-[70dvh] max-m:overflow-auto max-m:rounded-t-3 max-m:bg-raised max-m:shadow-3"
    >
      <header className="flex items-start gap-2">
        <div className="grid min-w-0 flex-1 gap-0.5">
          <h2 className="text-title font-semibold">
            <PersonName>{patient.displayName}</PersonName>
          </h2>
          <p className="text-ink-2">
            {dayOf(startsAt)}, <span className="tabular">{time(startsAt)}–{time(endsAt)}</span>
          </p>
        </div>
        <IconButton label={t('common.close')} icon={<X className="size-4" aria-hidden="true" />} onPress={onClose} />
      </header>
      <p className="flex">
        <VisitStatus visit={visit} />
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
        {facts.map(
          ([term, fact]) =>
            fact && (
              <div key={term} className="contents">
                <dt className="text-ink-3">{term}</dt>
                <dd className="min-w-0">{fact}</dd>
              </div>
            ),
        )}
      </dl>
      <div data-actions className="flex flex-wrap gap-2">
        {steps.map(({ key, label, run, isMain }) => (
          <Button key={key} kind={isMain ? 'main' : 'plain'} keyHint={key} onPress={run}>
            {label}
          </Button>
        ))}
        <Link href={`/patients/${patient.id}`} className={buttonClass('quiet')}>
          <ExternalLink className="size-4" aria-hidden="true" />
          {t('calendar.chart')}
        </Link>
      </div>
    </section>
  );
}
