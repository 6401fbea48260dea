import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { AppointmentStatus } from '../../gql/appointment';
import { I18nProvider } from '../../lib/i18n';
import en from '../../locales/en';
import { minutesSince, VisitStatus } from './visit-status';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function shown(status: AppointmentStatus, checkedInAt: string | null, startedAt: string | null = null): string {
  vi.useFakeTimers({ now: Date.parse('2026-11-23T06:40:20Z') });
  const { container } = render(
    <I18nProvider language="en" messages={en}>
      <VisitStatus visit={{ status, checkedInAt, startedAt }} />
    </I18nProvider>,
  );
  return (container.textContent ?? '').replace(/\s+/g, ' ');
}

test('who waits is shown with the minutes', () => {
  expect(shown('CHECKED_IN', '2026-11-23T06:25:50Z')).toBe('Waiting· 15 min');
});

test('who waits for more than a quarter of an hour stands out, in words too', () => {
  expect(shown('CHECKED_IN', '2026-11-23T06:24:10Z')).toBe('Waiting· 16 minLong wait');
});

test('a visit that goes on counts from its own start, others count nothing', () => {
  expect(shown('IN_PROGRESS', '2026-11-23T06:00:00Z', '2026-11-23T06:28:00Z')).toBe('In progress· 12 min');
  expect(shown('COMPLETED', '2026-11-23T06:00:00Z', '2026-11-23T06:28:00Z')).toBe('Completed');
});

test('a clock that is behind never counts below nothing', () => {
  expect(minutesSince('2026-11-23T06:45:00Z', Date.parse('2026-11-23T06:40:00Z'))).toBe(0);
});
