package db

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
)

// findPatient settles whose chart it is: whom the source became before, who has
// one of the identifiers, or somebody new. Without an answer in.patient stays nil.
func (in *chartImport) findPatient(ctx context.Context, numbers []Identifier) error {
	told := in.chart.Patient
	if was, known := in.known[told.Source]; known {
		in.patient = &Patient{Row: Row{ID: was.ID}}
		if told.Row != nil {
			in.result.Known[told.Source.Type]++
		}
		return nil
	}
	owner, err := in.owner(ctx, numbers)
	switch {
	case err != nil || in.refused != nil:
		return err
	case owner != uuid.Nil:
		in.patient = &Patient{Row: Row{ID: owner}}
	case told.Row == nil:
		in.refuse(told.Source, Problem{nil, UnknownReference, "leads to no patient"})
		return nil
	default:
		row := *told.Row
		row.ID, in.isNew, in.patient = NewID(KindPatient), true, &row
		if err := in.check(told.Source, in.patient); err != nil {
			return err
		}
	}
	if told.Row == nil {
		return nil
	}
	in.add(told.Source, in.patient.ID)
	if !in.isNew {
		in.result.Written[told.Source.Type]--
		in.result.Known[told.Source.Type]++
	}
	return nil
}

// owner returns the patient who has one of the identifiers, or the nil id.
func (in *chartImport) owner(ctx context.Context, numbers []Identifier) (uuid.UUID, error) {
	var owners []uuid.UUID
	systems, values := columnsOfIdentifiers(numbers)
	err := in.tx.SelectContext(ctx, &owners, `
		SELECT DISTINCT i.owner_id
		FROM patient_identifiers i
		JOIN unnest($1::text[], $2::text[]) n (system, value) USING (system, value)`, systems, values)
	switch {
	case err != nil:
		return uuid.Nil, fmt.Errorf("find patient: %w", translate(err))
	case len(owners) == 0:
		return uuid.Nil, nil
	case len(owners) > 1:
		in.refuse(in.chart.Patient.Source, Problem{[]any{"identifiers"}, NotUnique, "belong to several patients already"})
	}
	return owners[0], nil
}

// lockPatient reads the known patient whose chart grows, and refuses one who is
// archived or plainly somebody else.
func (in *chartImport) lockPatient(ctx context.Context) error {
	was, err := lock(ctx, in.tx, patients, in.patient.ID)
	if err != nil {
		return err
	}
	in.patient = was
	told := in.chart.Patient
	if was.ArchivedAt != nil {
		in.refuse(told.Source, Problem{nil, Inactive, "is a patient who is archived"})
	}
	if told.Row == nil {
		return nil
	}
	name := told.Row.Name
	name.index()
	sameBirth := was.BirthDate != nil && told.Row.BirthDate != nil && *was.BirthDate == *told.Row.BirthDate
	if sameBirth || sameName(&was.Name, &name) {
		return nil
	}
	in.refuse(told.Source, in.somebodyElse(was))
	return nil
}

// somebodyElse is the problem with whatever it was that led to was.
func (in *chartImport) somebodyElse(was *Patient) Problem {
	owned := was.Identifiers.values()
	for n, i := range in.chart.Patient.Row.Identifiers.values() {
		if slices.Contains(owned, i) {
			return belongsToAnother(n)
		}
	}
	return Problem{nil, NotUnique, "has an id that was imported for another patient"}
}

// addNoAllergies notes that the patient had no allergies, unless some are listed.
func (in *chartImport) addNoAllergies(ctx context.Context) error {
	for _, no := range in.chart.NoAllergies {
		if in.isKnown(no.Source) {
			in.result.Known[no.Source.Type]++
			continue
		}
		some, err := in.hasAllergies(ctx)
		switch {
		case err != nil:
			return err
		case some:
			in.result.NotKept[no.Source.Type]++
			continue
		case *no.Row > in.tx.clinic.today():
			in.refuse(no.Source, Problem{[]any{"notedOn"}, InTheFuture, "lies in the future"})
			continue
		}
		in.add(no.Source, in.patient.ID)
		if in.noAllergies == nil || *in.noAllergies < *no.Row {
			in.noAllergies = no.Row
		}
	}
	return nil
}

// hasAllergies says whether allergies of the patient are listed or will be.
func (in *chartImport) hasAllergies(ctx context.Context) (bool, error) {
	for _, a := range in.allergies {
		if a.Status != Refuted && a.Status != AllergyInError {
			return true, nil
		}
	}
	if in.isNew {
		return false, nil
	}
	var some bool
	err := in.tx.GetContext(ctx, &some, "SELECT EXISTS (SELECT FROM allergies t WHERE t.patient_id = $1 AND "+allergies.listed+")",
		in.patient.ID)
	if err != nil {
		return false, fmt.Errorf("find allergies: %w", translate(err))
	}
	return some, nil
}

// savePatient adds who is new, and notes of who is known that they have no allergies.
func (in *chartImport) savePatient(ctx context.Context) error {
	var err error
	if in.isNew {
		err = insert(ctx, in.tx, patients, in.patient)
	}
	if err == nil && in.noAllergies != nil {
		err = in.tx.noteNoAllergies(ctx, AllergyAbsence{in.patient.ID, *in.noAllergies})
	}
	if err == nil {
		return nil
	}
	refused, err := refuse(nil, in.chart.Patient.Source, err)
	if err != nil {
		return err
	}
	return &ImportError{refused}
}
