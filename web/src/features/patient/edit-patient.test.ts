import { expect, test } from 'vitest';
import type { PatientFactsFragment } from '../../gql/patient';
import { changesOf, valuesOf } from './edit-patient';

const patient = {
  familyName: 'Beridze',
  givenName: 'Nino',
  birthDate: '1990-02-01',
  birthDatePrecision: 'DAY',
  sex: 'FEMALE',
  phone: null,
  email: null,
  preferredLanguage: 'ka',
  deceasedOn: null,
  address: { line: null, city: 'Gori', region: 'Shida Kartli', postalCode: null, country: 'GE' },
} as PatientFactsFragment;
const seen = valuesOf(patient);

test('what was not changed is not sent', () => {
  expect(changesOf(patient, seen, { ...seen, familyName: 'Beridze ' })).toEqual({});
});

test('what was emptied is null, and an address keeps the parts that the form does not show', () => {
  expect(changesOf(patient, seen, { ...seen, preferredLanguage: '', city: 'Tbilisi' })).toEqual({
    preferredLanguage: null,
    address: { line: null, city: 'Tbilisi', region: 'Shida Kartli', postalCode: null, country: 'GE' },
  });
});

test('as much of a birth date as is known', () => {
  expect(seen.birthDate).toBe('01-02-1990');
  expect(changesOf(patient, seen, { ...seen, birthDate: '2.1990' })).toEqual({ birthDate: '1990-02-01', birthDatePrecision: 'MONTH' });
  expect(changesOf(patient, seen, { ...seen, birthDate: '' })).toEqual({ birthDate: null, birthDatePrecision: 'UNKNOWN' });
  expect(valuesOf({ ...patient, birthDate: '1990-01-01', birthDatePrecision: 'YEAR' }).birthDate).toBe('1990');
});
