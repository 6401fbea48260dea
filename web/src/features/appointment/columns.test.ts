import { expect, test } from 'vitest';
import type { AppointmentRowFragment, DayScheduleQuery } from '../../gql/appointment';
import { columnsOfDay } from './columns';

type Column = DayScheduleQuery['schedule']['columns'][number];

const visit = (id: string, startsAt: string, endsAt: string, status: AppointmentRowFragment['status'] = 'BOOKED') =>
  ({ id, startsAt: `2026-11-23T${startsAt}:00Z`, endsAt: `2026-11-23T${endsAt}:00Z`, status }) as AppointmentRowFragment;
const span = (startsAt: string, endsAt: string) => ({ startsAt: `2026-11-23T${startsAt}:00Z`, endsAt: `2026-11-23T${endsAt}:00Z` });

function day(column: Partial<Column>, slots: ReturnType<typeof span>[] = []) {
  const practitioner = { id: 'one', displayName: 'Dr. Nino Beridze', specialty: null, workingHours: [], availableSlots: { nodes: slots } };
  const [first] = columnsOfDay(
    {
      schedule: {
        startsAt: '2026-11-22T20:00:00Z',
        endsAt: '2026-11-23T20:00:00Z',
        columns: [{ practitioner, workingPeriods: [], timeOff: [], holds: [], appointments: [], ...column }],
      },
    },
    '2026-11-23',
  );
  if (!first) throw new Error('there is no column');
  return first;
}

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
