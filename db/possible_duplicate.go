package db

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// MaxPossibleDuplicates is how many patients are answered who may be one person.
const MaxPossibleDuplicates = 20

// A PossibleDuplicate is a patient who may be the same person as another.
type PossibleDuplicate struct {
	Patient    *Patient
	Score      int32 // 0 to 100
	Reasons    []DuplicateReason
	IsRuledOut bool // somebody said that they are two persons
}

// PossibleDuplicatesOf names whom duplicates are looked for of, by exactly one of
// its fields.
type PossibleDuplicatesOf struct {
	PatientID *uuid.UUID
	Patient   *PersonInput
}

// PersonInput is what is known of somebody who is not registered yet.
type PersonInput struct {
	GivenName          *string `max:"200"`
	FamilyName         *string `max:"200"`
	BirthDate          *Date
	BirthDatePrecision DatePrecision
	Sex                *Sex
	Phone              *string `max:"50"`
	Identifiers        []*Identifier
}

// person returns what is known as a patient, in the form in which patients are kept.
func (i *PersonInput) person(clinic *Clinic) (*Patient, error) {
	var found problems
	known := *i
	found.texts(&known)
	Identifiers(known.Identifiers).check(&found)
	p := &Patient{Name: Name{GivenName: known.GivenName, FamilyName: known.FamilyName}, Phone: known.Phone, Identifiers: known.Identifiers,
		BirthDate: known.BirthDate, BirthDatePrecision: known.BirthDatePrecision, Sex: UnknownSex}
	if known.Sex != nil {
		p.Sex = *known.Sex
	}
	p.readPhone(clinic)
	if p.BirthDatePrecision == UnknownPrecision {
		p.BirthDate = nil
	}
	p.roundBirthDate()
	p.index()
	return p, found.err()
}

// PossibleDuplicates returns the patients who may be the same person as the one
// that of names, archived ones too, likeliest first.
func (d *DB) PossibleDuplicates(ctx context.Context, of PossibleDuplicatesOf) ([]*PossibleDuplicate, error) {
	pool, err := d.pool(ctx)
	if err != nil {
		return nil, err
	}
	var p *Patient
	if of.PatientID != nil {
		p, err = d.Patient(ctx, *of.PatientID)
	} else if clinic, failed := d.Clinic(ctx); failed != nil {
		err = failed
	} else if of.Patient != nil {
		p, err = of.Patient.person(clinic)
	}
	if err != nil || p == nil {
		return nil, err
	}
	defer count(ctx, time.Now())
	found, err := possibleDuplicates(ctx, pool, p)
	if err != nil {
		return nil, fmt.Errorf("look for duplicates: %w", err)
	}
	rows := make([]*Patient, len(found))
	for n, f := range found {
		rows[n] = f.Patient
	}
	newBatch(ctx, d, rows)
	return found, nil
}

// possibleDuplicates reads who may be p, and judges them.
func possibleDuplicates(ctx context.Context, from sqlx.QueryerContext, p *Patient) ([]*PossibleDuplicate, error) {
	s := newStatement(ctx)
	if !writeDuplicateSearch(s, p) {
		return nil, nil
	}
	rows, err := from.QueryxContext(ctx, s.String(), s.args...)
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close()
	var found []*PossibleDuplicate
	for rows.Next() {
		other := new(Patient)
		if err := rows.Scan(patients.targets(other)...); err != nil {
			return nil, translate(err)
		}
		if score, reasons := likeness(p, other); other.ID != p.ID && score >= possibleScore {
			found = append(found, &PossibleDuplicate{other, score, reasons, p.isNot(other)})
		}
	}
	slices.SortFunc(found, func(a, b *PossibleDuplicate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Patient.ID.String(), b.Patient.ID.String()))
	})
	return found[:min(len(found), MaxPossibleDuplicates)], translate(rows.Err())
}

// isNot says whether it was said at the registration of either that p and other
// are two persons.
func (p *Patient) isNot(other *Patient) bool {
	return slices.Contains(p.NotDuplicateOf, other.ID.String()) || slices.Contains(other.NotDuplicateOf, p.ID.String())
}
