import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { I18nProvider } from '../../lib/i18n';
import en from '../../locales/en';
import later from '../../locales/en/later';
import { type Week, weekOn } from './week';
import { WeekGrid } from './week-grid';

afterEach(cleanup);

const hours = [
  { kind: 'WORK', weekday: 'MONDAY', startTime: '09:00', endTime: '17:00', startsOn: '2026-01-01', endsOn: null },
  { kind: 'BREAK', weekday: 'MONDAY', startTime: '13:00', endTime: '13:30', startsOn: '2026-01-01', endsOn: null },
] as const;

let shown: Week;

function Grid({ isFixed }: { isFixed: boolean }) {
  const [week, setWeek] = useState(() => weekOn([...hours], '2026-11-23'));
  shown = week;
  return <WeekGrid week={week} wrong={new Set()} onChange={isFixed ? undefined : setWeek} />;
}

function show(isFixed = false) {
  render(
    <I18nProvider language="en" messages={{ ...en, ...later }}>
      <Grid isFixed={isFixed} />
    </I18nProvider>,
  );
}

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });

test('each time is a field with its day, and what is typed is read when it is left', () => {
  show();
  const until = field('Monday, hours 1: until');
  fireEvent.change(until, { target: { value: '1830' } });
  fireEvent.blur(until);
  expect(shown.MONDAY[0]).toEqual({ kind: 'WORK', from: '09:00', to: '18:30' });
  expect(screen.getByText('9 h')).toBeTruthy();
});

test.each([
  ['ArrowUp', '09:15'],
  ['ArrowDown', '08:45'],
  ['PageUp', '10:00'],
  ['PageDown', '08:00'],
])('%s changes nine to %s', (key, time) => {
  show();
  fireEvent.keyDown(field('Monday, hours 1: from'), { key });
  expect(field('Monday, hours 1: from').value).toBe(time);
});

test('what is no time stays as it is typed, and is marked', () => {
  show();
  const from = field('Monday, hours 1: from');
  fireEvent.change(from, { target: { value: 'noon' } });
  fireEvent.blur(from);
  expect(from.value).toBe('noon');
  expect(from.getAttribute('aria-invalid')).toBe('true');
});

test('spans come and go, and a day is taken for all weekdays', () => {
  show();
  fireEvent.click(screen.getByRole('button', { name: 'Remove break 1: Monday' }));
  expect(shown.MONDAY).toHaveLength(1);
  fireEvent.click(screen.getByRole('button', { name: 'Add hours: Monday' }));
  expect(field('Monday, hours 2: from').value).toBe('18:00');
  fireEvent.click(screen.getByRole('button', { name: 'As Monday on all weekdays' }));
  expect(shown.FRIDAY).toEqual(shown.MONDAY);
  expect(shown.SATURDAY).toEqual([]);
});

test('who may only look has no fields', () => {
  show(true);
  expect(screen.queryAllByRole('textbox')).toEqual([]);
  expect(screen.queryAllByRole('button')).toEqual([]);
  expect(screen.getByText('09:00–17:00')).toBeTruthy();
});
