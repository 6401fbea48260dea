package graph

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// What a document may hold. All but the tokens are counted as the operation that
// has most of them is run: fragments as often as they are spread.
const (
	maxTokens     = 1000
	maxDepth      = 12
	maxSelections = 450
	maxAliases    = 30
	maxDirectives = 20
	maxRootFields = 20
	maxName       = 100 // bytes of each name that the client chose, and of the keys of its variables
	// The schema is told by a chain of types of types, in the query of the common
	// tools 15 deep.
	maxIntrospectionDepth = 20
)

// What the variables of an operation may hold.
const (
	maxVariableDepth = 12
	maxVariableNodes = 5000
)

func tooComplex(limit string, allowed int) *gqlerror.Error {
	e := refusal("TOO_COMPLEX", "the operation is too large")
	e.Extensions["limit"], e.Extensions["allowed"] = limit, allowed
	return e
}

// An extent is how much a part of a document comes to. The counts are saturated.
type extent struct{ selections, depth, introspection, aliases, directives, roots int }

// plus returns the extent of two parts that stand beside each other.
func (x extent) plus(y extent) extent {
	return extent{
		selections:    min(x.selections+y.selections, maxSelections+1),
		depth:         max(x.depth, y.depth),
		introspection: max(x.introspection, y.introspection),
		aliases:       min(x.aliases+y.aliases, maxAliases+1),
		directives:    min(x.directives+y.directives, maxDirectives+1),
		roots:         min(x.roots+y.roots, maxRootFields+1),
	}
}

// below returns the extent of a field with what is selected of it.
func (x extent) below(f *ast.Field) extent {
	x.selections++
	x.depth++
	if f.Name == "__schema" || f.Name == "__type" {
		x.introspection, x.depth = max(x.introspection, x.depth), 1
	}
	x.roots = 1
	return x
}

// A ruler measures a document that was parsed and not yet validated: the
// validator compares each selection with each other, and goes through fragments
// as often as they are spread. Fragments are measured once each, so that a
// document in which each spreads the next twice costs nothing to refuse.
type ruler struct {
	fragments map[string]*ast.FragmentDefinition
	known     map[*ast.FragmentDefinition]extent
	within    map[*ast.FragmentDefinition]bool // those that are being measured
	refused   *gqlerror.Error
}

// checkExtent refuses a document of which any part is too large, whether or not
// it would be run, or whose fragments go in a circle.
func checkExtent(doc *ast.QueryDocument) *gqlerror.Error {
	r := &ruler{
		fragments: map[string]*ast.FragmentDefinition{},
		known:     map[*ast.FragmentDefinition]extent{}, within: map[*ast.FragmentDefinition]bool{},
	}
	for _, f := range slices.Backward(doc.Fragments) {
		r.fragments[f.Name] = f // of several the first, as the validator does
	}
	for _, op := range doc.Operations {
		x := r.set(op.SelectionSet)
		x.directives += r.directives(op.Directives)
		r.name(op.Name)
		for _, v := range op.VariableDefinitions {
			x.directives += r.directives(v.Directives)
			r.name(v.Variable)
			r.name(v.Type.Name())
		}
		r.check(x)
	}
	for _, f := range doc.Fragments { // those that nothing spreads too, and of several all
		x := r.fragment(f)
		x.roots = 0                                                 // they need not be spread at the root,
		x.introspection, x.depth = max(x.introspection, x.depth), 0 // and may tell of the schema
		r.check(x)
	}
	return r.refused
}

// check refuses an extent beyond a limit.
func (r *ruler) check(x extent) {
	for _, limit := range []struct {
		name           string
		found, allowed int
	}{
		{"selections", x.selections, maxSelections},
		{"depth", x.depth, maxDepth},
		{"introspectionDepth", x.introspection, maxIntrospectionDepth},
		{"aliases", x.aliases, maxAliases},
		{"directives", x.directives, maxDirectives},
		{"rootFields", x.roots, maxRootFields},
	} {
		if limit.found > limit.allowed {
			r.refuse(tooComplex(limit.name, limit.allowed))
		}
	}
}

// refuse keeps the first reason.
func (r *ruler) refuse(err *gqlerror.Error) {
	if r.refused == nil {
		r.refused = err
	}
}

// set measures a set of selections.
func (r *ruler) set(set ast.SelectionSet) extent {
	var total extent
	for _, s := range set {
		var one extent
		switch s := s.(type) {
		case *ast.Field:
			one = r.set(s.SelectionSet).below(s)
			one.directives += r.directives(s.Directives)
			if s.Alias != s.Name {
				one.aliases++
			}
			r.name(s.Alias)
			r.name(s.Name)
			for _, a := range s.Arguments {
				r.name(a.Name)
			}
		case *ast.InlineFragment:
			one = r.set(s.SelectionSet)
			one.directives += r.directives(s.Directives)
			r.name(s.TypeCondition)
		case *ast.FragmentSpread:
			one = r.spread(s.Name)
			one.directives += r.directives(s.Directives)
		}
		total = total.plus(one)
	}
	return total
}

// spread measures the fragment of a name; one that does not exist is empty, and
// left to the validator.
func (r *ruler) spread(name string) extent {
	r.name(name)
	if f := r.fragments[name]; f != nil {
		return r.fragment(f)
	}
	return extent{}
}

func (r *ruler) fragment(f *ast.FragmentDefinition) extent {
	if x, ok := r.known[f]; ok {
		return x
	}
	if r.within[f] {
		r.refuse(refusal("GRAPHQL_VALIDATION_FAILED", "fragments are spread in a circle"))
		return extent{}
	}
	r.within[f] = true
	x := r.set(f.SelectionSet)
	delete(r.within, f)
	x.directives += r.directives(f.Directives)
	r.name(f.Name)
	r.name(f.TypeCondition)
	r.known[f] = x
	return x
}

func (r *ruler) directives(all ast.DirectiveList) int {
	for _, d := range all {
		r.name(d.Name)
	}
	return len(all)
}

// name refuses one that is long: errors repeat names.
func (r *ruler) name(name string) {
	if len(name) > maxName {
		r.refuse(tooComplex("name", maxName))
	}
}

// checkVariables refuses variables that are too deep or too many.
func checkVariables(variables map[string]any) *gqlerror.Error {
	nodes := 0
	var look func(value any, depth int) *gqlerror.Error
	look = func(value any, depth int) *gqlerror.Error {
		if nodes++; nodes > maxVariableNodes {
			return tooComplex("variableNodes", maxVariableNodes)
		}
		if depth > maxVariableDepth {
			return tooComplex("variableDepth", maxVariableDepth)
		}
		switch value := value.(type) {
		case map[string]any:
			for key, inner := range value {
				if len(key) > maxName {
					return tooComplex("name", maxName)
				}
				if err := look(inner, depth+1); err != nil {
					return err
				}
			}
		case []any:
			for _, inner := range value {
				if err := look(inner, depth+1); err != nil {
					return err
				}
			}
		}
		return nil
	}
	for _, value := range variables {
		if err := look(value, 1); err != nil {
			return err
		}
	}
	return nil
}
