package fhir

import (
	"net/url"
	"strings"

	"github.com/clinicql/clinicql/db"
)

// A reference leads to another resource.
type reference struct {
	Reference  string      `json:"reference"`
	Display    string      `json:"display"`
	Type       string      `json:"type"`
	Identifier *identifier `json:"identifier"`
}

// A target is what a reference names: a resource by its type and id, or by its
// type and an identifier. The zero target is nothing.
type target struct {
	db.Source
	identifier db.Identifier
}

func (t target) isNumber() bool { return t.identifier != (db.Identifier{}) }

// parse reads the forms Type/id, with a server's address in front or a version
// behind, Type?identifier=system|value, and an identifier without a reference.
func (r *reference) parse() target {
	if r.Reference == "" && r.Identifier != nil && r.Identifier.System != "" && r.Identifier.Value != "" {
		return target{db.Source{Type: r.Type}, db.Identifier(*r.Identifier)}
	}
	if resourceType, query, found := strings.Cut(r.Reference, "?"); found {
		return parseConditional(resourceType, query)
	}
	path, _, _ := strings.Cut(r.Reference, "/_history/")
	parts := strings.Split(path, "/")
	if len(parts) < 2 || parts[len(parts)-1] == "" || parts[len(parts)-2] == "" {
		return target{}
	}
	return target{Source: db.Source{Type: parts[len(parts)-2], ID: parts[len(parts)-1]}}
}

func parseConditional(resourceType, query string) target {
	values, err := url.ParseQuery(query)
	if err != nil || len(values) != 1 {
		return target{}
	}
	system, value, found := strings.Cut(values.Get("identifier"), "|")
	if !found || system == "" || value == "" {
		return target{}
	}
	return target{db.Source{Type: resourceType}, db.Identifier{System: system, Value: value}}
}

func (r *reference) isEmpty() bool { return r.Reference == "" && r.Identifier == nil }
