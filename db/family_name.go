package db

import "slices"

// partOfName returns the part of a family name that all patients on a list have, and the
// other conditions of the list, where it runs along the family names; "" for any other list.
// Such a page goes through the names that have the part, in their order, and reads no more
// patients of each than fill it. docs/decisions/0036.
func partOfName(where whereInput, keys []orderKey) (part string, others *PatientWhere) {
	w, ok := where.(*PatientWhere)
	if !ok || w == nil || w.FamilyName == nil || w.FamilyName.Contains == nil {
		return "", nil
	}
	if desc := keys[0].desc; !slices.Equal(keys, []orderKey{{column: "family_key", desc: desc}, {column: "given_key", desc: desc}, {column: "id", desc: desc}}) {
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

// namesWith writes the condition that a name n has a part and lies between two cursors, and
// the order of the patients t who have such names.
func namesWith(s *statement, part string, keys []orderKey, after, before []*string, backward bool) {
	s.isVaried = true // how many names have the part decides how they are found
	s.write("n.name LIKE ", s.arg("%"+likeText(part)+"%"))
	least, most := after, before
	if keys[0].desc {
		least, most = before, after
	}
	if least != nil {
		s.write(" AND n.name >= ", s.arg(*least[0]))
	}
	if most != nil {
		s.write(" AND n.name <= ", s.arg(*most[0]))
	}
	direction := " ASC"
	if keys[0].desc != backward {
		direction = " DESC"
	}
	s.write(" ORDER BY n.name", direction, ", t.given_key", direction, ", t.id", direction)
}
