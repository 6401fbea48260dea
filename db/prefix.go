package db

import (
	"reflect"
	"unicode/utf16"
	"unicode/utf8"
)

// begins writes the condition that a column begins with prefix, as bounds that an
// index of the column in its order leads between. The column is compared by code
// points, as the keys of names are.
func begins(s *statement, column, prefix string) string {
	bound := s.arg
	if column == s.along {
		bound = s.hidden
	}
	condition := column + " >= " + bound(prefix)
	if end := afterAll(prefix); end != "" {
		condition += " AND " + column + " < " + bound(end)
	}
	return condition
}

// alongBeginnings returns the column of t whose beginning is all that a list of patients is
// asked with, where the list runs by an index that begins with it; "" for any other list. One
// plan is good for all beginnings then: from the one bound along the index until the page is
// full, or to the other.
func alongBeginnings(where whereInput, keys []orderKey) string {
	w, ok := where.(*PatientWhere)
	switch {
	case !ok || w == nil:
		return ""
	case w.FamilyName != nil && runBy(keys, "family_key", "given_key", "id") && reflect.DeepEqual(w, &PatientWhere{FamilyName: &StringFilter{StartsWith: w.FamilyName.StartsWith}}):
		return "t.family_key"
	case w.GivenName != nil && runBy(keys, "given_key", "family_key", "id") && reflect.DeepEqual(w, &PatientWhere{GivenName: &StringFilter{StartsWith: w.GivenName.StartsWith}}):
		return "t.given_key"
	}
	return ""
}

// afterAll returns the least text that comes after all that begin with prefix; ""
// where nothing does.
func afterAll(prefix string) string {
	letters := []rune(prefix)
	for i := len(letters) - 1; i >= 0; i-- {
		switch next := letters[i] + 1; {
		case next > utf8.MaxRune:
			continue // the letter before it has a next one
		case utf16.IsSurrogate(next): // no letters, and in no text
			letters[i] = 0xE000
		default:
			letters[i] = next
		}
		return string(letters[:i+1])
	}
	return ""
}
