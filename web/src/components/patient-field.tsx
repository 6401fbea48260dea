import { UserPlus, UserRound } from 'lucide-react';
import { useState } from 'react';
import type { PatientRowFragment } from '../gql/patient';
import { useFormats } from '../lib/format';
import { useI18n } from '../lib/i18n';
import { phoneEnd } from '../lib/phone-end';
import { useSession } from '../lib/session';
import { useWindows } from '../lib/windows';
import { cn } from './cn';
import { ComboField, type ComboItem } from './combo-field';
import type { FieldProps } from './field';
import { FoundPatient } from './found-patient';
import { Failed } from './states';
import { usePatientSearch } from './use-patient-search';

type Chosen = Pick<PatientRowFragment, 'id' | 'displayName' | 'birthDate' | 'birthDatePrecision' | 'age' | 'sex' | 'phone' | 'mrn'>;

interface Props extends FieldProps {
  /** Who was chosen. */
  patient: Chosen | null;
  onChoose: (patient: Chosen | null) => void;
  /** Somebody who was registered from here. */
  onRegister: (patientId: string) => void;
  autoFocus?: boolean;
}

/** Finds a patient as the search of Ctrl+K does, and registers who is not there yet, with the name that was typed. */
export function PatientField({ patient, onChoose, onRegister, ...field }: Props) {
  const { t } = useI18n();
  const { may } = useSession();
  const { born } = useFormats();
  const open = useWindows();
  const [typed, setTyped] = useState('');
  const shown = patient?.displayName ?? typed;
  const { found, namesakes, totalCount, error, retry, isLong, isCurrent } = usePatientSearch(typed, patient !== null);
  const words = typed.trim();
  const items: ComboItem[] = found.map((one) => ({
    id: one.id,
    line: (lineId, isSelected, choose) => (
      <FoundPatient
        key={one.id}
        id={lineId}
        patient={one}
        isSelected={isSelected}
        hasNamesake={namesakes(one.displayName) > 1}
        onChoose={choose}
        isNarrow
      />
    ),
  }));
  if (may('createPatient') && words && !patient) {
    items.push({
      id: 'new',
      line: (lineId, isSelected, choose) => (
        <div
          key="new"
          id={lineId}
          role="option"
          tabIndex={-1}
          aria-selected={isSelected}
          onClick={choose}
          className={cn(
            'flex min-h-9 cursor-pointer items-center gap-2 rounded-2 px-2 pointer-coarse:min-h-control',
            isSelected ? 'bg-accent-soft shadow-[inset_3px_0_var(--accent)]' : 'hover:bg-hover',
          )}
        >
          <UserPlus className="size-4 shrink-0 text-ink-2" aria-hidden="true" />
          <span>
            {t('patient.new')} <b className="font-semibold">“{words}”</b>
          </span>
        </div>
      ),
    });
  }
  return (
    <ComboField
      {...field}
      icon={<UserRound className="size-4 shrink-0 text-ink-3" aria-hidden="true" />}
      placeholder={t('patient.findBy')}
      typed={shown}
      onType={(next) => {
        setTyped(next);
        if (patient) onChoose(null);
      }}
      items={items}
      isCurrent={patient !== null || !isLong || isCurrent || error !== null}
      onChoose={(id) => {
        if (id === 'new') open({ name: 'newPatient', typed: words, onChoose: onRegister, isOver: true });
        else onChoose(found.find((one) => one.id === id) ?? null);
      }}
      note={
        error ? (
          <Failed error={error} onRetry={retry} />
        ) : (
          isLong && isCurrent && totalCount === 0 && <p className="px-2 py-1.5 text-ink-2">{t('patient.notFound')}</p>
        )
      }
    >
      {patient && (
        <p className="flex flex-wrap gap-x-4 text-small text-ink-2">
          <span className="tabular">
            {t('patient.born')} {born(patient)} {patient.age !== null && `(${t('patient.years', { count: patient.age })})`}
          </span>
          <span>{t(`patient.${patient.sex}`)}</span>
          {patient.phone && <span className="tabular">{phoneEnd(patient.phone)}</span>}
          <span className="tabular">{patient.mrn}</span>
        </p>
      )}
    </ComboField>
  );
}
