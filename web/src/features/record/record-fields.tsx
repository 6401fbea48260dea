import { TextField } from '../../components/text-field';
import { type FormState, problemWords } from '../../lib/form';
import { ApiError, type Problem } from '../../lib/graphql';
import { type Key, useI18n } from '../../lib/i18n';
import { PrescriptionLines } from './prescription-lines';
import { filledLines, type RecordValues, type TypedLine } from './record-values';

export const labels = {
  practitionerId: 'record.doctorName',
  appointmentId: 'record.visit',
  recordedOn: 'record.recordDate',
  diagnosis: 'record.diagnosis',
  code: 'record.code',
  lines: 'record.prescription',
  notes: 'record.notes',
} satisfies Record<keyof RecordValues, Key>;

const lineLabels: Record<keyof TypedLine, Key> = {
  medicine: 'record.medicine',
  dose: 'record.dose',
  route: 'record.route',
  frequency: 'record.frequency',
  startsOn: 'record.from',
  endsOn: 'record.until',
};

/** What the API says of a prescription, led to the lines of the form: those that are empty were not sent. */
export function ledToLines(error: unknown, lines: readonly TypedLine[]): unknown {
  if (!(error instanceof ApiError)) return error;
  const filled = filledLines(lines);
  const problems = error.problems.map((problem): Problem => {
    const at = problem.path.findIndex((step) => step === 'prescriptionLines' || step === 'prescription');
    if (at < 0) return problem;
    const [place, ...rest] = problem.path.slice(at + 1);
    const led = place === undefined ? [] : [typeof place === 'number' ? (filled[place] ?? place) : place, ...rest];
    return { ...problem, path: ['lines', ...led] };
  });
  return new ApiError(error.code, error.message, problems, error.retryAfter, error.details);
}

/** What is wrong with the cells of the lines, by "place.field". */
function lineMistakes(refusal: ApiError | null, { t, language }: ReturnType<typeof useI18n>): Partial<Record<string, string>> {
  const mistakes: Partial<Record<string, string>> = {};
  for (const problem of refusal?.problems ?? []) {
    const [name, place, field] = problem.path;
    if (name !== 'lines' || typeof place !== 'number') continue;
    const known = typeof field === 'string' && field in lineLabels ? (field as keyof TypedLine) : 'medicine';
    mistakes[`${place}.${known}`] ??= problemWords(problem, t(lineLabels[known]), language, t);
  }
  return mistakes;
}

/** The same for the summary, where each line leads to its cell. */
export function summaryMistakes(form: Pick<FormState<RecordValues>, 'mistakes' | 'refusal'>, i18n: ReturnType<typeof useI18n>) {
  const ofLines = lineMistakes(form.refusal, i18n);
  return Object.keys(ofLines).length === 0 ? form.mistakes : { ...form.mistakes, lines: undefined, ...ofLines };
}

interface Props {
  form: Pick<FormState<RecordValues>, 'mistakes' | 'refusal'> & {
    values: Pick<RecordValues, 'diagnosis' | 'code' | 'lines' | 'notes'>;
    set: ((name: 'diagnosis' | 'code' | 'notes', value: string) => void) & ((name: 'lines', value: readonly TypedLine[]) => void);
  };
  /** Where the first key goes. */
  autoFocus?: boolean;
}

/** What a record says, on a draft and on an amendment. */
export function RecordFields({ form, autoFocus = false }: Props) {
  const i18n = useI18n();
  const { t } = i18n;
  const { values, mistakes, set } = form;
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_9rem] gap-4 max-s:grid-cols-1">
        <TextField
          name="diagnosis"
          label={t(labels.diagnosis)}
          value={values.diagnosis}
          onChange={(value) => set('diagnosis', value)}
          mistake={mistakes.diagnosis}
          isRequired
          autoFocus={autoFocus}
        />
        <TextField
          name="code"
          label={t(labels.code)}
          value={values.code}
          onChange={(value) => set('code', value)}
          mistake={mistakes.code}
          placeholder="I10"
        />
      </div>
      <fieldset className="grid gap-1">
        <legend className="mb-1 text-small font-medium text-ink-2">{t(labels.lines)}</legend>
        <PrescriptionLines lines={values.lines} onChange={(lines) => set('lines', lines)} mistakes={lineMistakes(form.refusal, i18n)} />
      </fieldset>
      <TextField
        name="notes"
        label={t(labels.notes)}
        rows={6}
        value={values.notes}
        onChange={(value) => set('notes', value)}
        mistake={mistakes.notes}
      />
    </>
  );
}
