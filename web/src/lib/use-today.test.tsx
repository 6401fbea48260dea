import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import en from '../locales/en';
import { I18nProvider } from './i18n';
import { type Session, SessionContext } from './session';
import { useToday } from './use-today';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-03-02T19:59:30Z') });
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const Today = () => <p>{useToday()}</p>;

function show(pastAt?: string) {
  const session = { clinic: { timeZone: 'Asia/Tbilisi', today: '2026-03-02' }, ...(pastAt && { pastAt }) } as unknown as Session;
  render(
    <I18nProvider language="en" messages={en}>
      <SessionContext value={session}>
        <Today />
      </SessionContext>
    </I18nProvider>,
  );
}

test('the day goes on at the clinic’s midnight', () => {
  show();
  screen.getByText('2026-03-02');
  act(() => vi.advanceTimersByTime(40_000));
  screen.getByText('2026-03-03');
});

test('the day of the past stays', () => {
  show('2025-05-05T12:00:00Z');
  act(() => vi.advanceTimersByTime(40_000));
  expect(screen.getByText('2025-05-05')).toBeTruthy();
});
