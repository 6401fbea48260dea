package fhir

import (
	"context"
	"errors"

	"github.com/clinicql/clinicql/db"
)

// A chart is what one set of resources tells of one patient.
type chart struct {
	*set
	about     target
	resources []*resource // of the patient, in the order of the input

	rows     db.ImportedChart
	visits   map[db.Source]*visit
	records  []*record
	bySource map[db.Source]*resource
	places   map[*resource]bool // resources that have a place
	problems []Problem
}

// A record is one that is about to be kept.
type record struct {
	db.ImportedRecord
	visit    *visit
	resource *resource
}

// importTo writes the chart unless it is spoiled, or adds to the report why not.
func (c *chart) importTo(ctx context.Context, isSpoiled bool) error {
	c.build()
	if isSpoiled || c.problems != nil {
		c.refuseAll()
		return nil
	}
	if c.rows.IsEmpty() {
		return nil
	}
	result, err := c.db.ImportChart(ctx, &c.rows)
	var refused *db.ImportError
	switch {
	case errors.As(err, &refused):
		for _, r := range refused.Refused {
			c.problems = append(c.problems, c.refusals(r)...)
		}
		c.refuseAll()
		return nil
	case errors.Is(err, db.ErrUnavailable) || ctx.Err() != nil:
		return err
	case err != nil: // words of db, which hold nobody's values
		c.problems = append(c.problems, c.resources[0].problem("", err.Error()))
		c.refuseAll()
		return nil
	}
	c.report.Patients++
	c.report.keep(result)
	return nil
}

// refusals turns what db says of a row into problems of its resource.
func (c *chart) refusals(refused db.Refusal) []Problem {
	if r := c.bySource[refused.Source]; r != nil {
		return r.refusals(refused.Problems)
	}
	// The patient is not among the resources: the first that refers to them is told.
	r := c.resources[0]
	all := make([]Problem, len(refused.Problems))
	for i, p := range refused.Problems {
		all[i] = r.problem(r.subjectPath(), p.Message)
	}
	return all
}

// refuseAll counts all that has a place as refused.
func (c *chart) refuseAll() {
	c.report.Problems = append(c.report.Problems, c.problems...)
	for r, has := range c.places {
		if has {
			c.report.count(r.source.Type).Refused++
		}
	}
}

// refuse notes a problem of a resource.
func (c *chart) refuse(r *resource, path, reason string) {
	c.problems = append(c.problems, r.problem(path, reason))
}

// notKept counts a resource that has no place here.
func (c *chart) notKept(r *resource, reason string) {
	c.places[r] = false
	c.report.notKept(r.source.Type, reason)
}

// leftOut counts n further elements where one is kept.
func (c *chart) leftOut(element string, n int) {
	if n > 0 {
		c.report.LeftOut[element+" (further)"] += n
	}
}
