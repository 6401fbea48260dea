import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../lib/graphql';
import { I18nProvider } from '../lib/i18n';
import en from '../locales/en';
import later from '../locales/en/later';
import { Field } from './field';
import { Form } from './form';

afterEach(cleanup);

function show(send: (values: Record<string, string>) => Promise<void>) {
  render(
    <I18nProvider language="en" messages={{ ...en, ...later }}>
      <Form send={send} button="Send">
        {(mistakes) => <Field name="password" label="Password" mistake={mistakes.password} defaultValue="short" />}
      </Form>
    </I18nProvider>,
  );
  return { press: () => fireEvent.click(screen.getByRole('button')), input: screen.getByLabelText('Password') };
}

describe('Form', () => {
  it('sends once at a time', () => {
    const send = vi.fn(() => new Promise<void>(() => {}));
    const { press } = show(send);
    press();
    press();
    expect(send.mock.calls).toEqual([[{ password: 'short' }]]);
  });

  it('leads to the input that was wrong', async () => {
    const problem = { path: ['input', 'password'], code: 'TOO_SHORT', message: 'is shorter than 12 characters' };
    const { press, input } = show(() => Promise.reject(new ApiError('INVALID', '', [problem])));
    press();
    const words = await screen.findByText('The password is shorter than 12 characters.');
    expect(input.getAttribute('aria-describedby')).toContain(words.id);
    expect(document.activeElement).toBe(input);
  });

  it('reads out what is wrong with the whole, and can be sent again', async () => {
    const send = vi.fn(() => Promise.reject(new ApiError('UNREACHABLE', '')));
    const { press } = show(send);
    press();
    expect(await screen.findByText(/does not answer/)).toBe(screen.getByRole('alert').firstElementChild);
    press();
    expect(send).toHaveBeenCalledTimes(2);
  });
});
