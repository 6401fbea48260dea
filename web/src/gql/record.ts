// Written by codegen.mjs from the schema and the .graphql files of src/features. Do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/**
 * Where a visit stands. REQUESTED → BOOKED → CHECKED_IN → IN_PROGRESS → COMPLETED; the last three below end it early. `Appointment.nextSteps`
 * says what is open from here.
 */
export type AppointmentStatus =
  /** Asked for; holds no time until it is confirmed. */
  | 'REQUESTED'
  /** The time is taken. */
  | 'BOOKED'
  /** The patient is here and waits. */
  | 'CHECKED_IN'
  /** The visit is going on. */
  | 'IN_PROGRESS'
  /** The visit took place. */
  | 'COMPLETED'
  /** Called off, with a reason; also what is left of a visit that was moved. Its time is free. */
  | 'CANCELLED'
  /** The patient did not come. Never before the start, never by itself. Its time is free. */
  | 'NO_SHOW'
  /** Never meant. Left out of lists unless asked for by status. */
  | 'ENTERED_IN_ERROR';

/** Why a visit was called off. */
export type CancellationReason =
  /** By the patient. */
  | 'PATIENT'
  /** By the practitioner. */
  | 'PRACTITIONER'
  /** By the clinic. */
  | 'CLINIC'
  /** The patient died. */
  | 'DECEASED'
  /** Moved; see `rescheduledTo`. */
  | 'RESCHEDULED'
  /** See the note. */
  | 'OTHER';

/** Conditions on an AppointmentStatus; all that are given must hold. A null is refused. */
export type AppointmentStatusFilter = {
  /** Equal to this. */
  eq?: AppointmentStatus | null | undefined;
  /** One of these, at most 100. */
  in?: Array<AppointmentStatus> | null | undefined;
};

/** Conditions on a CancellationReason; all that are given must hold. A null is refused. */
export type CancellationReasonFilter = {
  /** Equal to this. */
  eq?: CancellationReason | null | undefined;
  /** One of these, at most 100. */
  in?: Array<CancellationReason> | null | undefined;
};

/** Conditions on appointments; all that are given must hold. ENTERED_IN_ERROR is left out unless `status` is asked for. */
export type AppointmentWhere = {
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By patient. */
  patientId?: IdFilter | null | undefined;
  /** By practitioner. */
  practitionerId?: IdFilter | null | undefined;
  /** By room. */
  roomId?: IdFilter | null | undefined;
  /** By type of visit. */
  appointmentTypeId?: IdFilter | null | undefined;
  /** By series. */
  seriesId?: IdFilter | null | undefined;
  /** By status. */
  status?: AppointmentStatusFilter | null | undefined;
  /** By why it was called off. */
  cancellationReason?: CancellationReasonFilter | null | undefined;
  /** By start. */
  startsAt?: DateTimeFilter | null | undefined;
  /** By end. */
  endsAt?: DateTimeFilter | null | undefined;
  /** By kind of visit. */
  type?: StringFilter | null | undefined;
  /** By the words of the front desk. */
  reason?: StringFilter | null | undefined;
  /** Only those booked over another, or only the rest. */
  isOverbooked?: boolean | null | undefined;
  /** By last change. */
  updatedAt?: DateTimeFilter | null | undefined;
  /** By what holds for the patient. */
  patient?: PatientWhere | null | undefined;
  /** By what holds for the practitioner. */
  practitioner?: PractitionerWhere | null | undefined;
  /** Has at least one record like this. */
  hasMedicalRecord?: MedicalRecordWhere | null | undefined;
  /** All of these, at most 10. Conditions nest at most 4 deep, those on what is linked included. */
  and?: Array<AppointmentWhere> | null | undefined;
  /** At least one of these, at most 10. */
  or?: Array<AppointmentWhere> | null | undefined;
  /** Not what this matches. Rows without a value are then matched too. */
  not?: AppointmentWhere | null | undefined;
};

/** Where a record stands. DRAFT → SIGNED → AMENDED; ENTERED_IN_ERROR ends it. */
export type MedicalRecordStatus =
  /** Being written; can be changed. */
  | 'DRAFT'
  /** Signed, or imported; can only be amended. */
  | 'SIGNED'
  /** Signed, and amended since; what it said before is kept in `amendments`. */
  | 'AMENDED'
  /** Never true of this patient. Left out of lists unless asked for by status; the content is kept. */
  | 'ENTERED_IN_ERROR';

/** One step of an order. */
export type MedicalRecordOrder = {
  /** What to order by. */
  field: MedicalRecordOrderField;
  /** Which way; rows without a value come last both ways. */
  direction?: OrderDirection;
};

/** What records can be ordered by. */
export type MedicalRecordOrderField =
  /** The day it tells of. */
  | 'RECORDED_ON'
  /** When it was typed. */
  | 'CREATED_AT'
  /** Last change. */
  | 'UPDATED_AT';

/** Conditions on a MedicalRecordStatus; all that are given must hold. A null is refused. */
export type MedicalRecordStatusFilter = {
  /** Equal to this. */
  eq?: MedicalRecordStatus | null | undefined;
  /** One of these, at most 100. */
  in?: Array<MedicalRecordStatus> | null | undefined;
};

/** Conditions on records; all that are given must hold. ENTERED_IN_ERROR is left out unless `status` is asked for. */
export type MedicalRecordWhere = {
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By patient. */
  patientId?: IdFilter | null | undefined;
  /** By practitioner. */
  practitionerId?: IdFilter | null | undefined;
  /** By visit; `isNull: true` for notes without one. */
  appointmentId?: IdFilter | null | undefined;
  /** By status. */
  status?: MedicalRecordStatusFilter | null | undefined;
  /** By the day it tells of. */
  recordedOn?: DateFilter | null | undefined;
  /** By the words of the diagnosis. */
  diagnosis?: StringFilter | null | undefined;
  /** By code; `startsWith: "E11"` finds all type 2 diabetes in ICD-10. */
  code?: StringFilter | null | undefined;
  /** By the words of the prescription. */
  prescription?: StringFilter | null | undefined;
  /** By the words of the notes. */
  notes?: StringFilter | null | undefined;
  /** By last change. */
  updatedAt?: DateTimeFilter | null | undefined;
  /** By what holds for the patient. */
  patient?: PatientWhere | null | undefined;
  /** By what holds for the practitioner. */
  practitioner?: PractitionerWhere | null | undefined;
  /** By what holds for the visit. */
  appointment?: AppointmentWhere | null | undefined;
  /** All of these, at most 10. Conditions nest at most 4 deep, those on what is linked included. */
  and?: Array<MedicalRecordWhere> | null | undefined;
  /** At least one of these, at most 10. */
  or?: Array<MedicalRecordWhere> | null | undefined;
  /** Not what this matches. Rows without a value are then matched too. */
  not?: MedicalRecordWhere | null | undefined;
};

/** One medicine of a prescription. */
export type PrescriptionLineInput = {
  /** What, 1 to 500 characters. */
  medicine: string;
  /** How much at a time, at most 100 characters. */
  dose?: string | null | undefined;
  /** How it is taken, at most 100 characters. */
  route?: string | null | undefined;
  /** How often, at most 100 characters. */
  frequency?: string | null | undefined;
  /** First day. */
  startsOn?: string | null | undefined;
  /** Last day, not before the first. */
  endsOn?: string | null | undefined;
};

/** A record to draft. */
export type CreateMedicalRecordInput = {
  /** Of whom; not archived. */
  patientId: string | number;
  /** Who answers for it. */
  practitionerId: string | number;
  /** The visit it belongs to, of the same patient. */
  appointmentId?: string | number | null | undefined;
  /** The day it tells of, not in the future. Absent: the clinic's today. */
  recordedOn?: string | null | undefined;
  /** In the practitioner's words, 1 to 5,000 characters. */
  diagnosis: string;
  /** The diagnosis in a code system, at most 50 characters. Without a system it is one of ICD-10, whose form is checked: "j45.9" becomes "J45.9". */
  code?: string | null | undefined;
  /** The code system as a URI, at most 200 characters. */
  codeSystem?: string | null | undefined;
  /** What is prescribed, as a text of at most 5,000 characters; not together with `prescriptionLines`. */
  prescription?: string | null | undefined;
  /** What is prescribed, medicine by medicine, at most 20, and 5,000 characters as one text. */
  prescriptionLines?: Array<PrescriptionLineInput> | null | undefined;
  /** Anything else, at most 20,000 characters. */
  notes?: string | null | undefined;
};

/** Changes to a draft. What is absent stays; null empties. */
export type UpdateMedicalRecordInput = {
  /** Which. */
  medicalRecordId: string | number;
  /** The `version` you have seen. Another one answers `VERSION_CONFLICT` with the current row and what changed. */
  expectedVersion: number;
  /** The visit it belongs to. */
  appointmentId?: string | number | null | undefined;
  /** The day it tells of. Null is refused. */
  recordedOn?: string | null | undefined;
  /** New diagnosis, 1 to 5,000 characters. Null is refused. */
  diagnosis?: string | null | undefined;
  /** New code, at most 50 characters. */
  code?: string | null | undefined;
  /** New code system, at most 200 characters. */
  codeSystem?: string | null | undefined;
  /** New prescription as a text of at most 5,000 characters, in the place of lines too; not together with `prescriptionLines`. */
  prescription?: string | null | undefined;
  /** New prescription, medicine by medicine, at most 20; replaces the old one whole. Empty: nothing is prescribed. */
  prescriptionLines?: Array<PrescriptionLineInput> | null | undefined;
  /** New notes, at most 20,000 characters. */
  notes?: string | null | undefined;
};

/** A draft to sign. */
export type SignMedicalRecordInput = {
  /** Which; one that you answer for. */
  medicalRecordId: string | number;
  /** The `version` you have seen. Another one answers `VERSION_CONFLICT` with the current row and what changed. */
  expectedVersion: number;
};

/** A correction of a signed record. What is absent stays; null empties. */
export type AmendMedicalRecordInput = {
  /** Which. */
  medicalRecordId: string | number;
  /** The `version` you have seen. Another one answers `VERSION_CONFLICT` with the current row and what changed. */
  expectedVersion: number;
  /** Why, 3 to 500 characters. */
  reason: string;
  /** New diagnosis, 1 to 5,000 characters. Null is refused. */
  diagnosis?: string | null | undefined;
  /** New code, at most 50 characters. */
  code?: string | null | undefined;
  /** New code system, at most 200 characters. */
  codeSystem?: string | null | undefined;
  /** New prescription as a text of at most 5,000 characters, in the place of lines too; not together with `prescriptionLines`. */
  prescription?: string | null | undefined;
  /** New prescription, medicine by medicine, at most 20; replaces the old one whole. Empty: nothing is prescribed. */
  prescriptionLines?: Array<PrescriptionLineInput> | null | undefined;
  /** New notes, at most 20,000 characters. */
  notes?: string | null | undefined;
};

/** A record that is not true of this patient. */
export type MarkMedicalRecordInErrorInput = {
  /** Which. */
  medicalRecordId: string | number;
  /** The `version` you have seen. Another one answers `VERSION_CONFLICT` with the current row and what changed. */
  expectedVersion: number;
  /** Why, 3 to 500 characters. */
  reason: string;
};

/** Sex as clinically recorded; gender identity is a field of its own. */
export type Sex =
  /** Female. */
  | 'FEMALE'
  /** Male. */
  | 'MALE'
  /** Neither, or intersex. */
  | 'OTHER'
  /** Not asked or not known. */
  | 'UNKNOWN';

/** How much of a birth date is known. */
export type DatePrecision =
  /** The day is known. */
  | 'DAY'
  /** Year and month are known; the date holds the first of the month. */
  | 'MONTH'
  /** The year is known or estimated; the date holds 1 January. */
  | 'YEAR'
  /** Nothing is known; the date is null. */
  | 'UNKNOWN';

/** Conditions on a Sex; all that are given must hold. A null is refused. */
export type SexFilter = {
  /** Equal to this. */
  eq?: Sex | null | undefined;
  /** One of these, at most 100. */
  in?: Array<Sex> | null | undefined;
};

/** Conditions on patients; all that are given must hold. */
export type PatientWhere = {
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By record number, as written. */
  mrn?: StringFilter | null | undefined;
  /** Has this identifier. */
  identifiers?: IdentifierInput | null | undefined;
  /** By family name. For names in any order, script or spelling use `searchPatients`. */
  familyName?: StringFilter | null | undefined;
  /** By given names. */
  givenName?: StringFilter | null | undefined;
  /** By day of birth; of a month or a year only, the first day counts. */
  birthDate?: DateFilter | null | undefined;
  /** By sex. */
  sex?: SexFilter | null | undefined;
  /** By E.164 number. */
  phoneNumber?: StringFilter | null | undefined;
  /** By e-mail address. */
  email?: StringFilter | null | undefined;
  /** By language tag. */
  preferredLanguage?: StringFilter | null | undefined;
  /** By day of death; `isNull: true` for the living. */
  deceasedOn?: DateFilter | null | undefined;
  /** By the patient's own doctor. */
  primaryPractitionerId?: IdFilter | null | undefined;
  /** True: only archived. Absent or false: only those that are listed. Both: `or` of the two. */
  isArchived?: boolean | null | undefined;
  /** By when they were registered. */
  createdAt?: DateTimeFilter | null | undefined;
  /** By when they last changed. */
  updatedAt?: DateTimeFilter | null | undefined;
  /** Has at least one visit like this. */
  hasAppointment?: AppointmentWhere | null | undefined;
  /** Has at least one record like this. */
  hasMedicalRecord?: MedicalRecordWhere | null | undefined;
  /** All of these, at most 10. Conditions nest at most 4 deep, those on what is linked included. */
  and?: Array<PatientWhere> | null | undefined;
  /** At least one of these, at most 10. */
  or?: Array<PatientWhere> | null | undefined;
  /** Not what this matches. Rows without a value are then matched too. */
  not?: PatientWhere | null | undefined;
};

/** Conditions on practitioners; all that are given must hold. */
export type PractitionerWhere = {
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By family name. */
  familyName?: StringFilter | null | undefined;
  /** By given names. */
  givenName?: StringFilter | null | undefined;
  /** By specialty. */
  specialty?: StringFilter | null | undefined;
  /** Has this identifier. */
  identifiers?: IdentifierInput | null | undefined;
  /** True: only those who can be booked. Absent: all. */
  isActive?: boolean | null | undefined;
  /** All of these, at most 10. Conditions nest at most 4 deep, those on what is linked included. */
  and?: Array<PractitionerWhere> | null | undefined;
  /** At least one of these, at most 10. */
  or?: Array<PractitionerWhere> | null | undefined;
  /** Not what this matches. Rows without a value are then matched too. */
  not?: PractitionerWhere | null | undefined;
};

/** Which way an order runs. */
export type OrderDirection =
  /** Smallest, oldest or first in the alphabet first. */
  | 'ASC'
  /** Largest, newest or last in the alphabet first. */
  | 'DESC';

/** A number that somebody else gave to a patient or practitioner. */
export type IdentifierInput = {
  /** Who gave it, as a URI, 1 to 200 characters. */
  system: string;
  /** The number, 1 to 200 characters. */
  value: string;
};

/** Conditions on a reference; all that are given must hold. A null is refused: ask with `isNull`. */
export type IdFilter = {
  /** Equal to this id. */
  eq?: string | number | null | undefined;
  /** One of these ids, at most 100. */
  in?: Array<string | number> | null | undefined;
  /** True: there is none. False: there is one. */
  isNull?: boolean | null | undefined;
};

/**
 * Conditions on a text, case folded, on names accents and script too ("გიორგი" is "giorgi"); all that are given must hold. A null is refused:
 * ask with `isNull`.
 */
export type StringFilter = {
  /** Equal to this. */
  eq?: string | null | undefined;
  /** Equal to one of these, at most 100. */
  in?: Array<string> | null | undefined;
  /** Begins with this. */
  startsWith?: string | null | undefined;
  /** Holds this anywhere. */
  contains?: string | null | undefined;
  /** True: there is none. False: there is one. */
  isNull?: boolean | null | undefined;
};

/** Conditions on a calendar day; all that are given must hold. A null is refused: ask with `isNull`. */
export type DateFilter = {
  /** On this day. */
  eq?: string | null | undefined;
  /** On one of these days, at most 100. */
  in?: Array<string> | null | undefined;
  /** On this day or later. */
  gte?: string | null | undefined;
  /** Before this day. The next range can start where this one ends. */
  lt?: string | null | undefined;
  /** True: there is none. False: there is one. */
  isNull?: boolean | null | undefined;
};

/** Conditions on an instant; all that are given must hold. A null is refused: ask with `isNull`. */
export type DateTimeFilter = {
  /** At this instant or later. */
  gte?: string | null | undefined;
  /** Before this instant. The next range can start where this one ends. */
  lt?: string | null | undefined;
  /** True: there is none. False: there is one. */
  isNull?: boolean | null | undefined;
};

export type RecordRowFragment = { id: string, status: MedicalRecordStatus, recordedOn: string, diagnosis: string, code: string | null, version: number, patient: { id: string, mrn: string, displayName: string, birthDate: string | null, birthDatePrecision: DatePrecision, age: number | null, sex: Sex }, practitioner: { id: string, displayName: string } | null };

export type RecordContentFragment = { id: string, version: number, status: MedicalRecordStatus, recordedOn: string, diagnosis: string, code: string | null, codeSystem: string | null, prescription: string | null, notes: string | null, createdAt: string, updatedAt: string, signedAt: string | null, amendedAt: string | null, amendmentReason: string | null, errorReason: string | null, prescriptionLines: Array<{ medicine: string, dose: string | null, route: string | null, frequency: string | null, startsOn: string | null, endsOn: string | null }>, patient: { id: string }, practitioner: { id: string, displayName: string } | null, appointment: { id: string, startsAt: string } | null, author: { id: string, displayName: string } | null, signer: { id: string, displayName: string } | null, amendedBy: { id: string, displayName: string } | null };

export type RecordAmendmentsFragment = { amendments: { nodes: Array<{ id: string, replacedVersion: number, reason: string, createdAt: string, diagnosis: string, code: string | null, prescription: string | null, notes: string | null, prescriptionLines: Array<{ medicine: string, dose: string | null, route: string | null, frequency: string | null, startsOn: string | null, endsOn: string | null }>, amendedBy: { id: string, displayName: string } | null }> } };

export type MedicalRecordsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  where?: MedicalRecordWhere | null | undefined;
  orderBy?: Array<MedicalRecordOrder> | MedicalRecordOrder | null | undefined;
}>;


export type MedicalRecordsQuery = { medicalRecords: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, nodes: Array<{ id: string, status: MedicalRecordStatus, recordedOn: string, diagnosis: string, code: string | null, version: number, patient: { id: string, mrn: string, displayName: string, birthDate: string | null, birthDatePrecision: DatePrecision, age: number | null, sex: Sex }, practitioner: { id: string, displayName: string } | null }> } };

export type MedicalRecordQueryVariables = Exact<{
  id: string | number;
}>;


export type MedicalRecordQuery = { medicalRecord: { id: string, version: number, status: MedicalRecordStatus, recordedOn: string, diagnosis: string, code: string | null, codeSystem: string | null, prescription: string | null, notes: string | null, createdAt: string, updatedAt: string, signedAt: string | null, amendedAt: string | null, amendmentReason: string | null, errorReason: string | null, prescriptionLines: Array<{ medicine: string, dose: string | null, route: string | null, frequency: string | null, startsOn: string | null, endsOn: string | null }>, patient: { id: string }, practitioner: { id: string, displayName: string } | null, appointment: { id: string, startsAt: string } | null, author: { id: string, displayName: string } | null, signer: { id: string, displayName: string } | null, amendedBy: { id: string, displayName: string } | null, amendments: { nodes: Array<{ id: string, replacedVersion: number, reason: string, createdAt: string, diagnosis: string, code: string | null, prescription: string | null, notes: string | null, prescriptionLines: Array<{ medicine: string, dose: string | null, route: string | null, frequency: string | null, startsOn: string | null, endsOn: string | null }>, amendedBy: { id: string, displayName: string } | null }> } } | null };

export type RecordChoicesQueryVariables = Exact<{
  patientId: string | number;
}>;


export type RecordChoicesQuery = { viewer: { id: string, user: { id: string, practitioner: { id: string, displayName: string } | null } } | null, practitioners: { nodes: Array<{ id: string, displayName: string, specialty: string | null }> }, patient: { id: string, archivedAt: string | null, appointments: { nodes: Array<{ id: string, startsAt: string, status: AppointmentStatus, reason: string | null, practitioner: { id: string, displayName: string } | null }> } } | null };

export type EarlierRecordsQueryVariables = Exact<{
  patientId: string | number;
}>;


export type EarlierRecordsQuery = { patient: { id: string, medicalRecords: { nodes: Array<{ id: string, status: MedicalRecordStatus, recordedOn: string, diagnosis: string, code: string | null }> } | null } | null };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { viewer: { id: string, user: { id: string, practitioner: { id: string, displayName: string } | null } } | null };

export type CreateMedicalRecordMutationVariables = Exact<{
  input: CreateMedicalRecordInput;
  key: string;
}>;


export type CreateMedicalRecordMutation = { createMedicalRecord: { medicalRecord: { id: string, version: number, status: MedicalRecordStatus, recordedOn: string, diagnosis: string, code: string | null, codeSystem: string | null, prescription: string | null, notes: string | null, createdAt: string, updatedAt: string, signedAt: string | null, amendedAt: string | null, amendmentReason: string | null, errorReason: string | null, prescriptionLines: Array<{ medicine: string, dose: string | null, route: string | null, frequency: string | null, startsOn: string | null, endsOn: string | null }>, patient: { id: string }, practitioner: { id: string, displayName: string } | null, appointment: { id: string, startsAt: string } | null, author: { id: string, displayName: string } | null, signer: { id: string, displayName: string } | null, amendedBy: { id: string, displayName: string } | null } } | null };

export type UpdateMedicalRecordMutationVariables = Exact<{
  input: UpdateMedicalRecordInput;
}>;


export type UpdateMedicalRecordMutation = { updateMedicalRecord: { medicalRecord: { id: string, version: number, status: MedicalRecordStatus, recordedOn: string, diagnosis: string, code: string | null, codeSystem: string | null, prescription: string | null, notes: string | null, createdAt: string, updatedAt: string, signedAt: string | null, amendedAt: string | null, amendmentReason: string | null, errorReason: string | null, prescriptionLines: Array<{ medicine: string, dose: string | null, route: string | null, frequency: string | null, startsOn: string | null, endsOn: string | null }>, patient: { id: string }, practitioner: { id: string, displayName: string } | null, appointment: { id: string, startsAt: string } | null, author: { id: string, displayName: string } | null, signer: { id: string, displayName: string } | null, amendedBy: { id: string, displayName: string } | null } } | null };

export type SignMedicalRecordMutationVariables = Exact<{
  input: SignMedicalRecordInput;
}>;


export type SignMedicalRecordMutation = { signMedicalRecord: { medicalRecord: { id: string, version: number, status: MedicalRecordStatus, recordedOn: string, diagnosis: string, code: string | null, codeSystem: string | null, prescription: string | null, notes: string | null, createdAt: string, updatedAt: string, signedAt: string | null, amendedAt: string | null, amendmentReason: string | null, errorReason: string | null, prescriptionLines: Array<{ medicine: string, dose: string | null, route: string | null, frequency: string | null, startsOn: string | null, endsOn: string | null }>, patient: { id: string }, practitioner: { id: string, displayName: string } | null, appointment: { id: string, startsAt: string } | null, author: { id: string, displayName: string } | null, signer: { id: string, displayName: string } | null, amendedBy: { id: string, displayName: string } | null } } | null };

export type AmendMedicalRecordMutationVariables = Exact<{
  input: AmendMedicalRecordInput;
}>;


export type AmendMedicalRecordMutation = { amendMedicalRecord: { medicalRecord: { id: string, version: number, status: MedicalRecordStatus, recordedOn: string, diagnosis: string, code: string | null, codeSystem: string | null, prescription: string | null, notes: string | null, createdAt: string, updatedAt: string, signedAt: string | null, amendedAt: string | null, amendmentReason: string | null, errorReason: string | null, prescriptionLines: Array<{ medicine: string, dose: string | null, route: string | null, frequency: string | null, startsOn: string | null, endsOn: string | null }>, patient: { id: string }, practitioner: { id: string, displayName: string } | null, appointment: { id: string, startsAt: string } | null, author: { id: string, displayName: string } | null, signer: { id: string, displayName: string } | null, amendedBy: { id: string, displayName: string } | null, amendments: { nodes: Array<{ id: string, replacedVersion: number, reason: string, createdAt: string, diagnosis: string, code: string | null, prescription: string | null, notes: string | null, prescriptionLines: Array<{ medicine: string, dose: string | null, route: string | null, frequency: string | null, startsOn: string | null, endsOn: string | null }>, amendedBy: { id: string, displayName: string } | null }> } } } | null };

export type MarkMedicalRecordInErrorMutationVariables = Exact<{
  input: MarkMedicalRecordInErrorInput;
}>;


export type MarkMedicalRecordInErrorMutation = { markMedicalRecordInError: { medicalRecord: { id: string, version: number, status: MedicalRecordStatus, recordedOn: string, diagnosis: string, code: string | null, codeSystem: string | null, prescription: string | null, notes: string | null, createdAt: string, updatedAt: string, signedAt: string | null, amendedAt: string | null, amendmentReason: string | null, errorReason: string | null, prescriptionLines: Array<{ medicine: string, dose: string | null, route: string | null, frequency: string | null, startsOn: string | null, endsOn: string | null }>, patient: { id: string }, practitioner: { id: string, displayName: string } | null, appointment: { id: string, startsAt: string } | null, author: { id: string, displayName: string } | null, signer: { id: string, displayName: string } | null, amendedBy: { id: string, displayName: string } | null } } | null };

export type RecordHistoryQueryVariables = Exact<{
  id: string | number;
}>;


export type RecordHistoryQuery = { medicalRecord: { id: string, history: { nodes: Array<{ version: number, validFrom: string, actor: string, reason: string | null, user: { id: string, displayName: string } | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> } } | null };

export const RecordRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MedicalRecord"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"recordedOn"}},{"kind":"Field","name":{"kind":"Name","value":"diagnosis"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"mrn"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"birthDatePrecision"}},{"kind":"Field","name":{"kind":"Name","value":"age"}},{"kind":"Field","name":{"kind":"Name","value":"sex"}}]}},{"kind":"Field","name":{"kind":"Name","value":"practitioner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<RecordRowFragment, unknown>;
export const RecordContentFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordContent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MedicalRecord"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"recordedOn"}},{"kind":"Field","name":{"kind":"Name","value":"diagnosis"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"codeSystem"}},{"kind":"Field","name":{"kind":"Name","value":"prescription"}},{"kind":"Field","name":{"kind":"Name","value":"prescriptionLines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicine"}},{"kind":"Field","name":{"kind":"Name","value":"dose"}},{"kind":"Field","name":{"kind":"Name","value":"route"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"notes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"signedAt"}},{"kind":"Field","name":{"kind":"Name","value":"amendedAt"}},{"kind":"Field","name":{"kind":"Name","value":"amendmentReason"}},{"kind":"Field","name":{"kind":"Name","value":"errorReason"}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"practitioner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"appointment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"signer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"amendedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<RecordContentFragment, unknown>;
export const RecordAmendmentsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordAmendments"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MedicalRecord"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amendments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"replacedVersion"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"diagnosis"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"prescription"}},{"kind":"Field","name":{"kind":"Name","value":"prescriptionLines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicine"}},{"kind":"Field","name":{"kind":"Name","value":"dose"}},{"kind":"Field","name":{"kind":"Name","value":"route"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"notes"}},{"kind":"Field","name":{"kind":"Name","value":"amendedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RecordAmendmentsFragment, unknown>;
export const MedicalRecordsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MedicalRecords"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"where"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"MedicalRecordWhere"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MedicalRecordOrder"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicalRecords"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"where"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordRow"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MedicalRecord"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"recordedOn"}},{"kind":"Field","name":{"kind":"Name","value":"diagnosis"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"mrn"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"birthDatePrecision"}},{"kind":"Field","name":{"kind":"Name","value":"age"}},{"kind":"Field","name":{"kind":"Name","value":"sex"}}]}},{"kind":"Field","name":{"kind":"Name","value":"practitioner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<MedicalRecordsQuery, MedicalRecordsQueryVariables>;
export const MedicalRecordDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MedicalRecord"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicalRecord"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordContent"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordAmendments"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordContent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MedicalRecord"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"recordedOn"}},{"kind":"Field","name":{"kind":"Name","value":"diagnosis"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"codeSystem"}},{"kind":"Field","name":{"kind":"Name","value":"prescription"}},{"kind":"Field","name":{"kind":"Name","value":"prescriptionLines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicine"}},{"kind":"Field","name":{"kind":"Name","value":"dose"}},{"kind":"Field","name":{"kind":"Name","value":"route"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"notes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"signedAt"}},{"kind":"Field","name":{"kind":"Name","value":"amendedAt"}},{"kind":"Field","name":{"kind":"Name","value":"amendmentReason"}},{"kind":"Field","name":{"kind":"Name","value":"errorReason"}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"practitioner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"appointment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"signer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"amendedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordAmendments"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MedicalRecord"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amendments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"replacedVersion"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"diagnosis"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"prescription"}},{"kind":"Field","name":{"kind":"Name","value":"prescriptionLines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicine"}},{"kind":"Field","name":{"kind":"Name","value":"dose"}},{"kind":"Field","name":{"kind":"Name","value":"route"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"notes"}},{"kind":"Field","name":{"kind":"Name","value":"amendedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}}]} as unknown as DocumentNode<MedicalRecordQuery, MedicalRecordQueryVariables>;
export const RecordChoicesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RecordChoices"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"patientId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"practitioner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"practitioners"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"isActive"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"specialty"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"patientId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"archivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"appointments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"status"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"in"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"BOOKED"},{"kind":"EnumValue","value":"CHECKED_IN"},{"kind":"EnumValue","value":"IN_PROGRESS"},{"kind":"EnumValue","value":"COMPLETED"}]}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"practitioner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<RecordChoicesQuery, RecordChoicesQueryVariables>;
export const EarlierRecordsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"EarlierRecords"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"patientId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"patient"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"patientId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"medicalRecords"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"6"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"recordedOn"}},{"kind":"Field","name":{"kind":"Name","value":"diagnosis"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]}}]} as unknown as DocumentNode<EarlierRecordsQuery, EarlierRecordsQueryVariables>;
export const MeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"practitioner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}}]} as unknown as DocumentNode<MeQuery, MeQueryVariables>;
export const CreateMedicalRecordDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateMedicalRecord"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateMedicalRecordInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"key"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createMedicalRecord"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"directives":[{"kind":"Directive","name":{"kind":"Name","value":"idempotent"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"key"},"value":{"kind":"Variable","name":{"kind":"Name","value":"key"}}}]}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicalRecord"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordContent"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordContent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MedicalRecord"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"recordedOn"}},{"kind":"Field","name":{"kind":"Name","value":"diagnosis"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"codeSystem"}},{"kind":"Field","name":{"kind":"Name","value":"prescription"}},{"kind":"Field","name":{"kind":"Name","value":"prescriptionLines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicine"}},{"kind":"Field","name":{"kind":"Name","value":"dose"}},{"kind":"Field","name":{"kind":"Name","value":"route"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"notes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"signedAt"}},{"kind":"Field","name":{"kind":"Name","value":"amendedAt"}},{"kind":"Field","name":{"kind":"Name","value":"amendmentReason"}},{"kind":"Field","name":{"kind":"Name","value":"errorReason"}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"practitioner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"appointment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"signer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"amendedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<CreateMedicalRecordMutation, CreateMedicalRecordMutationVariables>;
export const UpdateMedicalRecordDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateMedicalRecord"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateMedicalRecordInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateMedicalRecord"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicalRecord"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordContent"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordContent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MedicalRecord"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"recordedOn"}},{"kind":"Field","name":{"kind":"Name","value":"diagnosis"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"codeSystem"}},{"kind":"Field","name":{"kind":"Name","value":"prescription"}},{"kind":"Field","name":{"kind":"Name","value":"prescriptionLines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicine"}},{"kind":"Field","name":{"kind":"Name","value":"dose"}},{"kind":"Field","name":{"kind":"Name","value":"route"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"notes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"signedAt"}},{"kind":"Field","name":{"kind":"Name","value":"amendedAt"}},{"kind":"Field","name":{"kind":"Name","value":"amendmentReason"}},{"kind":"Field","name":{"kind":"Name","value":"errorReason"}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"practitioner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"appointment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"signer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"amendedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<UpdateMedicalRecordMutation, UpdateMedicalRecordMutationVariables>;
export const SignMedicalRecordDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignMedicalRecord"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignMedicalRecordInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signMedicalRecord"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicalRecord"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordContent"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordContent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MedicalRecord"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"recordedOn"}},{"kind":"Field","name":{"kind":"Name","value":"diagnosis"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"codeSystem"}},{"kind":"Field","name":{"kind":"Name","value":"prescription"}},{"kind":"Field","name":{"kind":"Name","value":"prescriptionLines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicine"}},{"kind":"Field","name":{"kind":"Name","value":"dose"}},{"kind":"Field","name":{"kind":"Name","value":"route"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"notes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"signedAt"}},{"kind":"Field","name":{"kind":"Name","value":"amendedAt"}},{"kind":"Field","name":{"kind":"Name","value":"amendmentReason"}},{"kind":"Field","name":{"kind":"Name","value":"errorReason"}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"practitioner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"appointment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"signer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"amendedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<SignMedicalRecordMutation, SignMedicalRecordMutationVariables>;
export const AmendMedicalRecordDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AmendMedicalRecord"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AmendMedicalRecordInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amendMedicalRecord"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicalRecord"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordContent"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordAmendments"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordContent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MedicalRecord"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"recordedOn"}},{"kind":"Field","name":{"kind":"Name","value":"diagnosis"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"codeSystem"}},{"kind":"Field","name":{"kind":"Name","value":"prescription"}},{"kind":"Field","name":{"kind":"Name","value":"prescriptionLines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicine"}},{"kind":"Field","name":{"kind":"Name","value":"dose"}},{"kind":"Field","name":{"kind":"Name","value":"route"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"notes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"signedAt"}},{"kind":"Field","name":{"kind":"Name","value":"amendedAt"}},{"kind":"Field","name":{"kind":"Name","value":"amendmentReason"}},{"kind":"Field","name":{"kind":"Name","value":"errorReason"}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"practitioner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"appointment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"signer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"amendedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordAmendments"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MedicalRecord"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amendments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"replacedVersion"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"diagnosis"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"prescription"}},{"kind":"Field","name":{"kind":"Name","value":"prescriptionLines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicine"}},{"kind":"Field","name":{"kind":"Name","value":"dose"}},{"kind":"Field","name":{"kind":"Name","value":"route"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"notes"}},{"kind":"Field","name":{"kind":"Name","value":"amendedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}}]} as unknown as DocumentNode<AmendMedicalRecordMutation, AmendMedicalRecordMutationVariables>;
export const MarkMedicalRecordInErrorDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"MarkMedicalRecordInError"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MarkMedicalRecordInErrorInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"markMedicalRecordInError"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicalRecord"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordContent"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordContent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MedicalRecord"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"recordedOn"}},{"kind":"Field","name":{"kind":"Name","value":"diagnosis"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"codeSystem"}},{"kind":"Field","name":{"kind":"Name","value":"prescription"}},{"kind":"Field","name":{"kind":"Name","value":"prescriptionLines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicine"}},{"kind":"Field","name":{"kind":"Name","value":"dose"}},{"kind":"Field","name":{"kind":"Name","value":"route"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"notes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"signedAt"}},{"kind":"Field","name":{"kind":"Name","value":"amendedAt"}},{"kind":"Field","name":{"kind":"Name","value":"amendmentReason"}},{"kind":"Field","name":{"kind":"Name","value":"errorReason"}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"practitioner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"appointment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"signer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"amendedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<MarkMedicalRecordInErrorMutation, MarkMedicalRecordInErrorMutationVariables>;
export const RecordHistoryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RecordHistory"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medicalRecord"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"history"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"validFrom"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<RecordHistoryQuery, RecordHistoryQueryVariables>;
