package db

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"
)

// AllergySeverity says how grave the reaction is.
type AllergySeverity string

// The severities.
const (
	Mild            AllergySeverity = "MILD"
	Moderate        AllergySeverity = "MODERATE"
	Severe          AllergySeverity = "SEVERE"
	UnknownSeverity AllergySeverity = "UNKNOWN"
)

// AllergyEntryStatus says how far an entry is to be trusted.
type AllergyEntryStatus string

// The statuses; the last two take the entry off the list.
const (
	Unconfirmed    AllergyEntryStatus = "UNCONFIRMED"
	Confirmed      AllergyEntryStatus = "CONFIRMED"
	Resolved       AllergyEntryStatus = "RESOLVED"
	Refuted        AllergyEntryStatus = "REFUTED"
	AllergyInError AllergyEntryStatus = "ENTERED_IN_ERROR"
)

// AllergyStatus says whether a patient's allergies are known.
type AllergyStatus string

// The answers to whether allergies are known.
const (
	NotAsked           AllergyStatus = "NOT_ASKED"
	NoKnownAllergies   AllergyStatus = "NO_KNOWN_ALLERGIES"
	AllergiesAreListed AllergyStatus = "ALLERGIES_RECORDED"
)

// Allergy is one row of allergies: something that a patient must not be given or meet.
type Allergy struct {
	Row
	PatientID    uuid.UUID          `db:"patient_id"`
	Substance    string             `db:"substance" max:"200"`
	Code         *string            `db:"code" max:"50"`
	CodeSystem   *string            `db:"code_system" max:"200"`
	Reaction     *string            `db:"reaction" max:"500"`
	Severity     AllergySeverity    `db:"severity"`
	Status       AllergyEntryStatus `db:"status"`
	StatusReason *string            `db:"status_reason" max:"500"`
	NotedOn      Date               `db:"noted_on"`
}

var allergies = newTable(table[Allergy]{
	name: "allergies", kind: KindAllergy, wall: wall{patient: "patient_id", chart: true},
	usual:  []orderKey{{column: "noted_on", desc: true}},
	listed: "t.status NOT IN ('REFUTED', 'ENTERED_IN_ERROR')",
})

func (a *Allergy) check(clinic *Clinic, found *problems) {
	if a.NotedOn > clinic.today() {
		found.add("notedOn", InTheFuture, "lies in the future")
	}
}

// Patient returns whose allergy it is.
func (a *Allergy) Patient(ctx context.Context) (*Patient, error) {
	return one(ctx, a, patients, "patient_id")
}

// Allergies returns the patient's allergies, gravest first, without those that
// were refuted or entered in error. It is nil when the chart is closed to the
// actor, and else never.
func (p *Patient) Allergies(ctx context.Context) ([]*Allergy, error) {
	if access, err := p.ChartAccess(ctx); err != nil || access == ChartClosed {
		return nil, err
	}
	most := int32(MaxPageSize)
	page, err := many(ctx, p, allergies, "t.patient_id = p.id", query{page: Page{First: &most}})
	if err != nil {
		return nil, err
	}
	rows, err := page.Nodes(ctx)
	if err != nil {
		return nil, err
	}
	gravity := []AllergySeverity{Severe, Moderate, UnknownSeverity, Mild}
	rows = append([]*Allergy{}, rows...)
	slices.SortStableFunc(rows, func(a, b *Allergy) int {
		return cmp.Compare(slices.Index(gravity, a.Severity), slices.Index(gravity, b.Severity))
	})
	return rows, nil
}

// AllergyStatus tells an empty list of allergies from one that nobody asked
// for. It is nil when the chart is closed to the actor.
func (p *Patient) AllergyStatus(ctx context.Context) (*AllergyStatus, error) {
	rows, err := p.Allergies(ctx)
	if err != nil || rows == nil {
		return nil, err
	}
	status := NotAsked
	if len(rows) > 0 {
		status = AllergiesAreListed
	} else if on, err := p.noAllergiesOn(ctx); err != nil {
		return nil, err
	} else if on != "" {
		status = NoKnownAllergies
	}
	return &status, nil
}

// RecordAllergy notes a; without a day it was noted on the clinic's today.
func (d *DB) RecordAllergy(ctx context.Context, a *Allergy) (*Allergy, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*Allergy, error) {
		if err := tx.checkChart(ctx, a.PatientID, false); err != nil {
			return nil, err
		}
		if a.Status = cmp.Or(a.Status, Confirmed); a.Status != Confirmed && a.Status != Unconfirmed {
			return nil, Invalid("status", OutOfRange, "is CONFIRMED or UNCONFIRMED of an allergy that is noted")
		}
		if a.NotedOn == "" {
			a.NotedOn = tx.clinic.today()
		}
		return create(ctx, tx, allergies, a)
	})
}

// ConfirmNoAllergies notes that the patient of the expected version was asked
// and has no allergies. It is refused while some are listed.
func (d *DB) ConfirmNoAllergies(ctx context.Context, id uuid.UUID, expected int32) (*Patient, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*Patient, error) {
		p, err := lock(ctx, tx, patients, id)
		if err != nil {
			return nil, err
		}
		if err := tx.checkChart(ctx, id, false); isInvalid(err) {
			return nil, ErrNotFound // as of a patient who is not there
		} else if err != nil {
			return nil, err
		}
		if p.Version != expected {
			return nil, staleError(ctx, tx, patients, p, expected)
		}
		var some bool
		err = tx.GetContext(ctx, &some, "SELECT EXISTS (SELECT FROM allergies t WHERE t.patient_id = $1 AND "+allergies.listed+")", id)
		if err != nil {
			return nil, translate(err)
		}
		if some {
			touch(ctx, id) // that some are listed is told
			return nil, &ConflictError{"allergies of this patient are listed"}
		}
		if err := tx.noteNoAllergies(ctx, AllergyAbsence{id, tx.clinic.today()}); err != nil {
			return nil, err
		}
		return p, update(ctx, tx, patients, p) // whoever read the patient before has something to read again
	})
}

// ConfirmAllergy notes that the allergy of the expected version is so; the
// reason is optional.
func (d *DB) ConfirmAllergy(ctx context.Context, id uuid.UUID, expected int32, reason *string) (*Allergy, error) {
	return d.setAllergyStatus(ctx, id, expected, Confirmed, reason)
}

// RefuteAllergy takes the allergy of the expected version off the list, as it is not so.
func (d *DB) RefuteAllergy(ctx context.Context, id uuid.UUID, expected int32, reason string) (*Allergy, error) {
	return d.setAllergyStatus(ctx, id, expected, Refuted, &reason)
}

// MarkAllergyInError takes the allergy of the expected version off the list, as
// it never was this patient's. It is not changed any more.
func (d *DB) MarkAllergyInError(ctx context.Context, id uuid.UUID, expected int32, reason string) (*Allergy, error) {
	return d.setAllergyStatus(ctx, id, expected, AllergyInError, &reason)
}

func (d *DB) setAllergyStatus(ctx context.Context, id uuid.UUID, expected int32, to AllergyEntryStatus, reason *string) (*Allergy, error) {
	return edit(ctx, d, allergies, id, expected, func(ctx context.Context, tx *Tx, a *Allergy) error {
		if a.Status == to || a.Status == AllergyInError {
			touch(ctx, a.PatientID) // where it stands is told
			return Invalid("allergyId", IllegalStep, "names an allergy that is "+string(a.Status)+" already")
		}
		a.Status, a.StatusReason = to, reason
		if reason == nil {
			return nil
		}
		if err := checkReason(*reason); err != nil {
			return err
		}
		return tx.explain(ctx, *reason)
	})
}
