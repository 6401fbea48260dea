package db

import (
	"reflect"
	"strconv"
	"unicode"
)

// partOfName returns the part of a family name that all patients on a list have, and the
// other conditions of the list, where it runs along the family names; "" for any other list.
// Such a page goes through the names that have the part, in their order, and reads no more
// patients of each than fill it. docs/decisions/0036.
func partOfName(where whereInput, keys []orderKey) (part string, others *PatientWhere) {
	w, ok := where.(*PatientWhere)
	if !ok || w == nil || w.FamilyName == nil || w.FamilyName.Contains == nil {
		return "", nil
	}
	if !runBy(keys, "family_key", "given_key", "id") {
		return "", nil
	}
	all, name := *w, *w.FamilyName
	all.FamilyName, name.Contains = &name, nil
	return Fold(*w.FamilyName.Contains), &all
}

// ofThatName is the condition that a patient t is called n. As two bounds it is taken for one
// that many meet, which are read along the index until there are enough; as an equality for
// one that as few meet as share a name in the mean, and of a common name all would be fetched
// and sorted.
const ofThatName = "t.family_key >= n.name AND t.family_key <= n.name"

// selectAlongNames writes the SELECT of the page of those whose family names have a part. How
// many names have it decides on whether they are walked along or found by their trigrams.
func (l *listing[T, P]) selectAlongNames(s *statement, part string, others *PatientWhere) {
	s.isVaried = true
	s.write("SELECT t.* FROM family_names n CROSS JOIN LATERAL (")
	l.selectRows(s, ofThatName, others)
	s.write(") t WHERE ")
	l.namesWith(s, part, s.arg)
	direction := l.direction()
	s.write(" ORDER BY n.name", direction, ", t.given_key", direction, ", t.id", direction, " LIMIT ", strconv.Itoa(l.limit))
}

// isFoundByPart says whether names that have a part are found by its trigrams, of which there
// are some, for a page that asks for nothing else: one plan is good then for all parts.
func isFoundByPart(part string, others *PatientWhere) bool {
	letters := 0
	for _, r := range part {
		if letters++; !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			letters = 0
		}
		if letters == 3 {
			return reflect.DeepEqual(others, &PatientWhere{FamilyName: &StringFilter{}})
		}
	}
	return false
}

// selectByPart is selectAlongNames for a part that isFoundByPart. All names that have it are
// put into their order first, which takes 2 ms for 2,700 names and for most parts less than to
// plan. Of an array the planner reckons with ten names, enough for a page, and so reads the
// patients of one name after the other and stops when the page is full. Behind a SELECT it
// does not see what is looked for, and settles on that plan.
func (l *listing[T, P]) selectByPart(s *statement, part string, others *PatientWhere) {
	direction := l.direction()
	s.write("SELECT t.* FROM unnest(ARRAY(SELECT n.name FROM family_names n WHERE ")
	l.namesWith(s, part, s.hidden)
	s.write(" ORDER BY n.name", direction, ")) WITH ORDINALITY n (name, place) CROSS JOIN LATERAL (")
	l.selectRows(s, ofThatName, others)
	s.write(") t ORDER BY n.place, t.given_key", direction, ", t.id", direction, " LIMIT ", strconv.Itoa(l.limit))
}

// direction is that in which a page is read whose columns all run the same way.
func (l *listing[T, P]) direction() string {
	if l.keys[0].desc != l.backward {
		return " DESC"
	}
	return " ASC"
}

// namesWith writes the condition that a name n has a part and lies between the cursors; arg
// writes the arguments.
func (l *listing[T, P]) namesWith(s *statement, part string, arg func(any) string) {
	s.write("n.name LIKE ", arg("%"+likeText(part)+"%"))
	least, most := l.after, l.before
	if l.keys[0].desc {
		least, most = most, least
	}
	if least != nil {
		s.write(" AND n.name >= ", arg(*least[0]))
	}
	if most != nil {
		s.write(" AND n.name <= ", arg(*most[0]))
	}
}
