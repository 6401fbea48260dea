package graph

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/db"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

const maxItems = 100_000

// sizeLimit refuses operations that are too large or too deep before they run.
// Fragments are measured once each, so that a document in which each spreads
// the next twice costs nothing to refuse.
type sizeLimit struct{}

var _ graphql.OperationContextMutator = sizeLimit{}

func (sizeLimit) ExtensionName() string { return "SizeLimit" }

func (sizeLimit) Validate(graphql.ExecutableSchema) error { return nil }

func (sizeLimit) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	m := measure{variables: op.Variables, fragments: map[string]size{}}
	found := m.set(op.Operation.SelectionSet)
	if found.items > maxItems {
		return tooComplex("items", maxItems)
	}
	return nil
}

// A size is what a part of an operation comes to.
type size struct{ selections, depth, items int }

type measure struct {
	variables map[string]any
	fragments map[string]size
}

func (m measure) set(set ast.SelectionSet) size {
	var total size
	for _, s := range set {
		var one size
		switch s := s.(type) {
		case *ast.Field:
			one = m.set(s.SelectionSet)
			one.selections++
			one.depth++
			if n := m.pageSize(s); n > 0 {
				one.items = min(n*(one.items+1), maxItems+1)
			}
		case *ast.InlineFragment:
			one = m.set(s.SelectionSet)
		case *ast.FragmentSpread:
			known, ok := m.fragments[s.Name]
			if !ok {
				known = m.set(s.Definition.SelectionSet)
				m.fragments[s.Name] = known
			}
			one = known
		}
		total.selections = min(total.selections+one.selections, maxSelections+1)
		total.depth = max(total.depth, one.depth)
		total.items = min(total.items+one.items, maxItems+1)
	}
	return total
}

// pageSize returns how many items a connection can hold, a list of problems or of
// possible duplicates, and the visits of a calendar, which its columns share; 0
// for other fields. A size out of range is refused elsewhere, and counts as the
// largest here.
func (m measure) pageSize(f *ast.Field) int {
	if f.ObjectDefinition != nil && f.ObjectDefinition.Name == "ScheduleColumn" && f.Name == "appointments" {
		return db.MaxScheduleVisits
	}
	if f.ObjectDefinition != nil && f.ObjectDefinition.Name == "Query" && f.Name == "possibleDuplicates" {
		return db.MaxPossibleDuplicates
	}
	if f.Name == "currentProblems" {
		return db.MaxProblems
	}
	if f.Definition == nil || !strings.HasSuffix(f.Definition.Type.Name(), "Connection") {
		return 0
	}
	for _, a := range f.Arguments {
		if a.Name != "first" && a.Name != "last" {
			continue
		}
		if value, given := plain(a.Value, m.variables); given && value != nil {
			if n, err := strconv.Atoi(fmt.Sprint(value)); err == nil && n > 0 && n < db.MaxPageSize {
				return n
			}
			return db.MaxPageSize
		}
	}
	return db.DefaultPageSize
}
