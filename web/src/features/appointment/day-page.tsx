import { Clock } from 'lucide-react';
import { Suspense, useCallback, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { Button } from '../../components/button';
import { Empty, Failed, Loading } from '../../components/states';
import { type AppointmentRowFragment, CalendarPractitionersDocument } from '../../gql/appointment';
import { useI18n } from '../../lib/i18n';
import { lazyPart } from '../../lib/lazy-part';
import { medium, narrow, useMedia } from '../../lib/media';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { useToday } from '../../lib/use-today';
import { useWindows } from '../../lib/windows';
import { type CalendarAddress, readAddress, writeAddress } from './calendar-address';
import { CalendarGrid } from './calendar-grid';
import { CalendarToolbar } from './calendar-toolbar';
import { ColumnHead, WeekdayHead } from './column-head';
import { TodayPanel, visitsOf } from './today-panel';
import { useUnsignedRecords } from './use-unsigned-records';
import { useDay, useWeek } from './use-schedule';
import { useSteps } from './use-steps';

const Agenda = lazyPart(() => import('./agenda'));
const DayList = lazyPart(() => import('./day-list'));
const PractitionerChoice = lazyPart(() => import('./practitioner-choice'));
const PractitionerSelect = lazyPart(() => import('./practitioner-select'));
const TodayWindow = lazyPart(() => import('./today-window'));
const VisitPanel = lazyPart(() => import('./visit-panel'));

/** The calendar: a day with a column for each practitioner, a practitioner's week, or the day as a list; on a phone an agenda. */
export function DayPage() {
  const { t } = useI18n();
  const { may } = useSession();
  const open = useWindows();
  const [, navigate] = useLocation();
  const search = useSearch();
  const isNarrow = useMedia(narrow);
  const isMedium = useMedia(medium);
  const today = useToday();
  const asked = readAddress(search, today);

  const people = useApiQuery(CalendarPractitionersDocument, {});
  const all = people.data?.practitioners.nodes;
  // Who cannot be booked any more has no column: an old address shows the others.
  const chosenIds = all ? asked.practitionerIds.filter((id) => all.some((one) => one.id === id)) : asked.practitionerIds;
  const address: CalendarAddress = { ...asked, practitionerIds: chosenIds };
  const one = chosenIds[0] ?? all?.[0]?.id;
  const isWeek = address.view === 'week' && !isNarrow;
  const isAlone = isWeek || isNarrow;

  const mustWait = asked.practitionerIds.length > 0 && !all;
  const day = useDay(address.date, isNarrow ? [] : chosenIds, { pause: isWeek || mustWait });
  const week = useWeek(address.date, one, { pause: !isWeek || mustWait });
  const todays = useDay(today, []);
  const unsigned = useUnsignedRecords();
  const shown = isWeek ? week : day;

  const [chosenId, setChosenId] = useState<string | null>(null);
  const [opened, setOpened] = useState<{ takesFocus: boolean } | null>(null);
  const [showsToday, setShowsToday] = useState(false);
  const visits = [...visitsOf(shown.columns ?? []), ...visitsOf(todays.columns ?? [])];
  const chosen = visits.find(({ id }) => id === chosenId) ?? null;
  const steps = useSteps(chosen);

  const go = (change: Partial<CalendarAddress>) => {
    if (change.date || change.view) {
      setChosenId(null);
      setOpened(null);
    }
    navigate(writeAddress({ ...address, ...change }, today));
  };
  const book = may('bookAppointment') ? () => open({ name: 'book' }) : undefined;
  const bookAt = useCallback((practitionerId: string, startsAt: string) => open({ name: 'book', practitionerId, startsAt }), [open]);
  const openVisit = useCallback((visit: AppointmentRowFragment) => {
    setChosenId(visit.id);
    setShowsToday(false);
    // A press with the pointer leaves the focus where it is; Enter takes it along.
    setOpened({ takesFocus: document.activeElement?.matches(':focus-visible') ?? false });
  }, []);
  const focusVisit = useCallback((id: string | null) => {
    setChosenId(id);
    if (!id) setOpened(null);
  }, []);
  const closeVisit = () => {
    setOpened(null);
    document.querySelector<HTMLElement>(`[data-visit="${CSS.escape(chosenId ?? '')}"]`)?.focus();
  };

  const columns = shown.columns;
  const waiting = visitsOf(todays.columns ?? []).filter(({ status }) => status === 'CHECKED_IN').length;
  const glance = todays.columns && { columns: todays.columns, unsigned, onOpen: openVisit, onBook: book && bookAt };
  const visitPanel = chosen && opened && <VisitPanel visit={chosen} steps={steps} takesFocus={opened.takesFocus} onClose={closeVisit} />;
  const subject = `${address.view} ${address.date} ${isWeek ? one : ''}`;
  return (
    <div
      onKeyDown={(event) => {
        if (event.key === 'Escape' && opened && !event.defaultPrevented) closeVisit();
      }}
      className="flex flex-col s:h-[calc(100dvh-6rem)] s:min-h-96 s:pointer-coarse:-mb-12 s:pointer-coarse:h-[calc(100dvh-3rem)]"
    >
      <CalendarToolbar address={isWeek || !isNarrow ? address : { ...address, view: 'day' }} today={today} onGo={go} onBook={book}>
        <Suspense fallback={<span className="skeleton h-control w-36" />}>
          {isAlone && all && one && (
            <div className="min-w-0 max-s:flex-1">
              <PractitionerSelect all={all} value={one} onChange={(id) => go({ practitionerIds: [id] })} />
            </div>
          )}
          {!isAlone && all && <PractitionerChoice all={all} chosen={chosenIds} onChange={(practitionerIds) => go({ practitionerIds })} />}
        </Suspense>
        {isMedium && (
          <Button icon={<Clock className="size-4" aria-hidden="true" />} onPress={() => setShowsToday(true)} aria-label={`${t('calendar.showToday')}, ${t('calendar.waiting')}: ${waiting}`}>
            {waiting}
          </Button>
        )}
      </CalendarToolbar>
      {people.error && !all && !shown.error && <Failed error={people.error} onRetry={people.retry} />}
      <div className="flex min-h-0 flex-1">
        <Suspense
          fallback={
            <div className="flex-1">
              <Loading rows={12} />
            </div>
          }
        >
          {shown.error && !columns && (
            <div className="flex-1">
              <Failed error={shown.error} onRetry={shown.retry} />
            </div>
          )}
          {!columns && !shown.error && (
            <div className="flex-1">
              <Loading rows={12} />
            </div>
          )}
          {columns?.length === 0 && (
            <div className="flex-1">
              <Empty title={t('calendar.noDoctors')} />
            </div>
          )}
          {columns && columns.length > 0 && isNarrow && (
            <div className="min-w-0 flex-1">
              {columns
                .filter(({ practitioner: { id } }) => id === one)
                .map((column) => (
                  <Agenda key={column.key} column={column} chosenId={chosenId} onOpen={openVisit} onBook={book && bookAt} />
                ))}
            </div>
          )}
          {columns && columns.length > 0 && !isNarrow && address.view === 'list' && <DayList columns={columns} isStale={shown.isStale} />}
          {columns && columns.length > 0 && !isNarrow && address.view !== 'list' && (
            <CalendarGrid
              columns={columns}
              subject={subject}
              headOf={(column) => (isWeek ? <WeekdayHead column={column} isToday={column.date === today} /> : <ColumnHead column={column} />)}
              chosenId={chosenId}
              onFocus={focusVisit}
              onOpen={openVisit}
              onBook={book && bookAt}
            />
          )}
        </Suspense>
        {!isMedium && (
          <aside className="w-72 shrink-0 overflow-auto border-s border-line-2 bg-surface"><Suspense>{visitPanel || (glance && <TodayPanel {...glance} />)}</Suspense></aside>
        )}
      </div>
      <Suspense>
        {isMedium && visitPanel}
        {isMedium && showsToday && glance && <TodayWindow {...glance} onClose={() => setShowsToday(false)} />}
      </Suspense>
    </div>
  );
}
