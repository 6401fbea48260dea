package db

import "github.com/lib/pq"

// belongsToAnother is the problem with the nth identifier when its owner is
// plainly somebody else.
func belongsToAnother(n int) Problem {
	return Problem{[]any{"identifiers", n}, NotUnique, "belongs to somebody else already"}
}

// sameName says whether two names, both checked, can be one person's: one of
// their parts agrees.
func sameName(a, b *Name) bool {
	return a.FamilyKey == b.FamilyKey || a.GivenKey == b.GivenKey && a.GivenKey != ""
}

// values returns the identifiers without those that are missing.
func (i Identifiers) values() []Identifier {
	all := make([]Identifier, 0, len(i))
	for _, one := range i {
		if one != nil {
			all = append(all, *one)
		}
	}
	return all
}

func columnsOfIdentifiers(all []Identifier) (systems, values pq.StringArray) {
	systems, values = make(pq.StringArray, len(all)), make(pq.StringArray, len(all))
	for n, i := range all {
		systems[n], values[n] = i.System, i.Value
	}
	return systems, values
}
