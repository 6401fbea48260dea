import { cn } from './cn';
import { PersonName } from './person-name';
import { useFormats } from '../lib/format';
import { useI18n } from '../lib/i18n';
import { phoneEnd } from '../lib/phone-end';
import type { FoundPatientNode } from './use-patient-search';

interface Props {
  id: string;
  patient: FoundPatientNode;
  isSelected: boolean;
  /** Somebody else has the same name: what tells them apart is bold. */
  hasNamesake: boolean;
  onChoose: () => void;
  /** There is not room for all in a row. */
  isNarrow?: boolean;
}

/** One line of the search: who, and what tells them apart from others of the name. */
export function FoundPatient({ id, patient, isSelected, hasNamesake, onChoose, isNarrow = false }: Props) {
  const { t } = useI18n();
  const { born, dayOf, time } = useFormats();
  const { nextAppointment: next, lastVisit: last } = patient;
  const telling = cn('tabular', hasNamesake && 'font-semibold');
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      onClick={onChoose}
      ref={(line) => {
        if (isSelected) line?.scrollIntoView?.({ block: 'nearest' });
      }}
      className={cn(
        'cursor-pointer items-center gap-x-3 rounded-2 px-2 py-1.5',
        isNarrow ? 'flex flex-wrap' : 'grid grid-cols-[minmax(0,1fr)_9.5rem_4.5rem_4.5rem_6rem] max-s:flex max-s:flex-wrap',
        isSelected ? 'bg-accent-soft shadow-[inset_3px_0_var(--accent)]' : 'hover:bg-hover',
      )}
    >
      <span className={cn('min-w-0', isNarrow ? 'basis-full' : 'max-s:basis-full')}>
        <span className="text-body font-semibold">
          <PersonName>{patient.displayName}</PersonName>
        </span>
        <span className="block text-small text-ink-2">
          {next
            ? t('patient.comes', { when: `${dayOf(next.startsAt)}, ${time(next.startsAt)}`, who: next.practitioner?.displayName ?? '' })
            : last
              ? t('patient.wasHere', { when: dayOf(last.startsAt) })
              : t('patient.neverHere')}
        </span>
      </span>
      <span className={telling}>
        {born(patient)} {patient.age !== null && <span className="font-normal text-ink-2">{t('patient.years', { count: patient.age })}</span>}
      </span>
      <span>{t(`patient.${patient.sex}`)}</span>
      <span className={telling}>{phoneEnd(patient.phone)}</span>
      <span className={telling}>{patient.mrn}</span>
    </div>
  );
}
