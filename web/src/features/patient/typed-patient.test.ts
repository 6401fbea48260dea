import { expect, test } from 'vitest';
import { newPatientOf } from './typed-patient';

test('names, a birth date and a telephone are told apart', () => {
  expect(newPatientOf('Nino Beridze 1-2-1990 +995555123456')).toEqual({
    familyName: 'Beridze',
    givenName: 'Nino',
    birthDate: '1-2-1990',
    phone: '+995555123456',
  });
});

test('a comma says that the family name came first', () => {
  expect(newPatientOf('ბერიძე, ნინო ანა')).toEqual({ familyName: 'ბერიძე', givenName: 'ნინო ანა', birthDate: '', phone: '' });
});

test('one name is the family name, and a number is no name', () => {
  expect(newPatientOf('beridze')).toEqual({ familyName: 'beridze', givenName: '', birthDate: '', phone: '' });
  expect(newPatientOf('C1000009')).toEqual({ familyName: '', givenName: '', birthDate: '', phone: '' });
});
