package db

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// searchBegun finds those whose name begins with the one word that is looked for,
// where these alone are as many as are ever found. It returns nil where they are not,
// and where others come before them, whose whole name the word is. What it finds is
// what all steps would.
func (d *DB) searchBegun(ctx context.Context, terms []searchTerm) ([]*candidate, error) {
	if len(terms) != 1 || !terms[0].isNameOnly() {
		return nil, nil
	}
	s := newStatement(ctx)
	selectBegun(s, terms[0].word)
	var found []*candidate
	seen := map[uuid.UUID]bool{}
	namesakes, isName := 0, false // of those found by their family name
	err := d.query(ctx, s.String(), s.args, func(r *sqlx.Rows) error {
		c := &candidate{}
		if err := r.Scan(&c.step, &c.ID, &c.FamilyKey, &c.GivenKey, &isName); err != nil {
			return err
		}
		if c.step == 0 && c.FamilyKey == terms[0].word {
			namesakes++
		}
		if !seen[c.ID] {
			seen[c.ID] = true
			c.SearchWords = strings.Fields(c.GivenKey + " " + c.FamilyKey)
			c.judge(terms, make([]nearWords, 1))
			found = append(found, c)
		}
		return nil
	})
	if err != nil || len(found) < maxFound || isName && namesakes < maxFound {
		return nil, err
	}
	rank(found)
	return found[:maxFound], nil
}

// selectBegun writes the SELECT of those whose family name begins with word, and of
// those whose given name does when these are too few, both in the order of their
// names, and whether the word is a whole name. The indexes of these orders hold all
// that it reads of patients.
func selectBegun(s *statement, word string) {
	begun := func(step, key, order string) {
		s.write("SELECT ", step, " AS step, t.id, t.family_key, t.given_key, EXISTS (SELECT FROM patient_words WHERE word = ", s.arg(word), ") AS is_name FROM patients t WHERE ",
			s.visible("patients", "t"), " AND t.archived_at IS NULL AND ", begins(s, key, word))
		if step != "0" {
			s.write(" AND (SELECT count(*) FROM family) < ", s.arg(maxFound))
		}
		s.write(" ORDER BY ", order, " LIMIT ", s.arg(maxFound))
	}
	s.write("WITH family AS MATERIALIZED (")
	begun("0", "t.family_key", byFamilyName)
	s.write(") SELECT * FROM family UNION ALL (")
	begun("1", "t.given_key", byGivenName)
	s.write(")")
}
