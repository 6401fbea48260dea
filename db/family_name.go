package db

import (
	"slices"
	"strconv"
)

// partOfName returns the part of a family name that all patients on the list have, and the
// other conditions of the list, where it runs along the family names; "" for any other list.
func (l *listing[T, P]) partOfName() (part string, others *PatientWhere) {
	w, ok := l.where.(*PatientWhere)
	if !ok || w == nil || w.FamilyName == nil || w.FamilyName.Contains == nil || l.isDeidentified {
		return "", nil
	}
	if desc := l.keys[0].desc; !slices.Equal(l.keys, []orderKey{{column: "family_key", desc: desc}, {column: "given_key", desc: desc}, {column: "id", desc: desc}}) {
		return "", nil
	}
	where, name := *w, *w.FamilyName
	where.FamilyName, name.Contains = &name, nil
	return Fold(*w.FamilyName.Contains), &where
}

// ofThatName is the condition that a patient t is called n. As two bounds it is taken for one
// that many meet, which are read along the index until there are enough; as an equality for
// one that as few meet as share a name in the mean, and of a common name all would be fetched
// and sorted.
const ofThatName = "t.family_key >= n.name AND t.family_key <= n.name"

// selectByPart writes the SELECT of a page of those whose family name has a part. It goes
// through the names that have it, in their order, and reads no more patients of each than fill
// the page. docs/decisions/0036.
func (l *listing[T, P]) selectByPart(s *statement, part string, others *PatientWhere) {
	all := *l
	all.where = others
	s.isVaried = true // how many names have the part decides how they are found
	s.write("SELECT t.* FROM family_names n CROSS JOIN LATERAL (")
	all.selectRows(s, ofThatName)
	s.write(") t WHERE n.name LIKE ", s.arg("%"+likeText(part)+"%"))
	up := !l.keys[0].desc
	for _, bound := range []struct {
		at   []*string
		from bool
	}{{l.after, up}, {l.before, !up}} {
		switch {
		case bound.at == nil:
		case bound.from:
			s.write(" AND n.name >= ", s.arg(*bound.at[0]))
		default:
			s.write(" AND n.name <= ", s.arg(*bound.at[0]))
		}
	}
	direction := " ASC"
	if up == l.backward {
		direction = " DESC"
	}
	s.write(" ORDER BY n.name", direction, ", t.given_key", direction, ", t.id", direction, " LIMIT ", strconv.Itoa(l.size+1))
}
