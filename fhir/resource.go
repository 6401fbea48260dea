package fhir

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"

	"github.com/clinicql/clinicql/db"
)

// A resource is one whose type is kept, as it stands in the input.
type resource struct {
	source db.Source
	body   body
	file   string
	entry  *int
	line   int

	paths    map[string]string // elements that fields of the row come from
	problems []Problem         // found while it was read
}

// A body is what a resource holds, as far as it is kept.
type body interface {
	subject() *reference   // the patient; nil of who is none's
	visit() *reference     // the encounter, or nil
	people() []*reference  // who may be practitioners
	element(string) string // the element that a field of the row comes from
}

// bodies makes the bodies of the types that are kept.
var bodies = map[string]func() body{
	"AllergyIntolerance": func() body { return &allergyIntolerance{} },
	"Appointment":        func() body { return &appointment{} },
	"Condition":          func() body { return &condition{} },
	"Encounter":          func() body { return &encounter{} },
	"Medication":         func() body { return &medication{} },
	"MedicationRequest":  func() body { return &medicationRequest{} },
	"Patient":            func() body { return &patient{} },
	"Practitioner":       func() body { return &practitioner{} },
}

// read fills the resource from JSON and counts the elements that have no place.
func (r *resource) read(raw []byte, report *Report) {
	r.body = bodies[r.source.Type]()
	var wrong *json.UnmarshalTypeError
	if err := json.Unmarshal(raw, r.body); errors.As(err, &wrong) {
		kind, _, _ := strings.Cut(wrong.Value, " ")
		r.problems = append(r.problems, r.problem(r.source.Type+"."+wrong.Field, "cannot be of the JSON type "+kind))
	}
	var elements map[string]json.RawMessage
	if json.Unmarshal(raw, &elements) != nil {
		return
	}
	for name := range elements {
		if !keptElements[r.source.Type][name] {
			report.LeftOut[r.source.Type+"."+name]++
		}
	}
	if r.source.ID == "" {
		_ = json.Unmarshal(elements["id"], &r.source.ID) // a missing id is found later
	}
}

// plumbing are the elements that say nothing of the patient: the narrative
// repeats the others.
var plumbing = []string{"resourceType", "id", "meta", "text", "implicitRules", "language"}

// keptElements holds the elements of each type that the struct has a field for.
var keptElements = map[string]map[string]bool{}

func init() {
	for resourceType, body := range bodies {
		kept := map[string]bool{}
		for _, element := range plumbing {
			kept[element] = true
		}
		t := reflect.TypeOf(body()).Elem()
		for i := range t.NumField() {
			kept[t.Field(i).Tag.Get("json")] = true
		}
		keptElements[resourceType] = kept
	}
}

// problem returns what is wrong with an element of the resource.
func (r *resource) problem(path, reason string) Problem {
	return Problem{File: r.file, Entry: r.entry, Line: r.line, ResourceType: r.source.Type, Path: path, Reason: reason}
}

// refusals turns what is wrong with the row into problems of the elements.
func (r *resource) refusals(problems []db.Problem) []Problem {
	all := make([]Problem, len(problems))
	for i, p := range problems {
		path := r.source.Type
		if len(p.Path) > 0 {
			path += "." + r.elementOf(db.PathText(p.Path))
		}
		all[i] = r.problem(path, p.Message)
	}
	return all
}

// elementOf returns the element that a field, or the nearest one around it, comes from.
func (r *resource) elementOf(field string) string {
	for rest := ""; ; {
		if element, ok := r.paths[field]; ok {
			return element + rest
		}
		if element := r.body.element(field); element != "" {
			return element + rest
		}
		at := strings.LastIndexByte(field, '.')
		if at < 0 {
			return field + rest
		}
		field, rest = field[:at], "."+field[at+1:]+rest
	}
}

// subjectPath is the path of the element that names the patient.
func (r *resource) subjectPath() string {
	switch r.source.Type {
	case "AllergyIntolerance":
		return "AllergyIntolerance.patient"
	case "Appointment":
		return "Appointment.participant"
	}
	return r.source.Type + ".subject"
}
