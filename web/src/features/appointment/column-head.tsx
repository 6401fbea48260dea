import { CalendarX2 } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { PersonName } from '../../components/person-name';
import { useMinute } from '../../lib/clock';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import type { CalendarColumn } from './columns';

/** How much is free, or why nothing is; and from when until when there is work. */
function useFacts({ day, work, away, slots }: CalendarColumn) {
  const { t } = useI18n();
  const { time } = useFormats();
  const minute = useMinute();
  const clock = (at: number) => time(new Date(day.origin + at * 60_000).toISOString());
  const [first] = work;
  const last = work.at(-1);
  const isAway = first && last && away.some(({ from, to }) => from <= first.from && to >= last.to);
  const count = slots.filter(({ thing }) => Date.parse(thing.startsAt) >= minute).length;
  return {
    isAway,
    load: isAway ? t('calendar.away') : first && minute < day.endsAt ? t('calendar.free', { count }) : '',
    hours: first && last ? `${clock(first.from)}–${clock(last.to)}` : '',
  };
}

/** Whose column it is. */
export function ColumnHead({ column }: { column: CalendarColumn }) {
  const { displayName, specialty } = column.practitioner;
  const { isAway, load, hours } = useFacts(column);
  return <Head title={<PersonName>{displayName}</PersonName>} more={[specialty, hours]} load={load} isAway={Boolean(isAway)} />;
}

/** Which day of the week it is. */
export function WeekdayHead({ column, isToday }: { column: CalendarColumn; isToday: boolean }) {
  const { shortDay } = useFormats();
  const { isAway, load, hours } = useFacts(column);
  const title = isToday ? (
    <span aria-current="date" className="text-accent-text">
      {shortDay(column.date)}
    </span>
  ) : (
    shortDay(column.date)
  );
  return <Head title={title} more={[hours]} load={load} isAway={Boolean(isAway)} />;
}

interface HeadProps {
  title: ReactNode;
  more: (string | null)[];
  load: string;
  isAway: boolean;
}

function Head({ title, more, load, isAway }: HeadProps) {
  return (
    <>
      <h2 className="font-semibold break-words">{title}</h2>
      <p className="flex gap-2 text-small text-ink-3">
        <span className="min-w-0 flex-1 break-words">
          {more.filter(Boolean).map((one, i) => (
            <Fragment key={one}>
              {i > 0 && ' · '}
              <span className="inline-block">{one}</span>
            </Fragment>
          ))}
        </span>
        <span className="flex shrink-0 items-center self-start gap-1 text-ink-2 tabular">
          {isAway && <CalendarX2 className="size-3.5" aria-hidden="true" />}
          {load}
        </span>
      </p>
    </>
  );
}
