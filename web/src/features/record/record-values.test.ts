import { expect, test } from 'vitest';
import { emptyLine, isChangedFrom, merge, prescriptionOf, type RecordValues } from './record-values';

const values: RecordValues = {
  practitionerId: 'p',
  appointmentId: null,
  recordedOn: '22-11-2026',
  diagnosis: 'Cough',
  code: '',
  lines: [],
  notes: '',
};
const line = (typed: Partial<typeof emptyLine>) => ({ ...emptyLine, ...typed });

test('a medicine alone is a text, with whatever lines it has', () => {
  expect(prescriptionOf([line({ medicine: 'Tea\nand honey ' }), emptyLine])).toEqual({ prescription: 'Tea\nand honey' });
});

test('a medicine with a dose, or two medicines, are lines; empty ones are left out', () => {
  expect(prescriptionOf([emptyLine, line({ medicine: 'Ramipril 5 mg', dose: ' 1 tablet ', startsOn: '1-12-2026' })])).toEqual({
    prescriptionLines: [{ medicine: 'Ramipril 5 mg', dose: '1 tablet', route: null, frequency: null, startsOn: '2026-12-01', endsOn: null }],
  });
  expect(prescriptionOf([line({ medicine: 'A' }), line({ medicine: 'B' })])).toMatchObject({ prescriptionLines: [{ medicine: 'A' }, { medicine: 'B' }] });
});

test('without a line nothing is prescribed', () => {
  expect(prescriptionOf([emptyLine])).toEqual({ prescriptionLines: [] });
});

test('a day that is none is told at its line and field', () => {
  const refuse = () => prescriptionOf([line({ medicine: 'A', endsOn: '31-2-2027' })]);
  expect(refuse).toThrow(expect.objectContaining({ problems: [{ path: ['prescriptionLines', 0, 'endsOn'], code: 'BAD_DATE', message: '' }] }));
  expect(() => prescriptionOf([line({ medicine: 'A', startsOn: '12.2026' })])).toThrow();
});

test('spaces and an empty line are no change; a letter is', () => {
  expect(isChangedFrom(values, { ...values, diagnosis: 'Cough ', lines: [emptyLine] })).toBe(false);
  expect(isChangedFrom(values, { ...values, diagnosis: 'Coughs' })).toBe(true);
  expect(isChangedFrom(values, { ...values, lines: [line({ medicine: 'Tea' })] })).toBe(true);
});

test('what only the other desk changed is taken, what both changed is told, and mine stands', () => {
  const mine = { ...values, diagnosis: 'Bronchitis', notes: 'Mine' };
  const theirs = { ...values, code: 'J20.9', notes: 'Theirs' };
  expect(merge(values, mine, theirs)).toEqual({
    values: { ...values, diagnosis: 'Bronchitis', code: 'J20.9', notes: 'Mine' },
    taken: ['code'],
    both: ['notes'],
  });
});

test('who changed it alike has changed nothing against each other', () => {
  const alike = { ...values, notes: 'The same' };
  expect(merge(values, alike, alike)).toEqual({ values: alike, taken: [], both: [] });
});
