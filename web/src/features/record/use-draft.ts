import { useRef, useState } from 'react';
import {
  CreateMedicalRecordDocument,
  type CreateMedicalRecordInput,
  type RecordContentFragment,
  SignMedicalRecordDocument,
  UpdateMedicalRecordDocument,
} from '../../gql/record';
import { useFormats } from '../../lib/format';
import { ApiError, leftOpen, type Problem } from '../../lib/graphql';
import { randomKey } from '../../lib/random-key';
import { readTypedDate } from '../../lib/typed-date';
import { useApiMutation } from '../../lib/use-api';
import type { Conflict } from './record-conflict';
import { dayProblem, isChangedFrom, isSame, merge, prescriptionOf, type RecordValues, valuesOf } from './record-values';
import { useFreshRecord } from './use-fresh-record';

/** What has to be filled in before a draft can be kept. */
export function draftProblems(values: RecordValues): Problem[] {
  const needed = (path: string, value: string | null) => (value?.trim() ? [] : [{ path: [path], code: 'REQUIRED', message: '' }]);
  const day = dayProblem(values.recordedOn, ['recordedOn']);
  return [...needed('practitionerId', values.practitionerId), ...needed('diagnosis', values.diagnosis), ...(day ? [day] : [])];
}

/** A draft as it was sent for the first time. */
interface FirstDraft {
  input: CreateMedicalRecordInput;
  key: string;
  values: RecordValues;
}

/** What the server has of a draft, and how what is typed gets there without ever writing over another desk's words. */
export function useDraft(patientId: string, record: RecordContentFragment | undefined, initial: RecordValues) {
  const { time } = useFormats();
  const create = useApiMutation(CreateMedicalRecordDocument);
  const update = useApiMutation(UpdateMedicalRecordDocument);
  const sign = useApiMutation(SignMedicalRecordDocument);
  const fresh = useFreshRecord();
  const [stored, setStored] = useState(record);
  const [saved, setSaved] = useState(record ? valuesOf(record) : initial);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  // Several keys in a row must not draft a record twice: what is stored is known at once, not with the next picture.
  const now = useRef(record);
  // One that was sent and not heard of may be drafted all the same.
  const unheard = useRef<FirstDraft | null>(null);

  const keep = (next: RecordContentFragment, values: RecordValues): RecordValues => {
    now.current = next;
    setStored(next);
    // The server brings a code into the form of ICD-10.
    const kept = { ...values, code: next.code ?? '' };
    setSaved(kept);
    setConflict(null);
    return kept;
  };

  /** Drafts it, once however often it is sent with its key. */
  const begin = async (first: FirstDraft) => {
    unheard.current = null;
    try {
      const { createMedicalRecord } = await create({ input: first.input, key: first.key });
      if (!createMedicalRecord) throw new ApiError('INTERNAL', '');
      const { medicalRecord } = createMedicalRecord;
      return { medicalRecord, kept: keep(medicalRecord, first.values) };
    } catch (error) {
      if (error instanceof ApiError && leftOpen.includes(error.code)) unheard.current = first;
      throw error;
    }
  };

  /** Sends again what nothing was heard of, as it was. */
  const hear = async () => {
    if (!unheard.current) return null;
    try {
      return await begin(unheard.current);
    } catch (error) {
      if (unheard.current) throw error;
      // It was refused, and so nothing is drafted: what is typed now is the first.
      return null;
    }
  };

  /** Brings in what another desk has saved; the draft is then typed against that. */
  const meet = async (mine: RecordValues): Promise<RecordValues | null> => {
    const next = now.current && (await fresh(now.current.id));
    if (!next) return null;
    now.current = next;
    setStored(next);
    const theirs = valuesOf(next);
    const merged = merge(saved, mine, theirs);
    setSaved(theirs);
    setConflict(next.status === 'DRAFT' ? { ...merged, theirs, at: time(next.updatedAt) } : null);
    return merged.values;
  };

  /** Keeps the draft, and says which version it has. */
  const save = async (values: RecordValues): Promise<RecordContentFragment> => {
    const problems = draftProblems(values);
    if (problems.length > 0) throw new ApiError('INVALID', '', problems);
    // What is typed by now is a further version of what was sent before.
    const before = (await hear())?.kept ?? saved;
    const known = now.current;
    if (known && !isChangedFrom(before, values)) return known;
    const content = {
      appointmentId: values.appointmentId ?? null,
      recordedOn: readTypedDate(values.recordedOn)?.date ?? null,
      diagnosis: values.diagnosis.trim(),
      code: values.code.trim() || null,
      notes: values.notes.trim() || null,
      ...prescriptionOf(values.lines),
    };
    if (!known) {
      const { recordedOn, ...rest } = content;
      const input = { ...rest, ...(recordedOn && { recordedOn }), patientId, practitionerId: values.practitionerId ?? '' };
      return (await begin({ input, key: randomKey(), values })).medicalRecord;
    }
    const { recordedOn, code, ...rest } = content;
    const { updateMedicalRecord } = await update({
      input: {
        ...rest,
        ...(recordedOn && { recordedOn }),
        // A code of another system stays one as long as nobody types another.
        ...(isSame(before, values, 'code') ? {} : { code, codeSystem: null }),
        medicalRecordId: known.id,
        expectedVersion: known.version,
      },
    });
    if (!updateMedicalRecord) throw new ApiError('INTERNAL', '');
    keep(updateMedicalRecord.medicalRecord, values);
    return updateMedicalRecord.medicalRecord;
  };

  const saveAndSign = async (values: RecordValues) => {
    const { id, version } = await save(values);
    await sign({ input: { medicalRecordId: id, expectedVersion: version } });
    return id;
  };

  return { stored, saved, conflict, setConflict, save, saveAndSign, meet };
}
