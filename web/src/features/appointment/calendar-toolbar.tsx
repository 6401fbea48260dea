import { ChevronLeft, ChevronRight, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, IconButton } from '../../components/button';
import { cn } from '../../components/cn';
import { KeyCap } from '../../components/key-cap';
import { addDays } from '../../lib/clinic-day';
import { useFormats } from '../../lib/format';
import { type Key, useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';
import { type CalendarAddress, type View, weekDays } from './calendar-address';

interface Props {
  address: CalendarAddress;
  today: string;
  onGo: (change: Partial<CalendarAddress>) => void;
  /** Absent when the role books nothing. */
  onBook: (() => void) | undefined;
  /** What else can be chosen. */
  children: ReactNode;
}

const viewKeys: readonly { view: View; label: Key; key?: string }[] = [
  { view: 'day', label: 'calendar.day', key: 'd' },
  { view: 'week', label: 'calendar.week', key: 'w' },
  { view: 'list', label: 'calendar.list' },
];

/** Which days are shown and how, with the keys for it. */
export function CalendarToolbar({ address: { date, view }, today, onGo, onBook, children }: Props) {
  const { t } = useI18n();
  const { longDay, shortDay, day } = useFormats();
  const isWeek = view === 'week';
  const before = { label: t(isWeek ? 'calendar.weekBefore' : 'appointment.dayBefore'), run: () => onGo({ date: addDays(date, isWeek ? -7 : -1) }) };
  const after = { label: t(isWeek ? 'calendar.weekAfter' : 'appointment.dayAfter'), run: () => onGo({ date: addDays(date, isWeek ? 7 : 1) }) };
  const toToday = { label: t('shell.today'), run: () => onGo({ date: today }) };
  useKeys([
    { key: 'ArrowLeft', ...before },
    { key: 'ArrowRight', ...after },
    { key: 't', ...toToday },
    { key: 'd', label: t('calendar.day'), run: () => onGo({ view: 'day' }) },
    { key: 'w', label: t('calendar.week'), run: () => onGo({ view: 'week' }) },
    ...(onBook ? [{ key: 'b', label: t('appointment.book'), run: onBook }] : []),
  ]);
  const days = weekDays(date);
  const title = isWeek ? `${shortDay(days[0] ?? date)} – ${day(days[6] ?? date)}` : longDay(date);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line-2 bg-surface px-4 py-2 max-s:px-3">
      <div role="group" aria-label={t(isWeek ? 'calendar.week' : 'calendar.day')} className="flex items-center gap-1">
        <IconButton label={before.label} icon={<ChevronLeft className="size-4" aria-hidden="true" />} onPress={before.run} />
        <Button keyHint="t" onPress={toToday.run}>
          {toToday.label}
        </Button>
        <IconButton label={after.label} icon={<ChevronRight className="size-4" aria-hidden="true" />} onPress={after.run} />
      </div>
      <h1 className="text-page font-semibold tracking-tight max-m:text-title max-s:order-1 max-s:w-full" aria-live="polite">
        {title}
      </h1>
      <div className="ms-auto flex flex-wrap items-center gap-2 max-m:order-2 max-m:w-full">
        {children}
        <div role="group" aria-label={t('calendar.view')} className="flex rounded-2 border border-line-2 max-s:hidden">
          {viewKeys.map(({ view: one, label, key }) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === view}
              onClick={() => onGo({ view: one })}
              className={cn(
                'inline-flex min-h-7.5 items-center gap-2 border-s border-line-2 px-2.5 font-medium first:rounded-s-2 first:border-s-0 last:rounded-e-2 pointer-coarse:min-h-control',
                one === view ? 'bg-hover text-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
              )}
            >
              {t(label)}
              {key && (
                <span className="max-l:hidden">
                  <KeyCap of={key} />
                </span>
              )}
            </button>
          ))}
        </div>
      </div>
      {onBook && (
        <div className="max-m:ms-auto">
          <Button kind="main" icon={<Plus className="size-4" aria-hidden="true" />} keyHint="b" onPress={onBook}>
            {t('calendar.book')}
          </Button>
        </div>
      )}
    </div>
  );
}
