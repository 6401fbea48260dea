package fhir

import (
	"slices"
	"strconv"
	"strings"

	"github.com/clinicql/clinicql/db"
)

type humanName struct {
	Use    string   `json:"use"`
	Text   string   `json:"text"`
	Family string   `json:"family"`
	Given  []string `json:"given"`
	Prefix []string `json:"prefix"`
}

// bestName returns the place of the official name, else the usual one, else the
// first that is in use; -1 where there is none.
func bestName(names []humanName) int {
	for _, use := range []string{"official", "usual"} {
		if i := slices.IndexFunc(names, func(n humanName) bool { return n.Use == use }); i >= 0 {
			return i
		}
	}
	if i := slices.IndexFunc(names, func(n humanName) bool { return n.Use != "old" }); i >= 0 {
		return i
	}
	return len(names) - 1
}

// nameOf returns the name that is kept of a person. One that has no parts is
// kept whole as the family name.
func nameOf(names []humanName, r *resource, report *Report) db.Name {
	best := bestName(names)
	if best < 0 {
		return db.Name{}
	}
	if further := len(names) - 1; further > 0 {
		report.LeftOut[r.source.Type+".name (further)"] += further
	}
	n := names[best]
	path := "name[" + strconv.Itoa(best) + "]"
	name := db.Name{GivenName: optional(strings.Join(n.Given, " ")), FamilyName: optional(n.Family)}
	r.paths["givenName"], r.paths["familyName"], r.paths["prefix"] = path+".given", path+".family", path+".prefix"
	if isNameless(&name) {
		name.FamilyName, r.paths["familyName"] = optional(n.Text), path+".text"
	}
	return name
}

// isNameless says whether somebody has no name at all.
func isNameless(n *db.Name) bool { return n.GivenName == nil && n.FamilyName == nil }

// mostIdentifiers is how many identifiers a person can have here.
const mostIdentifiers = 20

// identifiersOf returns the identifiers that have a system and a value, each once.
func identifiersOf(all []identifier, r *resource, report *Report) db.Identifiers {
	var kept db.Identifiers
	r.paths["identifiers"] = "identifier"
	for i, id := range all {
		id := &db.Identifier{System: strings.TrimSpace(id.System), Value: strings.TrimSpace(id.Value)}
		isTwice := slices.ContainsFunc(kept, func(k *db.Identifier) bool { return *k == *id })
		switch {
		case isTwice:
		case id.System == "" || id.Value == "" || len(kept) == mostIdentifiers:
			report.LeftOut[r.source.Type+".identifier (without a system or value, or beyond the 20th)"]++
		default:
			r.paths["identifiers."+strconv.Itoa(len(kept))] = "identifier[" + strconv.Itoa(i) + "]"
			kept = append(kept, id)
		}
	}
	return kept
}
