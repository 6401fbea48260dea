package db

import (
	"context"

	"github.com/google/uuid"
)

// MedicalRecordAmendment is one row of medical_record_amendments: what a signed
// record said until it was amended, and why it was. The database writes it.
type MedicalRecordAmendment struct {
	Row
	MedicalRecordID   uuid.UUID         `db:"medical_record_id"`
	PatientID         uuid.UUID         `db:"patient_id"`
	ReplacedVersion   int32             `db:"replaced_version"`
	Reason            string            `db:"reason" max:"500"`
	AmendedByID       *uuid.UUID        `db:"amended_by_id"`
	Diagnosis         string            `db:"diagnosis" max:"5000"`
	Code              *string           `db:"code" max:"50"`
	CodeSystem        *string           `db:"code_system" max:"200"`
	Prescription      *string           `db:"prescription" max:"5000"`
	PrescriptionLines PrescriptionLines `db:"prescription_lines"`
	Notes             *string           `db:"notes" max:"20000"`
}

var medicalRecordAmendments = newTable(table[MedicalRecordAmendment]{
	name: "medical_record_amendments", kind: KindMedicalRecordAmendment, wall: wall{patient: "patient_id", chart: true},
	usual: []orderKey{{column: "replaced_version", desc: true}},
})

// MedicalRecord returns the record as it is now.
func (a *MedicalRecordAmendment) MedicalRecord(ctx context.Context) (*MedicalRecord, error) {
	return one(ctx, a, medicalRecords, "medical_record_id")
}

// AmendedBy returns who amended the record, or nil.
func (a *MedicalRecordAmendment) AmendedBy(ctx context.Context) (*User, error) {
	return one(ctx, a, users, "amended_by_id")
}

// LinesOfPrescription returns what was prescribed until then, line by line.
func (a *MedicalRecordAmendment) LinesOfPrescription() []*PrescriptionLine {
	return linesOf(a.PrescriptionLines, a.Prescription)
}

// Amendments returns a page of what was amended of the record, newest first.
func (r *MedicalRecord) Amendments(ctx context.Context, first *int32, after *string, last *int32, before *string) (*MedicalRecordAmendmentConnection, error) {
	return many(ctx, r, medicalRecordAmendments, "t.medical_record_id = p.id", query{page: Page{first, after, last, before}})
}

// The types that lists of amendments are made of.
type (
	MedicalRecordAmendmentConnection = Connection[MedicalRecordAmendment]
	MedicalRecordAmendmentEdge       = Edge[MedicalRecordAmendment]
)
