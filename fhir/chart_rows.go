package fhir

import "github.com/clinicql/clinicql/db"

// build makes the rows.
func (c *chart) build() {
	c.visits, c.bySource, c.places = map[db.Source]*visit{}, map[db.Source]*resource{}, map[*resource]bool{}
	c.rows.Patient.Source = c.about.Source
	if c.about.isNumber() {
		c.rows.Patient.Source, c.rows.Identifier = db.Source{}, &c.about.identifier
	}
	for _, r := range c.resources {
		c.places[r] = true
		if c.bySource[r.source] == nil {
			c.bySource[r.source] = r
		}
		c.problems = append(c.problems, r.problems...)
	}
	// Each step looks at what the ones before it made.
	for _, step := range []func(*resource){c.addPerson, c.addVisit, c.addAppointment, c.addCondition, c.addPrescription, c.addAllergy} {
		for _, r := range c.resources {
			if r.problems == nil {
				step(r)
			}
		}
	}
	for _, k := range c.records {
		c.rows.Records = append(c.rows.Records, k.ImportedRecord)
	}
}

func (c *chart) addPerson(r *resource) {
	p, ok := r.body.(*patient)
	switch {
	case !ok:
	case c.rows.Patient.Row == nil:
		c.rows.Patient.Row = p.row(c, r)
	default:
		c.twice(r)
	}
}

// twice counts a resource that stands in the input a second time.
func (c *chart) twice(r *resource) {
	c.places[r] = false
	c.report.count(r.source.Type).Known++
}

func (c *chart) addVisit(r *resource) {
	e, ok := r.body.(*encounter)
	if !ok {
		return
	}
	row := e.row(c, r)
	if c.visits[r.source] == nil {
		c.visits[r.source] = &visit{r.source, r, row}
	}
	if row != nil {
		c.rows.Appointments = append(c.rows.Appointments, db.Imported[db.Appointment]{Source: r.source, Row: row})
	}
}

func (c *chart) addAppointment(r *resource) {
	a, ok := r.body.(*appointment)
	if !ok {
		return
	}
	row := a.row(c, r)
	switch {
	case row == nil:
	case row.Status == db.Completed && c.isToldBy(r):
		c.notKept(r, "that an encounter tells of")
	default:
		c.rows.Appointments = append(c.rows.Appointments, db.Imported[db.Appointment]{Source: r.source, Row: row})
	}
}

// isToldBy says whether an encounter that is kept names the appointment r.
func (c *chart) isToldBy(r *resource) bool {
	for _, v := range c.visits {
		if v.resource == nil || v.row == nil {
			continue
		}
		for _, ref := range v.resource.body.(*encounter).Appointment {
			if found, ok := c.find(ref); ok && found == r {
				return true
			}
		}
	}
	return false
}

func (c *chart) addCondition(r *resource) {
	k, ok := r.body.(*condition)
	if !ok {
		return
	}
	v, ok := c.visitOf(r)
	if !ok {
		return
	}
	if row := k.row(c, r, v); row != nil {
		c.records = append(c.records, &record{db.ImportedRecord{Source: r.source, Visit: v.kept(), Row: row}, v, r})
	}
}

// addPrescription adds the line to the record that the prescription belongs to.
func (c *chart) addPrescription(r *resource) {
	m, ok := r.body.(*medicationRequest)
	if !ok {
		return
	}
	line := m.line(c, r)
	v, ok := c.visitOf(r)
	if line == "" || !ok {
		return
	}
	k, ok := c.recordFor(m, r, v)
	if !ok {
		return
	}
	if k == nil {
		row := m.record(c, r, v)
		if row == nil {
			return
		}
		k = &record{db.ImportedRecord{Visit: v.kept(), Row: row}, v, r}
		c.records = append(c.records, k)
	}
	k.Lines = append(k.Lines, db.ImportedPrescription{Source: r.source, Text: line})
}

// recordFor returns the record of the visit that is about the reason of a
// prescription, else the first one; nil when there is none that is signed.
func (c *chart) recordFor(m *medicationRequest, r *resource, v *visit) (*record, bool) {
	for n, ref := range m.ReasonReference {
		reason, ok := c.find(ref)
		if !ok {
			if !c.leads(ref) {
				c.refuse(r, reasonPath(n), "leads nowhere")
				return nil, false
			}
			continue
		}
		for _, k := range c.records {
			if k.resource == reason && k.visit == v && k.Row.Status == db.Signed {
				return k, true
			}
		}
	}
	for _, k := range c.records {
		if v != nil && k.visit == v && k.Row.Status == db.Signed {
			return k, true
		}
	}
	return nil, true
}

func (c *chart) addAllergy(r *resource) {
	a, ok := r.body.(*allergyIntolerance)
	if !ok {
		return
	}
	if day, isAbout := a.denied(c, r); isAbout {
		if day != nil {
			c.rows.NoAllergies = append(c.rows.NoAllergies, db.Imported[db.Date]{Source: r.source, Row: day})
		}
		return
	}
	if row := a.row(c, r); row != nil {
		c.rows.Allergies = append(c.rows.Allergies, db.Imported[db.Allergy]{Source: r.source, Row: row})
	}
}
