import { afterEach, expect, test, vi } from 'vitest';
import type { AppointmentRowFragment, DayScheduleQuery } from '../../gql/appointment';
import { columnsOfDay, isFree } from './columns';

type Column = DayScheduleQuery['schedule']['columns'][number];

const visit = (id: string, startsAt: string, endsAt: string, status: AppointmentRowFragment['status'] = 'BOOKED', practitionerId = 'one') =>
  ({ id, startsAt: `2026-11-23T${startsAt}:00Z`, endsAt: `2026-11-23T${endsAt}:00Z`, status, practitioner: { id: practitionerId } }) as AppointmentRowFragment;
const span = (startsAt: string, endsAt: string) => ({ startsAt: `2026-11-23T${startsAt}:00Z`, endsAt: `2026-11-23T${endsAt}:00Z` });

const columnOf = (id: string, column: Partial<Column>, slots: ReturnType<typeof span>[] = []): Column => ({
  practitioner: { id, displayName: 'Dr. Nino Beridze', specialty: null, workingHours: [], availableSlots: { nodes: slots } },
  workingPeriods: [],
  timeOff: [],
  holds: [],
  appointments: [],
  ...column,
});
const days = (columns: Column[]) => columnsOfDay({ schedule: { startsAt: '2026-11-22T20:00:00Z', endsAt: '2026-11-23T20:00:00Z', columns } }, '2026-11-23');

function day(column: Partial<Column>, slots: ReturnType<typeof span>[] = []) {
  const [first] = days([columnOf('one', column, slots)]);
  if (!first) throw new Error('there is no column');
  return first;
}

afterEach(() => {
  vi.useRealTimers();
});

test('hours, breaks, time off and visits stand at the clinic’s minutes', () => {
  const column = day({
    workingPeriods: [
      { kind: 'WORK', ...span('05:00', '13:00') },
      { kind: 'BREAK', ...span('09:00', '09:30') },
    ],
    timeOff: [{ id: 'off', ...span('12:00', '13:00'), reason: null, practitioner: null }],
    appointments: [visit('a', '06:00', '06:30')],
  });
  expect(column.work).toEqual([{ from: 540, to: 1020 }]);
  expect(column.breaks).toEqual([{ from: 780, to: 810 }]);
  expect(column.away).toMatchObject([{ from: 960, to: 1020, isClinic: true }]);
  expect(column.visits).toMatchObject([{ from: 600, to: 630, lane: 0, lanes: 1 }]);
});

test('free time under a visit to which nobody came stands beside it', () => {
  const column = day({ appointments: [visit('a', '06:00', '06:30', 'NO_SHOW')] }, [span('06:00', '06:15'), span('06:15', '06:30'), span('06:30', '06:45')]);
  expect(column.visits).toMatchObject([{ lane: 0, lanes: 2 }]);
  expect(column.slots).toMatchObject([
    { lane: 1, lanes: 2 },
    { lane: 1, lanes: 2 },
    { lane: 0, lanes: 1 },
  ]);
});

test('a visit that is being moved stands in the column and at the time that it goes to, and no free time beside it', () => {
  const [one, two] = days([
    columnOf('one', { appointments: [visit('a', '06:00', '06:30', 'BOOKED', 'two'), visit('b', '08:00', '08:30')] }, [span('06:00', '06:15')]),
    columnOf('two', {}, [span('06:00', '06:15'), span('06:15', '06:30'), span('06:30', '06:45')]),
  ]);
  expect(one?.visits).toMatchObject([{ thing: { id: 'b' } }]);
  expect(two?.visits).toMatchObject([{ thing: { id: 'a' }, from: 600, lanes: 1 }]);
  expect(two?.slots).toMatchObject([{ from: 630, to: 645 }]);
});

test('a visit fits where its practitioner works and nothing else is, but not into the past', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-23T05:30:00Z') });
  const column = day({
    workingPeriods: [
      { kind: 'WORK', ...span('05:00', '13:00') },
      { kind: 'BREAK', ...span('09:00', '09:30') },
    ],
    timeOff: [{ id: 'off', ...span('12:00', '13:00'), reason: null, practitioner: null }],
    holds: [
      { id: 'held', ...span('10:00', '10:15'), expiresAt: '2026-11-23T05:35:00Z' },
      { id: 'over', ...span('11:00', '11:15'), expiresAt: '2026-11-23T05:25:00Z' },
    ],
    appointments: [visit('a', '06:00', '06:30'), visit('b', '07:00', '07:30', 'NO_SHOW')],
  });
  const fits = (from: number, id = 'other') => isFree(column, { from, to: from + 15 }, id);
  expect([600, 615, 585, 630, 660].map((from) => fits(from))).toEqual([false, false, true, true, true]);
  expect(fits(615, 'a')).toBe(true);
  expect([555, 570].map((from) => fits(from))).toEqual([false, true]);
  expect([780, 840, 900, 960, 1020].map((from) => fits(from))).toEqual([false, false, true, false, false]);
});
