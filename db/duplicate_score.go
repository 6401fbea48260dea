package db

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// DuplicateReason says what two patients have in common.
type DuplicateReason string

// What two patients can have in common.
const (
	SameName         DuplicateReason = "SAME_NAME"
	SimilarName      DuplicateReason = "SIMILAR_NAME"
	SameFamilyName   DuplicateReason = "SAME_FAMILY_NAME"
	SameGivenName    DuplicateReason = "SAME_GIVEN_NAME"
	SameBirthDate    DuplicateReason = "SAME_BIRTH_DATE"
	SimilarBirthDate DuplicateReason = "SIMILAR_BIRTH_DATE"
	SamePhone        DuplicateReason = "SAME_PHONE"
	SameIdentifier   DuplicateReason = "SAME_IDENTIFIER"
)

// From which score on somebody may be the same person, and from which on
// registering them is refused until it is confirmed that they are not. A name and
// a birth date that are the same are enough for that, and so are a family name, a
// birth date and a telephone, which twins share; a name alone is not, and no
// likeness in which nothing is the same.
const (
	possibleScore  = 50
	duplicateScore = 75
	wholeLikeness  = 100
)

// What each trait counts for. A name has the highest of its four.
const (
	sameNameCounts      = 50
	similarNameCounts   = 40
	sameFamilyCounts    = 25 // brothers and sisters
	sameGivenCounts     = 20 // who married, perhaps
	sameBirthCounts     = 35
	similarBirthCounts  = 20 // day and month swapped, or one digit wrong
	possibleBirthCounts = 15 // as far as it is known
	otherBirthCounts    = -25
	samePhoneCounts     = 25
	otherSexCounts      = -10
	otherNumberCounts   = -10 // in the same system
)

// likeness says how likely two patients are one person, 0 to 100, and why. An
// identifier that both have decides alone.
func likeness(a, b *Patient) (score int32, reasons []DuplicateReason) {
	note := func(counts int32, why DuplicateReason) {
		score += counts
		if why != "" {
			reasons = append(reasons, why)
		}
	}
	note(nameLikeness(&a.Name, &b.Name))
	note(birthLikeness(a, b))
	if a.PhoneNumber != nil && text(b.PhoneNumber) == *a.PhoneNumber {
		note(samePhoneCounts, SamePhone)
	}
	if a.Sex != b.Sex && slices.Contains([]Sex{Female, Male}, a.Sex) && slices.Contains([]Sex{Female, Male}, b.Sex) {
		note(otherSexCounts, "")
	}
	switch same, other := compareIdentifiers(a.Identifiers, b.Identifiers); {
	case same:
		note(wholeLikeness, SameIdentifier)
	case other:
		note(otherNumberCounts, "")
	}
	return min(max(score, 0), wholeLikeness), reasons
}

// nameLikeness compares two names in their folded form, in which scripts are one.
func nameLikeness(a, b *Name) (int32, DuplicateReason) {
	switch {
	case len(a.SearchWords) == 0 || len(b.SearchWords) == 0:
		return 0, ""
	case slices.Equal(a.SearchWords, b.SearchWords):
		return sameNameCounts, SameName
	}
	family, given := a.keys()
	otherFamily, otherGiven := b.keys()
	switch {
	case similarNames(family, otherFamily) && similarNames(given, otherGiven),
		similarNames(family, otherGiven) && similarNames(given, otherFamily),
		leavesOut(a.SearchWords, b.SearchWords), leavesOut(b.SearchWords, a.SearchWords):
		return similarNameCounts, SimilarName
	case family != "" && family == otherFamily:
		return sameFamilyCounts, SameFamilyName
	case given != "" && given == otherGiven:
		return sameGivenCounts, SameGivenName
	}
	return 0, ""
}

// keys returns the folded names, each empty where there is none.
func (n *Name) keys() (family, given string) {
	if n.FamilyName == nil {
		return "", n.GivenKey
	}
	return n.FamilyKey, n.GivenKey
}

// similarNames says whether two folded names can be one, written with a typing
// error, or two in a long one. Where they differ by a digit they are told apart by
// it: "Newborn 1" is not "Newborn 2".
func similarNames(a, b string) bool {
	a, b = strings.ReplaceAll(a, " ", ""), strings.ReplaceAll(b, " ", "")
	if a == b {
		return true
	}
	length := max(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
	if length < 3 || strings.ContainsFunc(a+b, unicode.IsDigit) {
		return false
	}
	most := 1
	if length >= 7 {
		most = 2
	}
	return typos(a, b) <= most
}

// leavesOut says whether the words of a name are some of another's: a second given
// name, or one half of a double family name, was not asked for. One word alone is
// too little.
func leavesOut(few, all []string) bool {
	return len(few) >= 2 && len(few) < len(all) &&
		!slices.ContainsFunc(few, func(w string) bool { return !slices.Contains(all, w) })
}

// birthLikeness compares two birth dates as far as both are known.
func birthLikeness(a, b *Patient) (int32, DuplicateReason) {
	if a.BirthDate == nil || b.BirthDate == nil {
		return 0, ""
	}
	x, y := string(*a.BirthDate), string(*b.BirthDate)
	known := min(digitsKnown(a.BirthDatePrecision), digitsKnown(b.BirthDatePrecision))
	switch {
	case x[:known] != y[:known]:
		if known == len(x) && (swapsDayAndMonth(x) == y || differByOneDigit(x, y)) {
			return similarBirthCounts, SimilarBirthDate
		}
		return otherBirthCounts, ""
	case known == len(x):
		return sameBirthCounts, SameBirthDate
	}
	return possibleBirthCounts, SimilarBirthDate
}

// digitsKnown is how much of a date's text is known: "1990", "1990-02", "1990-02-28".
func digitsKnown(p DatePrecision) int {
	switch p {
	case YearPrecision:
		return len("1990")
	case MonthPrecision:
		return len("1990-02")
	}
	return len("1990-02-28")
}

func swapsDayAndMonth(date string) string { return date[:5] + date[8:] + "-" + date[5:7] }

func differByOneDigit(a, b string) bool {
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n == 1
}

// compareIdentifiers says whether two have a number in common, and whether they
// have different ones in the same system.
func compareIdentifiers(a, b Identifiers) (same, other bool) {
	for _, x := range a.values() {
		for _, y := range b.values() {
			if x.System == y.System {
				equal := plainIdentifier(x.Value) == plainIdentifier(y.Value)
				same, other = same || equal, other || !equal
			}
		}
	}
	return same, other
}

// plainIdentifier returns a number without what people put between its digits.
func plainIdentifier(value string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' || r == '.' || r == '/' {
			return -1
		}
		return unicode.ToUpper(r)
	}, value)
}
