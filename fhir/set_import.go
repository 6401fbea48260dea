package fhir

import (
	"context"
	"slices"

	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
)

// importTo writes practitioners and charts. Unless it is the last try, nothing is
// written and false is returned when the set refers to what is not there yet.
func (s *set) importTo(ctx context.Context, isLast bool) (bool, error) {
	complete, err := s.prepare(ctx)
	if err != nil || !complete && !isLast {
		return false, err
	}
	if err := s.importPractitioners(ctx); err != nil {
		return false, err
	}
	charts := s.charts()
	s.report.Problems = append(s.report.Problems, s.problems...)
	for _, c := range charts {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		if err := c.importTo(ctx, s.isBundle && s.problems != nil); err != nil {
			return false, err
		}
		s.progress.Patients.Add(1)
	}
	return true, nil
}

// charts groups the resources by patient, in the order of the input.
func (s *set) charts() []*chart {
	var all []*chart
	byPatient := map[target]*chart{}
	for _, r := range s.resources {
		about, ok := s.patientOf(r)
		if !ok {
			continue
		}
		c := byPatient[about]
		if c == nil {
			c = &chart{set: s, about: about}
			byPatient[about] = c
			all = append(all, c)
		}
		c.resources = append(c.resources, r)
	}
	return all
}

// patientOf returns whose chart a resource belongs to, and false for one that
// is nobody's.
func (s *set) patientOf(r *resource) (target, bool) {
	ref := r.body.subject()
	switch b := r.body.(type) {
	case *patient:
		return target{Source: r.source}, true
	case *practitioner:
		return target{}, false
	case *medication:
		return target{}, s.pass(r, "")
	case *appointment:
		ref = s.patientIn(b)
	}
	if ref == nil || ref.isEmpty() {
		return target{}, s.pass(r, "without a patient")
	}
	about, ok := s.settle(ref)
	switch {
	case !ok:
		r.problems = append(r.problems, r.problem(r.subjectPath(), "leads nowhere"))
		return target{}, s.pass(r, "")
	case about.Type != "Patient":
		return target{}, s.pass(r, "that are about no patient")
	}
	return about, true
}

// pass counts a resource that is no patient's as not kept, or as refused when it
// has a problem. It returns false.
func (s *set) pass(r *resource, reason string) bool {
	if r.problems != nil {
		s.problems = append(s.problems, r.problems...)
		s.report.count(r.source.Type).Refused++
		return false
	}
	s.placeless[r] = true
	s.report.notKept(r.source.Type, reason)
	return false
}

// prepare reads which rows the set refers to, and says whether all are there.
func (s *set) prepare(ctx context.Context) (bool, error) {
	var sources []db.Source
	var numbers []db.Identifier
	asked := map[target]bool{}
	for _, r := range s.resources {
		for _, ref := range append(r.body.people(), r.body.subject(), r.body.visit()) {
			if ref == nil || ref.isEmpty() {
				continue
			}
			to, _ := s.settle(ref)
			if asked[to] || s.byRef[to.Type+"/"+to.ID] != nil || s.isPractitioner(to) {
				continue
			}
			asked[to] = true
			switch {
			case to.isNumber() && to.Type == "Practitioner":
				numbers = append(numbers, to.identifier)
			case to.ID != "" && (to.Type == "Practitioner" || to.Type == "Patient" || to.Type == "Encounter"):
				sources = append(sources, to.Source)
			}
		}
	}
	found, err := s.ask(ctx, sources, numbers)
	return found == len(sources)+len(numbers), err
}

// isPractitioner says whether another set has met the practitioner, and notes who it is.
func (s *set) isPractitioner(to target) bool {
	id, ok := s.practitioners.get(to)
	if ok {
		s.people[to] = id
	}
	return ok
}

// ask looks for rows in the database and returns how many there are.
func (s *set) ask(ctx context.Context, sources []db.Source, numbers []db.Identifier) (int, error) {
	found := 0
	if len(sources) > 0 {
		rows, err := s.db.ImportedRows(ctx, sources)
		if err != nil {
			return 0, err
		}
		found += len(rows)
		for source, id := range rows {
			if source.Type == "Practitioner" {
				s.meet(target{Source: source}, id)
			}
		}
	}
	if len(numbers) > 0 {
		rows, err := s.db.PractitionersIdentified(ctx, numbers)
		if err != nil {
			return 0, err
		}
		found += len(rows)
		for number, id := range rows {
			s.meet(target{db.Source{Type: "Practitioner"}, number}, id)
		}
	}
	return found, nil
}

// meet notes whose row a practitioner is, for this set and the others.
func (s *set) meet(who target, id uuid.UUID) {
	s.people[who] = id
	s.practitioners.put(who, id)
}

// practitionersAtOnce is how many practitioners a transaction adds.
const practitionersAtOnce = 200

// importPractitioners adds the practitioners of the set.
func (s *set) importPractitioners(ctx context.Context) error {
	var rows []db.Imported[db.Practitioner]
	bySource := map[db.Source]*resource{}
	for _, r := range s.resources {
		p, ok := r.body.(*practitioner)
		if !ok {
			continue
		}
		row := p.row(r, s.report)
		if isNameless(&row.Name) {
			r.problems = append(r.problems, r.problem("Practitioner.name", "is missing"))
		}
		switch {
		case r.problems != nil:
			s.report.count(r.source.Type).Refused++
			s.report.Problems = append(s.report.Problems, r.problems...)
		case s.isPractitioner(target{Source: r.source}):
			s.report.count(r.source.Type).Known++
		default:
			bySource[r.source] = r
			rows = append(rows, db.Imported[db.Practitioner]{Source: r.source, Row: row})
		}
	}
	for some := range slices.Chunk(rows, practitionersAtOnce) {
		ids, result, err := s.db.ImportPractitioners(ctx, some)
		if err != nil {
			return err
		}
		for source, id := range ids {
			s.meet(target{Source: source}, id)
		}
		for _, refused := range result.Refused {
			s.report.count(refused.Source.Type).Refused++
			s.report.Problems = append(s.report.Problems, bySource[refused.Source].refusals(refused.Problems)...)
		}
		s.report.keep(result)
	}
	return nil
}
