package db

import (
	"context"
	"reflect"
	"time"
	"unicode/utf8"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
)

// SignMedicalRecord signs the draft of the expected version, which must be one
// that the actor answers for. From then on it is evidence.
func (d *DB) SignMedicalRecord(ctx context.Context, id uuid.UUID, expected int32) (*MedicalRecord, error) {
	return edit(ctx, d, medicalRecords, id, expected, func(ctx context.Context, _ *Tx, r *MedicalRecord) error {
		if r.Status != Draft {
			return r.refuseStep(ctx, "is not signed")
		}
		actor, _ := auth.From(ctx)
		if actor.PractitionerID == uuid.Nil || r.PractitionerID == nil || *r.PractitionerID != actor.PractitionerID {
			touch(ctx, r.PatientID) // that somebody else answers for it is told
			return Invalid("medicalRecordId", NotAllowedNow, "is signed by the practitioner who answers for it")
		}
		r.Status, r.SignedAt, r.SignedByID, r.SignerID = Signed, instant(), actingUser(ctx), r.PractitionerID
		return nil
	})
}

// AmendMedicalRecord lets change correct what the signed record of the expected
// version says. The database keeps what it said before, with the reason. A
// change that alters nothing is no amendment.
func (d *DB) AmendMedicalRecord(ctx context.Context, id uuid.UUID, expected int32, reason string, change func(*MedicalRecord)) (*MedicalRecord, error) {
	return edit(ctx, d, medicalRecords, id, expected, func(ctx context.Context, tx *Tx, r *MedicalRecord) error {
		if r.Status != Signed && r.Status != Amended {
			return r.refuseStep(ctx, "is not amended")
		}
		if err := checkReason(reason); err != nil {
			return err
		}
		before := *r
		change(r)
		r.settle(&before)
		if err := checkRow(tx, r); err != nil {
			return err
		}
		if reflect.DeepEqual(before, *r) {
			return nil
		}
		r.Status, r.AmendedAt, r.AmendedByID, r.AmendmentReason = Amended, instant(), actingUser(ctx), &reason
		return tx.explain(ctx, reason)
	})
}

// MarkMedicalRecordInError takes back the record of the expected version, for
// example one of the wrong patient; one that was signed only as a doctor.
func (d *DB) MarkMedicalRecordInError(ctx context.Context, id uuid.UUID, expected int32, reason string) (*MedicalRecord, error) {
	return edit(ctx, d, medicalRecords, id, expected, func(ctx context.Context, tx *Tx, r *MedicalRecord) error {
		if r.Status == RecordInError {
			return r.refuseStep(ctx, "is not taken back again")
		}
		if actor, _ := auth.From(ctx); r.Status != Draft && actor.Role == auth.Nurse {
			touch(ctx, r.PatientID) // that it is signed is told
			return Invalid("medicalRecordId", NotAllowedNow, "is signed: a doctor takes it back")
		}
		if err := checkReason(reason); err != nil {
			return err
		}
		r.Status, r.ErrorReason = RecordInError, &reason
		return tx.explain(ctx, reason)
	})
}

// refuseStep says where the record stands, which is read from its chart.
func (r *MedicalRecord) refuseStep(ctx context.Context, so string) error {
	touch(ctx, r.PatientID)
	return Invalid("medicalRecordId", IllegalStep, "names a record that is "+string(r.Status)+": it "+so)
}

// checkReason says what is wrong with why something was done.
func checkReason(reason string) error {
	code, message := CheckText(reason, 500)
	if code == "" && utf8.RuneCountInString(reason) < 3 {
		code, message = TooShort, "is shorter than 3 characters"
	}
	if code != "" {
		return Invalid("reason", code, message)
	}
	return nil
}

// instant is now, as the database keeps it.
func instant() *time.Time {
	now := time.Now().UTC().Truncate(time.Microsecond)
	return &now
}
