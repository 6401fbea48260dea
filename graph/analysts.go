package graph

import (
	"context"
	"slices"

	"github.com/clinicql/clinicql/auth"
	"github.com/vektah/gqlparser/v2/ast"
)

// The forms in which analysts see fields, as the enum Seen has them. What is seen
// in one of the masked forms is not asked by.
const (
	seenAsIs    = "AS_IS"
	seenShifted = "SHIFTED"
	seenPseudo  = "PSEUDONYM"
	seenNothing = "NOTHING"
)

// asked are the forms of what analysts may filter, order and look up by.
var asked = []string{seenAsIs, seenShifted, seenPseudo}

// sentences tell in the descriptions of the schema what analysts see.
var sentences = map[string]string{
	seenPseudo:  "\nAnalysts see a pseudonym.",
	"LABEL":     "\nAnalysts see a label made of the pseudonym; they cannot filter or order by it.",
	"YEAR":      "\nAnalysts see the year, and 90 or older as one class; they cannot filter or order by it.",
	seenShifted: "\nAnalysts see it shifted by a number of weeks that is the patient's own, or its year where the clinic is strict.",
	"PREFIX":    "\nAnalysts see its first three characters, or nothing where the clinic is strict.",
	seenNothing: "\nAnalysts do not see it, and cannot filter or order by it.",
}

// seenAs returns in which form analysts see a field; "" where the schema does not say.
func seenAs(f *ast.FieldDefinition) string {
	if forms := words(f.Directives.ForName("analysts"), "see"); len(forms) == 1 {
		return forms[0]
	}
	return ""
}

// analysts compiles what analysts see of a type. It says so of all of its fields or of none.
func (c *compiler) analysts(d *ast.Definition) {
	said := slices.ContainsFunc(d.Fields, func(f *ast.FieldDefinition) bool { return seenAs(f) != "" })
	for _, f := range d.Fields {
		form := seenAs(f)
		at := coordinate{d.Name, f.Name}
		switch {
		case !said:
		case form == "":
			c.problems = append(c.problems, at.String()+" does not say what analysts see of it")
		case c.sets[at]&analyst != 0:
			c.problems = append(c.problems, at.String()+" is for analysts by its audiences too")
		default:
			c.seen[at] = form
			if form != seenNothing {
				c.sets[at] |= analyst
			}
		}
	}
}

// sees says whether a type says what analysts see of it.
func (c *compiler) sees(noun string) bool {
	_, ok := c.seen[coordinate{noun, "id"}]
	return ok
}

// read returns the sorted names of the fields whose reads are recorded, of an
// operation with its variables: those of charts, and for analysts all that tell of
// patients.
func (w *walk) read(ctx context.Context, variables map[string]any) []string {
	if actor, _ := auth.From(ctx); actor.Role != auth.Analyst {
		return w.charts(variables)
	}
	names := []string{}
	for _, of := range []*walk{w, w.sent(variables)} {
		for at := range of.touched {
			if _, ok := w.policy.seen[at]; ok {
				names = append(names, at.String())
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
