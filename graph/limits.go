package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// What a document may hold. The introspection query of the common tools has
// 250 tokens and is 14 deep.
const (
	maxTokens     = 2000
	maxSelections = 1000 // fragments counted as often as they are spread
	maxDepth      = 15
)

// sizeLimit refuses operations that are too large or too deep before they run.
// Fragments are measured once each, so that a document in which each spreads
// the next twice costs nothing to refuse.
type sizeLimit struct{}

var _ graphql.OperationContextMutator = sizeLimit{}

func (sizeLimit) ExtensionName() string { return "SizeLimit" }

func (sizeLimit) Validate(graphql.ExecutableSchema) error { return nil }

func (sizeLimit) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	m := measure{fragments: map[string]size{}}
	found := m.set(op.Operation.SelectionSet)
	switch {
	case found.selections > maxSelections:
		return tooComplex("selections", maxSelections)
	case found.depth > maxDepth:
		return tooComplex("depth", maxDepth)
	}
	return nil
}

func tooComplex(limit string, allowed int) *gqlerror.Error {
	e := refusal("TOO_COMPLEX", "the operation is too large")
	e.Extensions["limit"], e.Extensions["allowed"] = limit, allowed
	return e
}

type size struct{ selections, depth int }

type measure struct{ fragments map[string]size }

func (m measure) set(set ast.SelectionSet) size {
	var total size
	for _, s := range set {
		var one size
		switch s := s.(type) {
		case *ast.Field:
			one = m.set(s.SelectionSet)
			one.selections++
			one.depth++
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
	}
	return total
}
