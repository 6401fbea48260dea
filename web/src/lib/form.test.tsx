import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { MistakeSummary } from '../components/mistake-summary';
import { TextField } from '../components/text-field';
import en from '../locales/en';
import ka from '../locales/ka';
import { useForm } from './form';
import { ApiError } from './graphql';
import { I18nProvider, type Language } from './i18n';

afterEach(cleanup);

function NameForm({ refuse }: { refuse: () => ApiError }) {
  const form = useForm({
    initial: { givenName: 'Nino', familyName: '' },
    labels: { givenName: 'patient.givenName', familyName: 'patient.familyName' },
    send: async () => {
      throw refuse();
    },
  });
  return (
    <form aria-label="name" onSubmit={form.submit}>
      <MistakeSummary mistakes={form.mistakes} whole={form.whole} />
      {(['givenName', 'familyName'] as const).map((name) => (
        <TextField key={name} name={name} label={name} value={form.values[name]} onChange={(value) => form.set(name, value)} mistake={form.mistakes[name]} />
      ))}
    </form>
  );
}

function send(refuse: () => ApiError, language: Language = 'en') {
  render(
    <I18nProvider language={language} messages={language === 'en' ? en : ka}>
      <NameForm refuse={refuse} />
    </I18nProvider>,
  );
  fireEvent.submit(screen.getByRole('form'));
}

const tooLong = () =>
  new ApiError('INVALID', 'familyName is too long', [{ path: ['input', 'familyName'], code: 'TOO_LONG', message: 'is longer than 200 characters' }]);

test('what the server says of a value stands at its field and in the summary, and the field has the focus', async () => {
  send(tooLong);
  expect(await screen.findAllByText('Family name is longer than 200 characters.')).toHaveLength(2);
  const input = screen.getByLabelText('familyName');
  expect(input.getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(input);
});

test('nothing typed is lost', async () => {
  send(tooLong);
  await screen.findByRole('alert');
  expect(screen.getByLabelText<HTMLInputElement>('givenName').value).toBe('Nino');
});

test('in Georgian the code says it', async () => {
  send(tooLong, 'ka');
  expect(await screen.findAllByText('გვარი: ძალიან გრძელია.')).toHaveLength(2);
});

test('a mistake in what the form does not show stands in the summary', async () => {
  send(() => new ApiError('INVALID', '', [{ path: ['input', 'email'], code: 'BAD_FORMAT', message: 'is no e-mail address' }]));
  expect((await screen.findByRole('alert')).textContent).toContain('email is no e-mail address.');
});

test.each([
  ['UNREACHABLE', 'The server does not answer.'],
  ['FORBIDDEN', 'Your role may not do this.'],
  ['VERSION_CONFLICT', 'Somebody else changed this in the meantime.'],
  ['SOMETHING_NEW', 'The server says: who knows.'],
])('%s is said of the whole', async (code, words) => {
  send(() => new ApiError(code, 'who knows'));
  expect((await screen.findByRole('alert')).textContent).toContain(words);
});
