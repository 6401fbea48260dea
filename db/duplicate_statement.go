package db

import (
	"strconv"
	"strings"
	"sync"

	"github.com/lib/pq"
)

// maxAlike is how many patients are judged for each trait that they share. So many
// have one telephone, or were born on one day, only where it is made up.
const maxAlike = 300

// writeDuplicateSearch writes the SELECT of all patients who may be p, each trait
// along an index of its own, and says whether p has any.
func writeDuplicateSearch(s *statement, p *Patient) bool {
	var ways []string
	most := strconv.Itoa(maxAlike)
	way := func(condition, closest string) {
		ways = append(ways, "(SELECT t.id FROM patients t WHERE "+condition+" ORDER BY "+closest+" DESC, t.id LIMIT "+most+")")
	}
	// Arguments once each, and none that no way asks for.
	words := sync.OnceValue(func() string { return s.arg(pq.Array([]string(p.SearchWords))) + "::text[]" })
	dates := sync.OnceValue(func() string { return s.arg(pq.Array(datesLike(*p.BirthDate))) + "::date[]" })
	alike := sync.OnceValue(func() string {
		return "similarity(array_to_string(t.search_words, ' '), " + s.arg(strings.Join(p.SearchWords, " ")) + ")"
	})
	if values := identifierSpellings(p.Identifiers); len(values) > 0 {
		ways = append(ways, "(SELECT owner_id FROM patient_identifiers WHERE value = ANY("+s.arg(pq.Array(values))+"::text[]))")
	}
	if p.PhoneNumber != nil {
		way("reverse(t.phone_number) = "+s.arg(reversed(*p.PhoneNumber)), alike())
	}
	if p.BirthDate != nil && p.BirthDatePrecision == DayPrecision {
		way("t.birth_date = "+s.arg(*p.BirthDate)+"::date AND t.birth_date_precision = 'DAY'", alike())
		way("t.birth_date = ANY("+dates()+") AND t.birth_date_precision = 'DAY' AND t.search_words && "+words(), alike())
	}
	if len(p.SearchWords) > 0 {
		family, given, fits := s.arg(p.FamilyKey), s.arg(p.GivenKey), "true"
		if p.BirthDate != nil {
			year := (*p.BirthDate)[:4]
			fits = "(t.birth_date IS NULL OR t.birth_date = ANY(" + dates() + ") OR t.birth_date BETWEEN " +
				s.arg(year+"-01-01") + "::date AND " + s.arg(year+"-12-31") + "::date)"
		}
		way("(t.family_key, t.given_key) IN (("+family+", "+given+"), ("+given+", "+family+")) AND "+fits, "t.birth_date IS NOT NULL")
	}
	if len(ways) == 0 {
		return false
	}
	s.write("SELECT ", patients.list("t"), " FROM patients t WHERE t.id = ANY(ARRAY(", strings.Join(ways, " UNION "), ")) AND ", s.visible(patients.name, "t"))
	return true
}

// identifierSpellings returns the numbers as others may have written them.
func identifierSpellings(all Identifiers) []string {
	var values []string
	for _, i := range all.values() {
		values = append(values, i.Value)
		if plain := plainIdentifier(i.Value); plain != i.Value {
			values = append(values, plain)
		}
	}
	return values
}

// datesLike returns the days that a day can have been mistaken for: those that
// differ by one digit, or with day and month swapped.
func datesLike(date Date) []string {
	day := string(date)
	all := []string{day}
	add := func(text string) {
		if _, err := ParseDate(text); err == nil && text != day && text >= string(earliestBirth) {
			all = append(all, text)
		}
	}
	add(swapsDayAndMonth(day))
	for i := range day {
		if i == 0 || day[i] == '-' { // nobody mistakes the millennium
			continue
		}
		for digit := byte('0'); digit <= '9'; digit++ {
			add(day[:i] + string(rune(digit)) + day[i+1:])
		}
	}
	return all
}
