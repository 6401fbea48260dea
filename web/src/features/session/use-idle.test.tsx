import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useIdle } from './use-idle';

const minute = 60_000;
const onAway = vi.fn();
const onBack = vi.fn();
const tell = vi.fn();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  vi.clearAllMocks();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const options = { userId: 'u', limit: 15 * minute, isCovered: false, onAway, onBack, tell };
const start = () => renderHook((props) => useIdle(props), { initialProps: options });
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));
const press = () => act(() => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' })));

test('silence warns, then locks', () => {
  const { result } = start();
  pass(12 * minute - 1_000);
  expect(result.current.idle.phase).toBe('here');
  pass(1_000);
  expect(result.current.idle).toEqual({ phase: 'warned', secondsLeft: 60 });
  pass(59_000);
  expect(onAway).not.toHaveBeenCalled();
  pass(1_000);
  expect(onAway).toHaveBeenCalled();
});

test('any key takes the warning away, and the server is told at once', () => {
  const { result } = start();
  pass(12 * minute);
  press();
  expect(result.current.idle.phase).toBe('here');
  expect(tell).toHaveBeenCalledTimes(1);
  pass(12 * minute - 1_000);
  expect(onAway).not.toHaveBeenCalled();
});

test('whoever types for long without a request keeps the session, told once a minute at most', () => {
  start();
  for (let i = 0; i < 30 * 60; i++) {
    pass(1_000);
    press();
  }
  expect(onAway).not.toHaveBeenCalled();
  expect(tell.mock.calls.length).toBeGreaterThanOrEqual(29);
  expect(tell.mock.calls.length).toBeLessThanOrEqual(30);
});

test('a computer that slept is locked by the first sign, which is not taken for one of whoever left', () => {
  start();
  vi.setSystemTime(Date.now() + 60 * minute);
  press();
  expect(onAway).toHaveBeenCalledTimes(1);
  expect(tell).not.toHaveBeenCalled();
});

test('under the cover nothing counts, and afterwards it begins anew', () => {
  const { rerender } = start();
  rerender({ ...options, isCovered: true });
  pass(60 * minute);
  press();
  expect(onAway).not.toHaveBeenCalled();
  expect(tell).not.toHaveBeenCalled();
  rerender(options);
  pass(12 * minute - 1_000);
  expect(onAway).not.toHaveBeenCalled();
});

test('windows of one user count together, those of another do not', async () => {
  const { result } = start();
  const other = new BroadcastChannel('clinicql.idle');
  const send = async (message: object) => {
    other.postMessage(message);
    await vi.waitFor(() => new Promise((resolve) => setTimeout(resolve, 20)));
  };
  pass(11 * minute);
  await send({ kind: 'active', userId: 'u' });
  pass(2 * minute);
  expect(result.current.idle.phase).toBe('here');
  await send({ kind: 'away', userId: 'somebody else' });
  expect(onAway).not.toHaveBeenCalled();
  await send({ kind: 'away', userId: 'u' });
  expect(onAway).toHaveBeenCalledTimes(1);
  await send({ kind: 'back', userId: 'u' });
  expect(onBack).toHaveBeenCalledWith('u');
  other.close();
});
