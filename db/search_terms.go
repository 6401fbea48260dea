package db

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
)

// A searchTerm is one part of what is looked for. A patient fits when any of
// its readings that are set does.
type searchTerm struct {
	birthDate Date
	mrn       string   // the whole record number, "C1000009"
	digits    string   // the end of a record or telephone number, or all of it
	values    []string // an identifier, as it may have been written
	word      string   // of a name, folded
}

// maxSearchTerms is how many parts are looked at: more than names have.
const maxSearchTerms = 12

// minDigits is how many digits the end of a number has at least.
const minDigits = 4

var (
	dayLast      = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	dayFirst     = regexp.MustCompile(`^(\d{1,2})([./-])(\d{1,2})([./-])(\d{4})$`)
	recordNumber = regexp.MustCompile(`^[cC]-?(\d{4,})$`)
	numeric      = regexp.MustCompile(`^[-+()./\d]*\d[-+()./\d]*$`)
)

// searchTerms reads what is looked for. Digits that stand side by side are one
// number, as people write telephones in groups.
func searchTerms(words string) []searchTerm {
	var terms []searchTerm
	var number []string
	flush := func() {
		if len(number) > 0 {
			terms = append(terms, numberTerm(number))
		}
		number = nil
	}
	for _, token := range strings.Fields(words) {
		token = strings.Trim(token, ",;:")
		if day, ok := searchDate(token); ok {
			flush()
			terms = append(terms, searchTerm{birthDate: day})
			continue
		}
		if numeric.MatchString(token) {
			number = append(number, token)
			continue
		}
		flush()
		terms = append(terms, wordTerms(token)...)
	}
	flush()
	return terms[:min(len(terms), maxSearchTerms)]
}

// searchDate reads a day written as 1990-02-01, or with the day first and dots,
// slashes or hyphens. A day that does not exist is none.
func searchDate(token string) (Date, bool) {
	var year, month, day string
	if m := dayLast.FindStringSubmatch(token); m != nil {
		year, month, day = m[1], m[2], m[3]
	} else if m := dayFirst.FindStringSubmatch(token); m != nil && m[2] == m[4] {
		year, month, day = m[5], m[3], m[1]
	} else {
		return "", false
	}
	t, err := time.Parse("2006-1-2", year+"-"+month+"-"+day)
	if err != nil || t.Year() < 1 {
		return "", false
	}
	return DateOf(t), true
}

// numberTerm reads a number that was written in groups.
func numberTerm(groups []string) searchTerm {
	digits := strings.Map(func(r rune) rune {
		if !unicode.IsDigit(r) {
			return -1
		}
		return r
	}, strings.Join(groups, ""))
	term := searchTerm{values: slices.Compact([]string{strings.Join(groups, " "), strings.Join(groups, ""), digits})}
	if len(digits) >= minDigits {
		term.digits = digits
	} else {
		term.word = digits
	}
	return term
}

// wordTerms reads what has letters, or nothing that counts. What has digits too
// is one term: an identifier may have any form.
func wordTerms(token string) []searchTerm {
	words := strings.Fields(Fold(token))
	if !strings.ContainsFunc(token, unicode.IsDigit) {
		terms := make([]searchTerm, len(words))
		for i, word := range words {
			terms[i].word = word
		}
		return terms
	}
	term := searchTerm{values: slices.Compact([]string{token, strings.ToUpper(token)})}
	if m := recordNumber.FindStringSubmatch(token); m != nil {
		term.mrn = "C" + m[1]
	} else {
		term.word = strings.Join(words, "")
	}
	return []searchTerm{term}
}

// isNameOnly says whether the term can be nothing but a word of a name.
func (t *searchTerm) isNameOnly() bool {
	return t.birthDate == "" && t.mrn == "" && t.digits == "" && len(t.values) == 0
}

// phoneEnd returns the digits of a telephone number that E.164 has too: without
// the zeros with which calls abroad, or to another town, begin.
func (t *searchTerm) phoneEnd() string {
	if len(t.digits) > 8 {
		return strings.TrimLeft(t.digits, "0")
	}
	return t.digits
}
