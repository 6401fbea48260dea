package fhir

import (
	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
)

// A set is the resources that may refer to each other: those of a bundle, or
// those of some patients of a bulk export.
type set struct {
	*importer
	report    *Report // of this set only
	isBundle  bool    // so that all of it is refused when it is not known whose a problem is
	resources []*resource
	byRef     map[string]*resource // by Type/id and by full URL
	byNumber  map[target]*resource // people by their identifiers
	others    map[string]string    // the types of entries that are not kept, by full URL
	people    map[target]uuid.UUID // the practitioners' rows
	placeless map[*resource]bool   // that are no patient's, and fine
	problems  []Problem            // of resources that are nobody's
}

func (im *importer) newSet(isBundle bool) *set {
	return &set{
		importer: im, report: newReport(), isBundle: isBundle,
		byRef: map[string]*resource{}, byNumber: map[target]*resource{}, others: map[string]string{},
		people: map[target]uuid.UUID{}, placeless: map[*resource]bool{},
	}
}

// add adds a resource that was read. The first of two with one id is referred to.
func (s *set) add(r *resource, fullURL string) {
	s.resources = append(s.resources, r)
	if r.source.ID == "" {
		r.problems = append(r.problems, r.problem(r.source.Type+".id", "is missing"))
	}
	for _, ref := range []string{r.source.Type + "/" + r.source.ID, fullURL} {
		if ref != "" && s.byRef[ref] == nil {
			s.byRef[ref] = r
		}
	}
	var numbers []identifier
	switch b := r.body.(type) {
	case *patient:
		numbers = b.Identifier
	case *practitioner:
		numbers = b.Identifier
	}
	for _, n := range numbers {
		if to := (target{db.Source{Type: r.source.Type}, db.Identifier(n)}); s.byNumber[to] == nil {
			s.byNumber[to] = r
		}
	}
}

// settle returns what a reference names, and false when it leads nowhere in a
// form that can only be meant for this set.
func (s *set) settle(ref *reference) (target, bool) {
	if r := s.byRef[ref.Reference]; r != nil {
		return target{Source: r.source}, true
	}
	if t, ok := s.others[ref.Reference]; ok {
		return target{Source: db.Source{Type: t}}, true
	}
	to := ref.parse()
	if r := s.byNumber[to]; r != nil {
		return target{Source: r.source}, true
	}
	return to, to != target{}
}

// find returns the resource of the set that a reference leads to.
func (s *set) find(ref *reference) (*resource, bool) {
	to, ok := s.settle(ref)
	if !ok {
		return nil, false
	}
	r := s.byRef[to.Type+"/"+to.ID]
	return r, r != nil
}

// leads says whether a reference leads somewhere, be it out of the set.
func (s *set) leads(ref *reference) bool {
	_, ok := s.settle(ref)
	return ok
}

// medicine returns the name of the Medication that a reference leads to, or "".
func (s *set) medicine(ref *reference) string {
	if r, ok := s.find(ref); ok {
		if m, ok := r.body.(*medication); ok {
			return m.Code.text()
		}
	}
	to, _ := s.settle(ref)
	return s.medicines.name(to.Source)
}
