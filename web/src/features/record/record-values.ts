import type { PrescriptionLineInput, RecordContentFragment } from '../../gql/record';
import { ApiError, type Problem } from '../../lib/graphql';
import { readTypedDate } from '../../lib/typed-date';

/** One medicine as it is typed. */
export interface TypedLine {
  medicine: string;
  dose: string;
  route: string;
  frequency: string;
  startsOn: string;
  endsOn: string;
}

/** A record as it is typed. */
export interface RecordValues {
  practitionerId: string | null;
  /** Undefined until somebody has chosen: then the form proposes one. */
  appointmentId: string | null | undefined;
  recordedOn: string;
  diagnosis: string;
  code: string;
  lines: readonly TypedLine[];
  notes: string;
}

export const emptyLine: TypedLine = { medicine: '', dose: '', route: '', frequency: '', startsOn: '', endsOn: '' };
export const lineFields = Object.keys(emptyLine) as (keyof TypedLine)[];

/** A day as people type it: 22-11-2026. */
export function typedDay(date: string | null): string {
  return date ? date.split('-').reverse().join('-') : '';
}

export function valuesOf(record: RecordContentFragment): RecordValues {
  return {
    practitionerId: record.practitioner?.id ?? null,
    appointmentId: record.appointment?.id ?? null,
    recordedOn: typedDay(record.recordedOn),
    diagnosis: record.diagnosis,
    code: record.code ?? '',
    lines: record.prescriptionLines.map(({ medicine, dose, route, frequency, startsOn, endsOn }) => ({
      medicine,
      dose: dose ?? '',
      route: route ?? '',
      frequency: frequency ?? '',
      startsOn: typedDay(startsOn),
      endsOn: typedDay(endsOn),
    })),
    notes: record.notes ?? '',
  };
}

const isEmpty = (line: TypedLine) => lineFields.every((field) => !line[field].trim());

/** The lines in which something stands, by their places in the form. */
export function filledLines(lines: readonly TypedLine[]): number[] {
  return lines.flatMap((line, i) => (isEmpty(line) ? [] : [i]));
}

/**
 * A prescription as the API takes it: nothing, a text when there is one line with only a medicine, or lines. A day that
 * cannot be read is thrown as what is wrong with it.
 */
export function prescriptionOf(lines: readonly TypedLine[]): { prescription: string } | { prescriptionLines: PrescriptionLineInput[] } {
  const filled = filledLines(lines).map((i) => lines[i] ?? emptyLine);
  const [first] = filled;
  if (filled.length === 1 && first && isEmpty({ ...first, medicine: '' })) return { prescription: first.medicine.trim() };
  const problems: Problem[] = [];
  const day = (typed: string, i: number, field: string) => {
    const problem = dayProblem(typed, ['prescriptionLines', i, field]);
    if (problem) problems.push(problem);
    return readTypedDate(typed)?.date ?? null;
  };
  const prescriptionLines = filled.map((line, i) => ({
    medicine: line.medicine.trim(),
    dose: line.dose.trim() || null,
    route: line.route.trim() || null,
    frequency: line.frequency.trim() || null,
    startsOn: day(line.startsOn, i, 'startsOn'),
    endsOn: day(line.endsOn, i, 'endsOn'),
  }));
  if (problems.length > 0) throw new ApiError('INVALID', '', problems);
  return { prescriptionLines };
}

/** What is wrong with a day that was typed, if anything: a month or a year alone is none. */
export function dayProblem(typed: string, path: (string | number)[]): Problem | null {
  if (!typed.trim() || readTypedDate(typed)?.precision === 'DAY') return null;
  return { path, code: 'BAD_DATE', message: '' };
}

/** Fields that two desks can write at once. */
export const sharedFields = ['appointmentId', 'recordedOn', 'diagnosis', 'code', 'lines', 'notes'] as const;
export type SharedField = (typeof sharedFields)[number];

function said(values: RecordValues, field: SharedField): string {
  if (field === 'lines') return JSON.stringify(values.lines.filter((line) => !isEmpty(line)));
  return field === 'appointmentId' ? (values.appointmentId ?? '') : values[field].trim();
}

/** Whether two say the same of a field. */
export function isSame(a: RecordValues, b: RecordValues, field: SharedField): boolean {
  return said(a, field) === said(b, field);
}

/** Whether something is typed that is not saved. */
export function isChangedFrom(saved: RecordValues, values: RecordValues): boolean {
  return values.practitionerId !== saved.practitionerId || sharedFields.some((field) => !isSame(saved, values, field));
}

export interface Merged {
  /** Mine, with what only the other desk has changed. */
  values: RecordValues;
  /** What only the other desk has changed. */
  taken: SharedField[];
  /** What both have changed, each in another way: mine stands, and theirs can be chosen. */
  both: SharedField[];
}

/** Brings together what was typed here and at another desk since both saw the same. Nothing of either is lost. */
export function merge(seen: RecordValues, mine: RecordValues, theirs: RecordValues): Merged {
  const theirsOnly = sharedFields.filter((field) => !isSame(seen, theirs, field) && isSame(seen, mine, field));
  const both = sharedFields.filter((field) => !isSame(seen, theirs, field) && !isSame(seen, mine, field) && !isSame(mine, theirs, field));
  const values = { ...mine };
  for (const field of theirsOnly) Object.assign(values, { [field]: theirs[field] });
  return { values, taken: theirsOnly, both };
}
