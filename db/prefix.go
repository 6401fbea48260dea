package db

import (
	"unicode/utf16"
	"unicode/utf8"
)

// begins writes the condition that a column begins with prefix, as bounds that an
// index of the column in its order leads between. The column is compared by code
// points, as the keys of names are.
func begins(s *statement, column, prefix string) string {
	condition := column + " >= " + s.arg(prefix)
	if end := afterAll(prefix); end != "" {
		condition += " AND " + column + " < " + s.arg(end)
	}
	return condition
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
