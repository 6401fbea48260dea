package fhir

import (
	"strings"

	"github.com/clinicql/clinicql/db"
)

// A practitioner becomes a row of practitioners.
type practitioner struct {
	Identifier    []identifier `json:"identifier"`
	Active        *bool        `json:"active"`
	Name          []humanName  `json:"name"`
	Qualification []struct {
		Code *codeableConcept `json:"code"`
	} `json:"qualification"`
}

func (*practitioner) subject() *reference  { return nil }
func (*practitioner) visit() *reference    { return nil }
func (*practitioner) people() []*reference { return nil }

func (*practitioner) element(field string) string {
	if field == "specialty" {
		return "qualification[0].code"
	}
	return ""
}

// row returns the practitioner's row.
func (p *practitioner) row(r *resource, report *Report) *db.Practitioner {
	r.paths = map[string]string{}
	row := &db.Practitioner{
		Name:        nameOf(p.Name, r, report),
		Identifiers: identifiersOf(p.Identifier, r, report),
		IsActive:    p.Active == nil || *p.Active,
	}
	if best := bestName(p.Name); best >= 0 {
		row.Prefix = optional(strings.Join(p.Name[best].Prefix, " "))
	}
	if len(p.Qualification) > 0 {
		row.Specialty = optional(p.Qualification[0].Code.text())
	}
	if further := len(p.Qualification) - 1; further > 0 {
		report.LeftOut["Practitioner.qualification (further)"] += further
	}
	if !row.IsActive {
		row.DeactivationReason = optional("Not active where this was imported from")
	}
	return row
}
