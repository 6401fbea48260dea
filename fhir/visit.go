package fhir

import "github.com/clinicql/clinicql/db"

// A visit is the encounter that a resource belongs to. It may not be kept, or
// not be among the resources.
type visit struct {
	source   db.Source
	resource *resource       // nil when it was imported before
	row      *db.Appointment // nil when it is not kept
}

// visitOf returns the visit that a resource belongs to; nil of one that names
// none.
func (c *chart) visitOf(r *resource) (*visit, bool) {
	ref := r.body.visit()
	if ref == nil || ref.isEmpty() {
		return nil, true
	}
	source, ok := c.settle(ref)
	if !ok || source.Type != "Encounter" {
		c.refuse(r, r.source.Type+".encounter", "leads to no encounter")
		return nil, false
	}
	if v := c.visits[source.Source]; v != nil {
		return v, true
	}
	v := &visit{source: source.Source}
	if e := c.byRef["Encounter/"+source.ID]; c.placeless[e] {
		v.resource = e
	}
	c.visits[source.Source] = v
	return v, true
}

// kept returns the visit's resource, or nothing for one that is not kept.
func (v *visit) kept() db.Source {
	if v == nil || v.resource != nil && v.row == nil {
		return db.Source{}
	}
	return v.source
}

// told returns the day of the visit as the last resort for those of its records.
func (v *visit) told() told {
	if v == nil || v.resource == nil {
		return told{}
	}
	return told{"", v.resource.body.(*encounter).Period.Start}
}

// reason returns why the visit took place, or "".
func (v *visit) reason() string {
	if v == nil || v.resource == nil {
		return ""
	}
	e := v.resource.body.(*encounter)
	if text := firstText(e.ReasonCode); text != "" {
		return text
	}
	return firstText(e.Type)
}
