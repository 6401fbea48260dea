import { Search, UserPlus, Users, X } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useLocation } from 'wouter';
import { useWindows } from '../../lib/windows';
import { cn } from '../../components/cn';
import { KeyCap } from '../../components/key-cap';
import { Failed } from '../../components/states';
import { usePatientSearch } from '../../components/use-patient-search';
import { useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { FoundPatient } from '../../components/found-patient';

interface Props {
  onClose: () => void;
  typed: string;
  onChoose?: (patientId: string) => void;
}

/** The search that opens from everywhere by Ctrl+K, and is used by keys alone. */
export default function FindPatient({ onClose, typed: before, onChoose }: Props) {
  const { t } = useI18n();
  const { may } = useSession();
  const [, navigate] = useLocation();
  const open = useWindows();
  const id = useId();
  const [typed, setTyped] = useState(before);
  // By id, or `new`: what comes in while one chooses must not move the choice to somebody else.
  const [chosen, setChosen] = useState('');
  const [isEntered, setIsEntered] = useState(false);
  const { found, namesakes, totalCount, error, retry, isLong, isCurrent } = usePatientSearch(typed);
  const mayAdd = may('createPatient') && typed.trim().length > 0;
  const ids = [...found.map((patient) => patient.id), ...(mayAdd ? ['new'] : [])];
  const lines = ids.length;
  const current = Math.max(ids.indexOf(chosen), 0);

  const choose = (index: number) => {
    const patient = found[index];
    if (patient) {
      onClose();
      if (onChoose) onChoose(patient.id);
      else navigate(`/patients/${patient.id}`);
    } else if (mayAdd && index === found.length) open({ name: 'newPatient', typed: typed.trim(), ...(onChoose && { onChoose }) });
  };
  // What Enter opens has to be what the words on the screen found: it waits for them.
  useEffect(() => {
    if (!isEntered || (typed.trim().length >= 2 && !isCurrent && !error)) return;
    setIsEntered(false);
    choose(current);
  });
  const press = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setIsEntered(false);
      setChosen(ids[(current + (event.key === 'ArrowDown' ? 1 : lines - 1)) % lines] ?? '');
    } else if (event.key === 'Enter') {
      setIsEntered(true);
    } else return;
    event.preventDefault();
  };
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(isOpen) => !isOpen && onClose()}
      className="at-once fixed inset-0 z-40 grid grid-cols-[minmax(0,1fr)] items-start justify-items-center overflow-auto bg-scrim px-4 pt-[9vh] pb-4 max-s:p-0"
    >
      <Modal className="at-once w-full max-w-[47rem] rounded-3 bg-raised shadow-3 max-s:min-h-full max-s:rounded-none">
        <Dialog aria-label={t('patient.find')} className="outline-none">
          <div className="flex items-center gap-3 border-b border-line px-4">
            <Search className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
            <input
              role="combobox"
              aria-label={t('patient.find')}
              aria-expanded={lines > 0}
              aria-controls={`${id}-list`}
              aria-activedescendant={lines > 0 ? `${id}-${current}` : undefined}
              aria-autocomplete="list"
              autoComplete="off"
              spellCheck={false}
              autoFocus
              maxLength={100}
              value={typed}
              placeholder={t('patient.findBy')}
              onChange={(event) => {
                setTyped(event.target.value);
                setChosen('');
                setIsEntered(false);
              }}
              onKeyDown={press}
              className="h-13 min-w-0 flex-1 bg-transparent text-title outline-none"
            />
            <span role="status" className="text-small whitespace-nowrap text-ink-3">
              {isLong && totalCount !== undefined && isCurrent && !error && t('patient.count', { count: totalCount })}
            </span>
            <button type="button" onClick={onClose} className="grid min-h-6 min-w-6 shrink-0 place-items-center rounded-1">
              <KeyCap of="Escape" />
              <X className="size-5 text-ink-2 s:hidden" aria-hidden="true" />
              <span className="sr-only">{t('common.close')}</span>
            </button>
          </div>
          {error && <Failed error={error} onRetry={retry} />}
          <div id={`${id}-list`} role="listbox" aria-label={t('shell.patients')} className={cn('p-2', lines === 0 && 'hidden')}>
            {found.map((patient, i) => {
              const count = namesakes(patient.displayName);
              return (
                <div key={patient.id} role="presentation">
                  {count > 1 && found.findIndex(({ displayName }) => displayName === patient.displayName) === i && (
                    <p role="presentation" className="flex items-center gap-1.5 px-2 pt-2 pb-0.5 text-small text-ink-2">
                      <Users className="size-3.5" aria-hidden="true" />
                      {t('patient.sameName', { count })}
                    </p>
                  )}
                  <FoundPatient
                    id={`${id}-${i}`}
                    patient={patient}
                    isSelected={i === current}
                    hasNamesake={count > 1}
                    onChoose={() => choose(i)}
                  />
                </div>
              );
            })}
            {mayAdd && (
              <div
                id={`${id}-${found.length}`}
                role="option"
                tabIndex={-1}
                aria-selected={current === found.length}
                onClick={() => choose(found.length)}
                className={cn(
                  'flex min-h-9 cursor-pointer items-center gap-2 rounded-2 px-2 pointer-coarse:min-h-control',
                  current === found.length ? 'bg-accent-soft shadow-[inset_3px_0_var(--accent)]' : 'hover:bg-hover',
                )}
              >
                <UserPlus className="size-4 text-ink-2" aria-hidden="true" />
                <span>
                  {t('patient.new')} <b className="font-semibold">“{typed.trim()}”</b>
                </span>
              </div>
            )}
          </div>
          {isLong && isCurrent && !error && totalCount === 0 && <p className="px-4 pb-3 text-ink-2">{t('patient.notFound')}</p>}
          <footer className="flex flex-wrap items-center gap-x-5 gap-y-1 border-t border-line px-4 py-2 text-small text-ink-2">
            <span className="inline-flex items-center gap-1.5 max-s:hidden">
              <KeyCap of="ArrowUp" />
              <KeyCap of="ArrowDown" /> {t('keys.choose')}
            </span>
            <span className="inline-flex items-center gap-1.5 max-s:hidden">
              <KeyCap of="Enter" /> {t('keys.open')}
            </span>
            <span className="ms-auto">{t('patient.findHint')}</span>
          </footer>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
