package db

import (
	"slices"
	"strings"

	"github.com/lib/pq"
)

// Name is how a person is called. One of both names may be missing.
type Name struct {
	GivenName   *string        `db:"given_name" max:"200"`
	FamilyName  *string        `db:"family_name" max:"200"`
	FamilyKey   string         `db:"family_key" history:"-"` // folded, of the only name where there is one
	GivenKey    string         `db:"given_key" history:"-"`
	SearchWords pq.StringArray `db:"search_words" history:"-"` // all folded words, each once
}

// DisplayName returns the whole name as one line; it is never empty.
func (n *Name) DisplayName() string {
	return strings.TrimSpace(text(n.GivenName) + " " + text(n.FamilyName))
}

// text returns what s points to, or "".
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// index derives what the name is ordered and found by.
func (n *Name) index() {
	n.GivenKey = Fold(text(n.GivenName))
	n.FamilyKey = Fold(text(n.FamilyName))
	n.SearchWords = strings.Fields(n.GivenKey + " " + n.FamilyKey)
	slices.Sort(n.SearchWords)
	n.SearchWords = slices.Compact(n.SearchWords)
	if n.FamilyKey == "" {
		n.FamilyKey = n.GivenKey
	}
}

// check says what is wrong with the name.
func (n *Name) check(p *problems) {
	if n.GivenName == nil && n.FamilyName == nil {
		p.add("familyName", Required, "or givenName is needed")
	}
	n.index()
}
