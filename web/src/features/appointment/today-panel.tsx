import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { cn } from '../../components/cn';
import { PersonName } from '../../components/person-name';
import type { AppointmentRowFragment } from '../../gql/appointment';
import { useMinute } from '../../lib/clock';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import type { CalendarColumn } from './columns';
import { longWait, minutesSince } from './visit-status';

export interface TodayProps {
  columns: readonly CalendarColumn[];
  /** Own records that wait for a signature; null for who signs none. */
  unsigned: number | null;
  onOpen: (visit: AppointmentRowFragment) => void;
  onBook: ((practitionerId: string, startsAt: string) => void) | undefined;
}

/** All visits of the day, once each, by start. */
export function visitsOf(columns: readonly CalendarColumn[]): AppointmentRowFragment[] {
  const visits = new Map(columns.flatMap((column) => column.visits.map(({ thing }) => [thing.id, thing] as const)));
  return [...visits.values()].sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
}

const few = 5;
const soonest = 3;

/** Today at a glance: who waits and for how long, who comes next, and the next free times. */
export function TodayPanel({ columns, unsigned, onOpen, onBook }: TodayProps) {
  const { t } = useI18n();
  const { time } = useFormats();
  const now = useMinute();
  const visits = visitsOf(columns);
  const waiting = visits
    .filter(({ status }) => status === 'CHECKED_IN')
    .sort((a, b) => Date.parse(a.checkedInAt ?? a.startsAt) - Date.parse(b.checkedInAt ?? b.startsAt));
  const toCome = visits.filter(({ status }) => status === 'BOOKED');
  const free = columns
    .map(({ practitioner, slots }) => ({ practitioner, slots: slots.filter(({ thing }) => Date.parse(thing.startsAt) >= now).slice(0, soonest) }))
    .filter(({ slots }) => slots.length > 0)
    .sort((a, b) => Date.parse(a.slots[0]?.thing.startsAt ?? '') - Date.parse(b.slots[0]?.thing.startsAt ?? ''))
    .slice(0, few);
  return (
    <section aria-label={t('calendar.showToday')} className="grid content-start gap-5 bg-surface p-4">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-1">
        <Count label={t('calendar.waiting')} count={waiting.length} />
        <Count label={t('calendar.inRoom')} count={visits.filter(({ status }) => status === 'IN_PROGRESS').length} />
        <Count label={t('calendar.toCome')} count={toCome.length} />
        {unsigned !== null && (
          <Count
            label={
              <Link href="/records" className="inline-flex min-h-6 items-center text-accent-text underline underline-offset-2">
                {t('calendar.unsigned')}
              </Link>
            }
            count={unsigned}
          />
        )}
      </dl>
      <Part title={t('calendar.waitingNow')} none={t('calendar.nobodyWaits')}>
        {waiting.map((visit) => {
          const count = minutesSince(visit.checkedInAt, now);
          const isLong = count > longWait;
          return (
            <Row key={visit.id} visit={visit} onOpen={onOpen}>
              <span className={cn('grid justify-items-end text-small leading-3.5', isLong ? 'font-semibold text-warn-text' : 'text-ink-2')}>
                <span className="tabular">{t('calendar.minutes', { count })}</span>
                {isLong && (
                  <>
                    <TriangleAlert className="size-3.5" aria-hidden="true" />
                    <span className="sr-only">{t('calendar.longWait')}</span>
                  </>
                )}
              </span>
            </Row>
          );
        })}
      </Part>
      <Part title={t('calendar.expected')} none={t('calendar.nobodyComes')}>
        {toCome.slice(0, few).map((visit) => (
          <Row key={visit.id} visit={visit} onOpen={onOpen}>
            <span className="font-semibold tabular">{time(visit.startsAt)}</span>
          </Row>
        ))}
      </Part>
      {onBook && (
        <Part title={t('calendar.nextFree')} none={t('calendar.noneFree')}>
          {free.map(({ practitioner, slots }) => (
            <li key={practitioner.id} className="grid gap-1 py-1.5">
              <span className="text-small text-ink-2">
                <PersonName>{practitioner.displayName}</PersonName>
              </span>
              <span className="flex flex-wrap gap-1.5">
                {slots.map(({ thing }) => (
                  <button
                    key={thing.startsAt}
                    type="button"
                    aria-label={`${time(thing.startsAt)} ${t('calendar.book')}, ${practitioner.displayName}`}
                    onClick={() => onBook(practitioner.id, thing.startsAt)}
                    className="min-h-6 rounded-2 border border-line-2 px-2 text-small font-medium tabular hover:bg-hover pointer-coarse:min-h-control"
                  >
                    {time(thing.startsAt)}
                  </button>
                ))}
              </span>
            </li>
          ))}
        </Part>
      )}
    </section>
  );
}

function Count({ label, count }: { label: ReactNode; count: number }) {
  return (
    <div className="flex flex-row-reverse items-baseline justify-end gap-2">
      <dt className="text-small text-ink-2">{label}</dt>
      <dd className="min-w-5 text-end text-title font-semibold tabular">{count}</dd>
    </div>
  );
}

function Part({ title, none, children }: { title: string; none: string; children: ReactNode[] }) {
  return (
    <div className="grid gap-1">
      <h2 className="font-semibold">{title}</h2>
      {children.length > 0 ? <ul className="divide-y divide-line">{children}</ul> : <p className="text-ink-3">{none}</p>}
    </div>
  );
}

function Row({ visit, onOpen, children }: { visit: AppointmentRowFragment; onOpen: TodayProps['onOpen']; children: ReactNode }) {
  return (
    <li>
      <button
        type="button"
        onClick={() => onOpen(visit)}
        className="grid w-full grid-cols-[3.25rem_minmax(0,1fr)] items-start gap-2 py-1.5 text-start -outline-offset-2! hover:bg-hover"
      >
        {children}
        <span className="grid">
          <span className="truncate font-semibold">
            <PersonName>{visit.patient.displayName}</PersonName>
          </span>
          <span className="truncate text-small text-ink-2">{visit.practitioner && <PersonName>{visit.practitioner.displayName}</PersonName>}</span>
        </span>
      </button>
    </li>
  );
}
