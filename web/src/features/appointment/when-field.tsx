import { CalendarDays, TriangleAlert } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { cn } from '../../components/cn';
import { Failed } from '../../components/states';
import type { SlotLength } from '../../gql/appointment';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { readTypedDay, readTypedTime } from '../../lib/typed-day';
import { useToday } from '../../lib/use-today';
import { SlotButtons } from './slot-buttons';
import { useDayWords } from './use-day-words';
import { type FreeSlot, useFreeSlots } from './use-free-slots';

/** When a visit is to begin: as typed, and of a free time that was picked the instant too. */
export interface When {
  date: string;
  time: string;
  startsAt: string | null;
}

export const noTime: When = { date: '', time: '', startsAt: null };

/** A day or a time as it is typed, of one of the clinic's wall clock: "2026-03-02T09:30". */
export function typedWhen(localStart: string, startsAt: string): When {
  const [year, month, day] = localStart.slice(0, 10).split('-');
  return { date: `${day}-${month}-${year}`, time: localStart.slice(11, 16), startsAt };
}

interface Props {
  label: string;
  mistake?: string | undefined;
  when: When;
  onChange: (when: When) => void;
  onPick: (slot: FreeSlot) => void;
  practitionerId: string | null;
  patientId: string | null;
  length: SlotLength | null;
  /** That the time is kept for a while. */
  kept?: string | null;
  /** The free times are to have the focus as soon as they are there, unless whoever was in this field has gone on to another. */
  wantsFocus?: 'patient' | 'practitioner' | null;
  onFocused?: (() => void) | undefined;
}

const mostOfDay = 100;
const mostNext = 6;
const ahead = 90;

/** A typed day and time of the clinic, and what is free: that day, else next. */
export function WhenField({ label, mistake, when, onChange, onPick, practitionerId, patientId, length, kept, wantsFocus = null, onFocused }: Props) {
  const { t } = useI18n();
  const today = useToday();
  const { day: dayInWords, weekdayOf } = useFormats();
  const id = useId();
  const day = readTypedDay(when.date, today);
  const time = readTypedTime(when.time);
  const understood = day ? `${weekdayOf(day)}, ${dayInWords(day)}` : '';
  const type = (change: Partial<When>) => onChange({ ...when, ...change, startsAt: null });
  const input = 'min-w-0 bg-transparent py-1 outline-none';
  return (
    <div role="group" aria-labelledby={`${id}-label`} data-field="when" data-invalid={mistake ? true : undefined} className="grid min-w-0 gap-1">
      <span id={`${id}-label`} className="text-small font-medium text-ink-2">
        {label}
        <span className="text-danger-text" aria-hidden="true">
          {' *'}
        </span>
      </span>
      <div
        className={cn(
          'flex min-h-control items-center gap-2 rounded-2 border bg-surface px-2 text-body focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent',
          mistake ? 'border-danger shadow-[inset_3px_0_var(--danger)]' : 'border-edge',
        )}
      >
        <CalendarDays className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
        <input
          aria-label={t('booking.date')}
          aria-required
          aria-invalid={mistake ? true : undefined}
          aria-describedby={cn(mistake && `${id}-mistake`, `${id}-hint`)}
          className={`${input} w-24 flex-1`}
          autoComplete="off"
          value={when.date}
          placeholder={t('booking.dateExample')}
          onChange={(event) => type({ date: event.target.value })}
        />
        <output className="truncate text-small text-ink-2 max-s:hidden">{understood}</output>
        <span className="text-small text-ink-3" aria-hidden="true">
          {t('booking.at')}
        </span>
        <input
          aria-label={t('booking.time')}
          aria-required
          aria-invalid={mistake ? true : undefined}
          aria-describedby={cn(mistake && `${id}-mistake`, `${id}-hint`)}
          className={`${input} tabular w-14`}
          autoComplete="off"
          value={when.time}
          placeholder="09:30"
          onChange={(event) => type({ time: event.target.value })}
        />
        <span id={`${id}-hint`} className="text-small whitespace-nowrap text-ink-3 max-s:sr-only">
          {t('booking.clinicTime')}
        </span>
      </div>
      {mistake && (
        <p id={`${id}-mistake`} className="flex items-start gap-1.5 text-small font-medium text-danger-text">
          <TriangleAlert className="mt-px size-3.5 shrink-0" aria-hidden="true" />
          {mistake}
        </p>
      )}
      {kept && <p className="text-small text-ink-2">{kept}</p>}
      <FreeTimes {...{ day, time, practitionerId, patientId, length, onPick, wantsFocus, onFocused }} keptStart={kept ? when.startsAt : null} />
    </div>
  );
}

type FreeProps = Pick<Props, 'practitionerId' | 'patientId' | 'length' | 'onPick' | 'wantsFocus' | 'onFocused'> & {
  day: string | null;
  time: string | null;
  /** The time that is kept for this form, and so is not free for others. */
  keptStart: string | null;
};

/** What is free on the day; without a day, or when nothing is, what is free next. */
function FreeTimes({ day, time, practitionerId, patientId, length, onPick, wantsFocus, onFocused, keptStart }: FreeProps) {
  const box = useRef<HTMLDivElement>(null);
  const { t } = useI18n();
  const today = useToday();
  const { time: timeOf } = useFormats();
  const dayWords = useDayWords();
  const asked = { practitionerId, patientId, length };
  // With anyone at all a day is too much to choose from.
  const ofDay = useFreeSlots({ ...asked, from: day ?? today, days: 1, first: mostOfDay, isPaused: !day || !practitionerId });
  const isFull = !day || !practitionerId || (!ofDay.isOld && ofDay.slots.length === 0);
  const next = useFreeSlots({ ...asked, from: day && day > today ? day : today, days: ahead, first: mostNext, isPaused: !isFull });
  const { slots, error, isLoading, isOld, retry } = isFull ? next : ofDay;
  useEffect(() => {
    const first = !isOld && wantsFocus && box.current?.querySelector('button');
    if (!first) return;
    const at = document.activeElement;
    if (!at?.matches('input, textarea') || at.closest(`[data-field=${wantsFocus}]`)) first.focus();
    onFocused?.();
  });
  if (error) return <Failed error={error} onRetry={retry} />;
  if (isLoading || !length) return <div role="status" aria-label={t('common.loading')} className="skeleton mt-1 h-7 w-3/5" />;
  const isDayFull = isFull && day !== null && practitionerId !== null;
  const label = isFull ? t('booking.nextFree') : t('booking.freeOn', { day: dayWords.ofDay(day) });
  const choices = slots.map(({ startsAt, practitioner }) => ({
    id: `${startsAt} ${practitioner.id}`,
    startsAt,
    time: timeOf(startsAt),
    ...(isFull && { more: `${dayWords.of(startsAt)}${practitionerId ? '' : `, ${practitioner.displayName}`}` }),
  }));
  if (keptStart && !isFull && !slots.some(({ startsAt }) => startsAt === keptStart)) {
    choices.push({ id: 'kept', startsAt: keptStart, time: timeOf(keptStart) });
    choices.sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  }
  const chosen = keptStart ?? slots.find(({ localStart }) => localStart === `${day}T${time}`)?.startsAt ?? null;
  return (
    <div ref={box} className="mt-1 grid gap-1.5">
      <p className="text-small text-ink-2" role="status">
        {isDayFull && `${t('booking.fullOn', { day: dayWords.ofDay(day) })} `}
        {slots.length > 0 ? label : t('booking.noneFree')}
      </p>
      {slots.length > 0 && (
        <SlotButtons
          label={label}
          slots={choices}
          chosen={chosen}
          onChoose={(id) => {
            const slot = slots.find(({ startsAt, practitioner }) => `${startsAt} ${practitioner.id}` === id);
            if (slot) onPick(slot);
          }}
        />
      )}
    </div>
  );
}
