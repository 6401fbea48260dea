import { CopyPlus, Plus, X } from 'lucide-react';
import { IconButton } from '../../components/button';
import { cn } from '../../components/cn';
import type { Weekday, WorkingHoursKind } from '../../gql/practitioner';
import { localeOf, useI18n } from '../../lib/i18n';
import { readClock } from './clock';
import { ClockInput } from './clock-input';
import { DayBar } from './day-bar';
import { nextSpan, type Span, type Week, weekdays, workOf } from './week';

interface Props {
  week: Week;
  /** Absent for whoever may only look. */
  onChange?: ((week: Week) => void) | undefined;
  /** Days of which something is wrong. */
  wrong: ReadonlySet<Weekday>;
}

const kinds: readonly WorkingHoursKind[] = ['WORK', 'BREAK'];
const icon = { className: 'size-4', 'aria-hidden': true } as const;

/** The names of the days, Monday first. */
export function useWeekdayNames(): Record<Weekday, string> {
  const { t } = useI18n();
  const [sunday, ...others] = t('date.weekdays').split(' ');
  return Object.fromEntries([...others, sunday].map((name, i) => [weekdays[i], name])) as Record<Weekday, string>;
}

/** The hours and breaks of a week, a row a day. Each time is a field: Tab goes through them in order. */
export function WeekGrid({ week, onChange, wrong }: Props) {
  const { t, language } = useI18n();
  const names = useWeekdayNames();
  const hours = (minutes: number) => (minutes / 60).toLocaleString(localeOf[language], { maximumFractionDigits: 2 });
  return (
    <table aria-label={t('practitioner.hours')} className="w-full border-collapse max-s:block">
      <thead className="max-s:sr-only">
        <tr className="border-b border-line bg-sunken text-small text-ink-2">
          {[t('practitioner.day'), t('practitioner.work'), t('practitioner.breaks')].map((head) => (
            <th key={head} scope="col" className="px-3 py-1.5 text-start font-medium first:ps-4">
              {head}
            </th>
          ))}
          <th scope="col" className="px-3 py-1.5 pe-4 text-end font-medium">
            {t('practitioner.together')}
          </th>
        </tr>
      </thead>
      <tbody className="max-s:block">
        {weekdays.map((weekday) => (
          <tr
            key={weekday}
            className="border-b border-line last:border-b-0 max-s:grid max-s:grid-cols-[1fr_auto] max-s:gap-x-3 max-s:gap-y-2 max-s:px-4 max-s:py-3"
          >
            <th scope="row" className={cn('px-3 py-1.5 ps-4 text-start align-top font-semibold max-s:p-0', wrong.has(weekday) && 'text-danger-text')}>
              <span className="flex min-h-7 max-w-36 flex-wrap items-center justify-between gap-x-2">
                {names[weekday]}
                {onChange && weekdays.indexOf(weekday) < 5 && week[weekday].length > 0 && (
                  <IconButton
                    isSmall
                    label={t('practitioner.copy', { day: names[weekday] })}
                    icon={<CopyPlus {...icon} />}
                    onPress={() => onChange({ ...week, ...Object.fromEntries(weekdays.slice(0, 5).map((day) => [day, week[weekday]])) })}
                  />
                )}
              </span>
            </th>
            {kinds.map((kind) => (
              <td key={kind} className={cn('px-3 py-1.5 align-top max-s:col-span-2 max-s:p-0', kind === 'WORK' ? 'max-s:order-3' : 'max-s:order-4')}>
                <span className="flex items-start gap-x-3">
                  <span className="flex min-h-7 min-w-20 items-center text-small text-ink-3 pointer-coarse:min-h-control s:hidden" aria-hidden="true">
                    {t(kind === 'WORK' ? 'practitioner.work' : 'practitioner.breaks')}
                  </span>
                  <Spans {...{ week, weekday, kind, onChange, day: names[weekday] }} />
                </span>
              </td>
            ))}
            <td className="px-3 py-1.5 pe-4 text-end align-top max-s:order-2 max-s:p-0">
              <span className="flex min-h-7 items-center justify-end gap-3">
                <DayBar spans={week[weekday]} />
                <span className="min-w-14 tabular text-ink-2">{workOf(week[weekday]) > 0 && t('practitioner.perDay', { count: hours(workOf(week[weekday])) })}</span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface SpansProps {
  week: Week;
  weekday: Weekday;
  kind: WorkingHoursKind;
  day: string;
  onChange?: ((week: Week) => void) | undefined;
}

/** The spans of one kind on a day, and a button for another. */
function Spans({ week, weekday, kind, day, onChange }: SpansProps) {
  const { t } = useI18n();
  const all = week[weekday];
  const own = all.filter((span) => span.kind === kind);
  const word = t(`practitioner.${kind}`);
  if (!onChange) {
    if (own.length === 0) return <span className="flex min-h-7 items-center text-ink-3">{kind === 'WORK' ? t('practitioner.notWorking') : ''}</span>;
    return (
      <span className="flex min-h-7 flex-wrap items-center gap-x-3">
        {own.map(({ from, to }) => (
          <span key={from} className="tabular">
            {from}–{to}
          </span>
        ))}
      </span>
    );
  }
  const put = (next: readonly Span[]) => onChange({ ...week, [weekday]: next });
  const change = (old: Span, part: Partial<Span>) => put(all.map((span) => (span === old ? { ...span, ...part } : span)));
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {own.map((span, i) => (
        <span key={i} className="flex items-center gap-1">
          <ClockInput
            label={t('practitioner.from', { day, kind: word, count: i + 1 })}
            value={span.from}
            isWrong={!readClock(span.from)}
            onChange={(from) => change(span, { from })}
          />
          <span aria-hidden="true" className="text-ink-3">
            –
          </span>
          <ClockInput
            label={t('practitioner.to', { day, kind: word, count: i + 1 })}
            value={span.to}
            isWrong={!readClock(span.to)}
            onChange={(to) => change(span, { to })}
          />
          <IconButton
            isSmall
            label={t('practitioner.remove', { kind: word, count: i + 1, day })}
            icon={<X {...icon} />}
            onPress={() => put(all.filter((one) => one !== span))}
          />
        </span>
      ))}
      {(kind === 'WORK' || all.length > 0) && (
        <IconButton
          isSmall
          label={t('practitioner.addOn', { what: t(`practitioner.add${kind}`), day })}
          icon={<Plus {...icon} />}
          onPress={() => put([...all, nextSpan(all, kind)])}
        />
      )}
    </span>
  );
}
