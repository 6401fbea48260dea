package db

import (
	"slices"
	"strconv"
	"strings"

	"github.com/lib/pq"
)

// A closeness says which words of names may stand for one that is looked for.
// Each takes the words of the one before, too.
type closeness int

const (
	exact closeness = iota
	begun
	similar
)

// The bounds of a search. A beginning of two letters fits tens of thousands of
// patients: those who come up first are judged.
const (
	maxFitting    = 2000 // are put in order
	maxCandidates = 400  // are judged
	fewFound      = 5    // are so few that typing errors are thought of
)

// A searchStep is one of the SELECTs that a search is made of. It is run while
// fewer than so many have been found by those before.
type searchStep struct {
	condition string
	order     string // along an index; "" where there is none to follow
	limit     int
	fewer     int
}

// The orders of names that have an index.
const (
	byFamilyName = "t.family_key, t.given_key, t.id"
	byGivenName  = "t.given_key, t.family_key, t.id"
)

// searchSteps returns what finds all who can be among the best, the closest
// names first. There are none when nobody can fit.
func searchSteps(s *statement, terms []searchTerm, near []nearWords) []searchStep {
	var steps []searchStep
	single := len(terms) == 1 && terms[0].isNameOnly()
	if condition := searchCondition(s, terms, near, exact); condition != "" {
		if single {
			word := s.arg(terms[0].word)
			steps = append(steps,
				searchStep{"t.family_key = " + word, byFamilyName, maxFound, maxFound},
				searchStep{"t.given_key = " + word, byGivenName, maxFound, maxFound})
		}
		steps = append(steps, searchStep{condition, "", maxFound, maxFound})
	}
	if anyWords(near, func(n nearWords) []string { return n.begun }) {
		if condition := searchCondition(s, terms, near, begun); condition != "" {
			if single {
				steps = append(steps,
					searchStep{begins(s, "t.family_key", terms[0].word), byFamilyName, maxFound, maxFound},
					searchStep{begins(s, "t.given_key", terms[0].word), byGivenName, maxFound, maxFound})
			}
			steps = append(steps, searchStep{condition, "", maxCandidates, maxFound})
		}
	}
	if anyWords(near, func(n nearWords) []string { return n.similar }) {
		if condition := searchCondition(s, terms, near, similar); condition != "" {
			steps = append(steps, searchStep{condition, "", maxCandidates, fewFound})
		}
	}
	return steps
}

func anyWords(near []nearWords, words func(nearWords) []string) bool {
	return slices.ContainsFunc(near, func(n nearWords) bool { return len(words(n)) > 0 })
}

// writeSearch writes the SELECT of all steps. A step without an order is kept
// from running along the index of names, as Postgres would like to: it takes
// those who fit to be spread evenly over all names, which namesakes are not.
func writeSearch(s *statement, steps []searchStep, columns string) {
	var before []string
	s.write("WITH ")
	for i, step := range steps {
		n := strconv.Itoa(i)
		s.write("fit", n, " AS MATERIALIZED (SELECT ", columns, " FROM patients t WHERE ", s.visible("patients", "t"), " AND t.archived_at IS NULL AND ", step.condition)
		if i > 0 {
			s.write(" AND (SELECT count(*) FROM (", strings.Join(before, " UNION "), ") f) < ", s.arg(step.fewer))
		}
		if step.order != "" {
			s.write(" ORDER BY ", step.order, " LIMIT ", s.arg(step.limit), "), step", n, " AS (SELECT * FROM fit", n, "), ")
		} else {
			s.write("), step", n, " AS MATERIALIZED (SELECT * FROM (SELECT * FROM fit", n, " LIMIT ", s.arg(maxFitting), ") t ORDER BY ",
				byFamilyName, " LIMIT ", s.arg(step.limit), "), ")
		}
		before = append(before, "SELECT id FROM step"+n)
	}
	s.write("found AS (")
	for i := range steps {
		if i > 0 {
			s.write(" UNION ALL ")
		}
		s.write("SELECT ", strconv.Itoa(i), " AS step, * FROM step", strconv.Itoa(i))
	}
	s.write(") SELECT * FROM found")
}

// searchCondition writes that all terms fit; "" where one of them cannot.
func searchCondition(s *statement, terms []searchTerm, near []nearWords, c closeness) string {
	for i, t := range terms {
		if t.isNameOnly() && len(near[i].upTo(c)) == 0 {
			return ""
		}
	}
	var all []string
	for i, t := range terms {
		all = append(all, "("+strings.Join(t.conditions(s, near[i].upTo(c)), " OR ")+")")
	}
	return strings.Join(all, " AND ")
}

// conditions writes what each reading of the term asks of a patient, whose name
// has one of words.
func (t *searchTerm) conditions(s *statement, words []string) []string {
	var either []string
	if t.birthDate != "" {
		month, year := t.birthDate[:8]+"01", t.birthDate[:5]+"01-01"
		either = append(either, "(t.birth_date, t.birth_date_precision) IN (("+s.arg(t.birthDate)+"::date, 'DAY'), ("+
			s.arg(month)+"::date, 'MONTH'), ("+s.arg(year)+"::date, 'YEAR'))")
	}
	if t.mrn != "" {
		either = append(either, "t.mrn = "+s.arg(t.mrn))
	}
	if t.digits != "" {
		either = append(either, "reverse(t.mrn) LIKE "+s.arg(reversed(t.digits)+"%"),
			"reverse(t.phone_number) LIKE "+s.arg(reversed(t.phoneEnd())+"%"))
	}
	if len(t.values) > 0 {
		either = append(either, "t.id = ANY(ARRAY(SELECT owner_id FROM patient_identifiers WHERE value = ANY("+s.arg(pq.Array(t.values))+"::text[])))")
	}
	if len(words) > 0 {
		either = append(either, "t.search_words && "+s.arg(pq.Array(words))+"::text[]")
	}
	return either
}

// upTo returns the words that may stand for the one that is looked for.
func (near *nearWords) upTo(c closeness) []string {
	words := near.exact
	if c >= begun {
		words = slices.Concat(words, near.begun)
	}
	if c >= similar {
		words = slices.Concat(words, near.similar)
	}
	return words
}

// reversed returns digits from the last to the first.
func reversed(digits string) string {
	b := []byte(digits)
	slices.Reverse(b)
	return string(b)
}
