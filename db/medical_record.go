package db

import (
	"context"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
)

// MedicalRecordStatus says where a record stands.
type MedicalRecordStatus string

// The statuses. A signed record is evidence, and is not changed.
const (
	Draft         MedicalRecordStatus = "DRAFT"
	Signed        MedicalRecordStatus = "SIGNED"
	Amended       MedicalRecordStatus = "AMENDED"
	RecordInError MedicalRecordStatus = "ENTERED_IN_ERROR"
)

// MedicalRecord is one row of medical_records: what a practitioner found,
// thought and prescribed.
type MedicalRecord struct {
	Row
	PatientID      uuid.UUID           `db:"patient_id"`
	PractitionerID *uuid.UUID          `db:"practitioner_id"` // null only of imported records
	AppointmentID  *uuid.UUID          `db:"appointment_id"`  // of the same patient
	RecordedOn     Date                `db:"recorded_on"`     // the day it tells of; CreatedAt is when it was typed
	Status         MedicalRecordStatus `db:"status"`
	Diagnosis      string              `db:"diagnosis" max:"5000"`
	Code           *string             `db:"code" max:"50"`
	CodeSystem     *string             `db:"code_system" max:"200"` // a URI, such as http://snomed.info/sct
	Prescription   *string             `db:"prescription" max:"5000"`
	// PrescriptionLines are the same medicine by medicine; nil where only the text was given.
	PrescriptionLines PrescriptionLines `db:"prescription_lines"`
	Notes             *string           `db:"notes" max:"20000"`
	AuthorID          *uuid.UUID        `db:"author_id"` // never changes; null of an import
	SignedAt          *time.Time        `db:"signed_at"` // null of a draft, and of what an import says was signed
	SignedByID        *uuid.UUID        `db:"signed_by_id"`
	SignerID          *uuid.UUID        `db:"signer_id"`
	AmendedAt         *time.Time        `db:"amended_at"`
	AmendedByID       *uuid.UUID        `db:"amended_by_id"`
	AmendmentReason   *string           `db:"amendment_reason" max:"500"`
	ErrorReason       *string           `db:"error_reason" max:"500"`

	faults []Problem // of a change
}

var medicalRecords = newTable(table[MedicalRecord]{
	name: "medical_records", kind: KindMedicalRecord, wall: wall{patient: "patient_id", chart: true},
	usual:  []orderKey{{column: "recorded_on", desc: true}},
	listed: "t.status <> 'ENTERED_IN_ERROR'", unless: "Status",
	looksAt: map[string]string{
		"patient": "patient_id", "practitioner": "practitioner_id", "appointment": "appointment_id", "author": "author_id", "signedBy": "signed_by_id",
		"signer": "signer_id", "amendedBy": "amended_by_id", "prescriptionLines": "prescription prescription_lines",
	},
})

// MedicalRecordWhere holds conditions on records.
type MedicalRecordWhere struct {
	ID             *IDFilter
	PatientID      *IDFilter
	PractitionerID *IDFilter
	AppointmentID  *IDFilter
	RecordedOn     *DateFilter
	Status         *MedicalRecordStatusFilter
	Diagnosis      *StringFilter
	Code           *StringFilter
	Prescription   *StringFilter
	Notes          *StringFilter
	UpdatedAt      *DateTimeFilter
	Patient        *PatientWhere      `via:"patients.id = patient_id"`
	Practitioner   *PractitionerWhere `via:"practitioners.id = practitioner_id"`
	Appointment    *AppointmentWhere  `via:"appointments.id = appointment_id"`
	And, Or        []*MedicalRecordWhere
	Not            *MedicalRecordWhere
}

func (r *MedicalRecord) check(clinic *Clinic, found *problems) {
	if r.RecordedOn > clinic.today() {
		found.add("recordedOn", InTheFuture, "lies in the future")
	}
	if r.CodeSystem != nil && r.Code == nil {
		found.add("code", Required, "is needed with codeSystem")
	}
	r.normaliseCode()
	found.found = append(found.found, r.faults...)
}

// settle brings what belongs together into one form after a change from what
// the record was before, and keeps what is wrong with it for check. A code that
// was told by an import and is not changed is not looked at.
func (r *MedicalRecord) settle(before *MedicalRecord) {
	var found problems
	if (!sameText(r.Code, before.Code) || !sameText(r.CodeSystem, before.CodeSystem)) && !r.normaliseCode() {
		found.add("code", BadFormat, "is a code of ICD-10, like J45.9")
	}
	r.prescribe(before, &found)
	r.faults = found.found
}

// Patient returns whose record it is.
func (r *MedicalRecord) Patient(ctx context.Context) (*Patient, error) {
	return one(ctx, r, patients, "patient_id")
}

// Practitioner returns who answers for it, or nil.
func (r *MedicalRecord) Practitioner(ctx context.Context) (*Practitioner, error) {
	return one(ctx, r, practitioners, "practitioner_id")
}

// Appointment returns the visit that it belongs to, or nil.
func (r *MedicalRecord) Appointment(ctx context.Context) (*Appointment, error) {
	return one(ctx, r, appointments, "appointment_id")
}

// Author returns who wrote it, or nil.
func (r *MedicalRecord) Author(ctx context.Context) (*User, error) {
	return one(ctx, r, users, "author_id")
}

// SignedBy returns the user who signed it, or nil.
func (r *MedicalRecord) SignedBy(ctx context.Context) (*User, error) {
	return one(ctx, r, users, "signed_by_id")
}

// Signer returns the practitioner who signed it, or nil.
func (r *MedicalRecord) Signer(ctx context.Context) (*Practitioner, error) {
	return one(ctx, r, practitioners, "signer_id")
}

// AmendedBy returns who amended it last, or nil.
func (r *MedicalRecord) AmendedBy(ctx context.Context) (*User, error) {
	return one(ctx, r, users, "amended_by_id")
}

// MedicalRecord returns the record with the id, or ErrNotFound.
func (d *DB) MedicalRecord(ctx context.Context, id uuid.UUID) (*MedicalRecord, error) {
	return get(ctx, d, medicalRecords, id)
}

// MedicalRecords returns a page of all records, newest first.
func (d *DB) MedicalRecords(ctx context.Context, page Page, where *MedicalRecordWhere, orderBy []*Order) (*MedicalRecordConnection, error) {
	return list(ctx, d, medicalRecords, query{page, where, orderBy})
}

// CreateMedicalRecord drafts r; without a day it tells of the clinic's today.
// The actor is its author, whoever answers for it.
func (d *DB) CreateMedicalRecord(ctx context.Context, r *MedicalRecord) (*MedicalRecord, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*MedicalRecord, error) {
		r.Status, r.AuthorID = Draft, actingUser(ctx)
		if r.RecordedOn == "" {
			r.RecordedOn = tx.clinic.today()
		}
		if err := tx.checkChart(ctx, r.PatientID, true); err != nil {
			return nil, err
		}
		r.settle(&MedicalRecord{})
		return create(ctx, tx, medicalRecords, r)
	})
}

// UpdateMedicalRecord lets change edit the draft of the expected version.
func (d *DB) UpdateMedicalRecord(ctx context.Context, id uuid.UUID, expected int32, change func(*MedicalRecord)) (*MedicalRecord, error) {
	return edit(ctx, d, medicalRecords, id, expected, func(ctx context.Context, _ *Tx, r *MedicalRecord) error {
		if r.Status != Draft {
			touch(ctx, r.PatientID) // where it stands is told
			return &ConflictError{"a record that is " + string(r.Status) + " is not changed"}
		}
		before := *r
		change(r)
		r.settle(&before)
		return nil
	})
}

// actingUser returns the user who acts; nil for the server itself.
func actingUser(ctx context.Context) *uuid.UUID {
	actor, _ := auth.From(ctx)
	if actor.UserID == uuid.Nil {
		return nil
	}
	return &actor.UserID
}

// The types that lists of records are made of.
type (
	MedicalRecordConnection   = Connection[MedicalRecord]
	MedicalRecordEdge         = Edge[MedicalRecord]
	MedicalRecordOrder        = Order
	MedicalRecordStatusFilter = EnumFilter[MedicalRecordStatus]
)

// MedicalRecordEdgeOf returns r as an edge of the list of records.
func MedicalRecordEdgeOf(r *MedicalRecord) *MedicalRecordEdge { return edge(medicalRecords, r) }
