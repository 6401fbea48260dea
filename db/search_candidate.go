package db

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// A candidate is a patient who was found, with what that is judged by.
type candidate struct {
	step                int // that found the patient
	ID                  uuid.UUID
	MRN                 string
	PhoneNumber         *string
	BirthDate           *Date
	Precision           DatePrecision
	Identifiers         Identifiers
	SearchWords         pq.StringArray
	FamilyKey, GivenKey string

	score     float64
	matchedOn []PatientMatch
}

// candidateColumns are those that targets points to. Identifiers are read only
// where they may have been looked for.
func candidateColumns(terms []searchTerm) string {
	identifiers := "NULL::jsonb"
	if slices.ContainsFunc(terms, func(t searchTerm) bool { return len(t.values) > 0 }) {
		identifiers = "t.identifiers"
	}
	return "t.id, t.mrn, t.phone_number, t.birth_date, t.birth_date_precision, t.search_words, t.family_key, t.given_key, " + identifiers
}

func (c *candidate) targets() []any {
	return []any{&c.step, &c.ID, &c.MRN, &c.PhoneNumber, &c.BirthDate, &c.Precision, &c.SearchWords, &c.FamilyKey, &c.GivenKey, &c.Identifiers}
}

// search finds the patients whom all terms fit, best first.
func (d *DB) search(ctx context.Context, terms []searchTerm) ([]*candidate, error) {
	if len(terms) == 0 {
		return nil, nil
	}
	if found, err := d.searchBegun(ctx, terms); found != nil || err != nil {
		return found, err
	}
	return d.searchAll(ctx, terms)
}

// searchAll finds them by all steps.
func (d *DB) searchAll(ctx context.Context, terms []searchTerm) ([]*candidate, error) {
	near, err := d.near(ctx, terms)
	if err != nil {
		return nil, err
	}
	s := newStatement(ctx)
	steps := searchSteps(s, terms, near)
	if len(steps) == 0 {
		return nil, nil // some word comes near to no name
	}
	writeSearch(s, steps, candidateColumns(terms))
	var found []*candidate
	seen := map[uuid.UUID]bool{}
	err = d.query(ctx, s.String(), s.args, func(r *sqlx.Rows) error {
		c := new(candidate)
		err := r.Scan(c.targets()...)
		if err == nil && !seen[c.ID] {
			seen[c.ID] = true
			c.judge(terms, near)
			found = append(found, c)
		}
		return err
	})
	rank(found)
	return found[:min(len(found), maxFound)], err
}

// rank puts the best first. Of those who fit alike family names come before given
// names, and else their order is that of names.
func rank(found []*candidate) {
	slices.SortFunc(found, func(a, b *candidate) int {
		return cmp.Or(
			cmp.Compare(b.score, a.score),
			cmp.Compare(a.step, b.step),
			strings.Compare(a.FamilyKey, b.FamilyKey),
			strings.Compare(a.GivenKey, b.GivenKey),
			strings.Compare(a.ID.String(), b.ID.String()),
		)
	})
}
