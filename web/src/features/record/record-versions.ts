import type { MedicalRecordQuery } from '../../gql/record';
import type { Line } from '../../lib/prescription';

export type FullRecord = NonNullable<MedicalRecordQuery['medicalRecord']>;

/** What a record said from its signing, or an amendment, until the next. */
export interface RecordVersion {
  /** 1 is what was signed. */
  number: number;
  /** When it came to say this, and who made it so. Null of imports. */
  at: string | null;
  by: string | null;
  /** Why it was amended. Null of what was signed. */
  reason: string | null;
  diagnosis: string;
  code: string | null;
  prescriptionLines: readonly Line[];
  notes: string | null;
}

/** All that a signed record has said, newest first. */
export function recordVersions(record: FullRecord): RecordVersion[] {
  const earlier = record.amendments.nodes;
  const contents = [record, ...earlier];
  return contents.map(({ diagnosis, code, prescriptionLines, notes }, i) => {
    // What replaced the version before made this one.
    const made = i === 0 ? null : earlier[i];
    const isFirst = i === contents.length - 1;
    return {
      number: contents.length - i,
      at: isFirst ? record.signedAt : i === 0 ? record.amendedAt : (made?.createdAt ?? null),
      by: (isFirst ? record.signer?.displayName : i === 0 ? record.amendedBy?.displayName : made?.amendedBy?.displayName) ?? null,
      reason: isFirst ? null : i === 0 ? record.amendmentReason : (made?.reason ?? null),
      diagnosis,
      code,
      prescriptionLines,
      notes,
    };
  });
}
