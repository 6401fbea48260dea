package db

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/lib/pq"
)

// A Registration is what a patient is registered with.
type Registration struct {
	Patient
	ConfirmNotDuplicate bool // whoever is very like is somebody else
	NotDuplicateReason  *string
}

// A DuplicateError says that somebody very like is registered already. Nothing
// was written.
type DuplicateError struct{ Candidates []*PossibleDuplicate }

func (e *DuplicateError) Error() string { return "somebody very like is registered already" }

// CreatePatient registers the patient of r and issues a record number. It returns
// a DuplicateError where somebody very like is registered, unless r confirms that
// they are two persons; of whom that was said is kept.
func (d *DB) CreatePatient(ctx context.Context, r *Registration) (*Patient, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*Patient, error) {
		p := r.Patient // as a transaction may be tried again
		if err := checkRow(tx, &p); err != nil {
			return nil, err
		}
		if err := tx.checkDuplicates(ctx, &p, r); err != nil {
			return nil, err
		}
		return &p, insert(ctx, tx, patients, &p)
	})
}

// checkDuplicates looks for those who are very like p, whom r registers.
func (tx *Tx) checkDuplicates(ctx context.Context, p *Patient, r *Registration) error {
	reason := "confirmed not to be a duplicate"
	if r.NotDuplicateReason != nil {
		reason = *r.NotDuplicateReason
		if code, message := CheckText(reason, 500); code != "" {
			return Invalid("notDuplicateReason", code, message)
		}
	}
	if err := tx.lockPerson(ctx, p); err != nil {
		return err
	}
	found, err := possibleDuplicates(ctx, tx, p)
	if err != nil {
		return fmt.Errorf("look for duplicates: %w", err)
	}
	found = slices.DeleteFunc(found, func(f *PossibleDuplicate) bool { return f.Score < duplicateScore })
	switch {
	case len(found) == 0:
		return nil
	case !r.ConfirmNotDuplicate:
		return &DuplicateError{found}
	}
	for _, f := range found {
		p.NotDuplicateOf = append(p.NotDuplicateOf, f.Patient.ID.String())
	}
	return tx.explain(ctx, reason)
}

// lockPerson has all who register somebody who may be p wait for each other until
// their transactions end. Two who are very like share at least one of what is
// locked. The locks are taken in one order, so that nobody waits in a circle.
func (tx *Tx) lockPerson(ctx context.Context, p *Patient) error {
	var locks []int64
	for _, trait := range traits(p) {
		hash := fnv.New32a()
		hash.Write([]byte(trait))
		locks = append(locks, int64(int32(hash.Sum32())))
	}
	slices.Sort(locks)
	_, err := tx.ExecContext(ctx, `
		SELECT pg_advisory_xact_lock(22, l::int) FROM unnest($1::bigint[]) WITH ORDINALITY AS u (l, place) ORDER BY place`, pq.Array(slices.Compact(locks)))
	return translate(err)
}

// traits returns what p is known by: the name in any order, the birth date, the
// telephone and each identifier.
func traits(p *Patient) []string {
	all := []string{"name " + strings.Join(p.SearchWords, " ")}
	if p.BirthDate != nil {
		all = append(all, "birth date "+string(*p.BirthDate))
	}
	if p.PhoneNumber != nil {
		all = append(all, "phone "+*p.PhoneNumber)
	}
	for _, i := range p.Identifiers.values() {
		all = append(all, "identifier "+plainIdentifier(i.Value))
	}
	return all
}
