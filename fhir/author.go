package fhir

import "github.com/google/uuid"

// An author is somebody who may answer for a record.
type author struct {
	path string
	ref  *reference
}

// author returns the first who is a practitioner, else the one of the visit.
func (c *chart) author(r *resource, v *visit, all ...author) *uuid.UUID {
	for _, a := range all {
		if id := c.practitioner(r, r.source.Type+"."+a.path, a.ref); id != nil {
			return id
		}
	}
	if v != nil && v.row != nil {
		return v.row.PractitionerID
	}
	return nil
}

// practitioner returns the row that a reference leads to; nil of nobody, or of
// somebody who is no practitioner. One that leads nowhere is a problem.
func (c *chart) practitioner(r *resource, path string, ref *reference) *uuid.UUID {
	if ref == nil || ref.isEmpty() {
		return nil
	}
	to, ok := c.settle(ref)
	id, isKnown := c.people[to]
	switch {
	case !ok:
		c.refuse(r, path, "leads nowhere")
	case isKnown:
		return &id
	case to.Type == "Practitioner" && c.byRef[to.Type+"/"+to.ID] != nil:
		c.refuse(r, path, "leads to a practitioner who was refused")
	case to.Type == "Practitioner":
		c.refuse(r, path, "leads to no practitioner")
	}
	return nil
}
