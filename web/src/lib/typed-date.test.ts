import { expect, test } from 'vitest';
import { readTypedDate } from './typed-date';

test.each([
  ['1-2-1990', '1990-02-01', 'DAY'],
  ['01.02.1990', '1990-02-01', 'DAY'],
  ['1/2/1990', '1990-02-01', 'DAY'],
  [' 01 02 1990 ', '1990-02-01', 'DAY'],
  ['01021990', '1990-02-01', 'DAY'],
  ['1990-02-01', '1990-02-01', 'DAY'],
  ['29-2-2024', '2024-02-29', 'DAY'],
  ['2.1990', '1990-02-01', 'MONTH'],
  ['1990', '1990-01-01', 'YEAR'],
])('%s is understood', (typed, date, precision) => {
  expect(readTypedDate(typed)).toEqual({ date, precision });
});

test.each(['', 'yesterday', '29-2-2023', '31-4-1990', '13.1990', '0-1-1990', '1-2-90', '1-2-19900', '0099'])('%s is none', (typed) => {
  expect(readTypedDate(typed)).toBeNull();
});
