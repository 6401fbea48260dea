package compile

import (
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/vektah/gqlparser/v2/ast"
)

// How much is kept of plans: so many operations, with so many fields in all, which take
// some 300 bytes each.
const (
	keptOperations = 1000
	keptFields     = 100_000
	keptOfEach     = 8 // plans of one operation, as it includes and skips
)

// Plans keeps the plans of operations that were run, those that were used last. It is safe
// for concurrent use.
type Plans struct {
	schema *ast.Schema
	known  map[string]Object

	mu     sync.Mutex
	kept   *simplelru.LRU[*ast.OperationDefinition, *planned]
	fields int
}

// What is kept of one operation.
type planned struct {
	conditions []string // the variables by which it includes and skips
	plans      map[string]*Plan
	fields     int
}

// NewPlans returns the plans of a schema, of whose objects known says what can be run.
func NewPlans(schema *ast.Schema, known map[string]Object) *Plans {
	p := &Plans{schema: schema, known: known}
	kept, err := simplelru.NewLRU(keptOperations, func(_ *ast.OperationDefinition, dropped *planned) { p.fields -= dropped.fields })
	if err != nil {
		panic(err) // the size is constant
	}
	p.kept = kept
	return p
}

// For returns the plan of a query, or of what mutations answer; nil where there is none, as of
// all subscriptions.
func (p *Plans) For(op *graphql.OperationContext) *Plan {
	if op.Operation.Operation == ast.Subscription {
		return nil
	}
	p.mu.Lock()
	known, ok := p.kept.Get(op.Operation)
	if !ok {
		known = &planned{conditions: conditionsOf(op.Operation.SelectionSet), plans: map[string]*Plan{}}
		p.kept.Add(op.Operation, known)
	}
	key := known.key(op.Variables)
	plan, ok := known.plans[key]
	p.mu.Unlock()
	if ok {
		return plan
	}
	plan = newPlan(op, p.schema, p.known)
	p.mu.Lock()
	defer p.mu.Unlock()
	if kept, _ := p.kept.Peek(op.Operation); kept == known { // nobody forgot it meanwhile
		p.keep(known, key, plan)
	}
	return plan
}

// keep keeps a plan, unless somebody else made it at the same time, and drops others where
// there are too many.
func (p *Plans) keep(of *planned, key string, plan *Plan) {
	if _, ok := of.plans[key]; ok || len(of.plans) == keptOfEach {
		return
	}
	of.plans[key] = plan
	if plan != nil {
		of.fields += plan.slots
		p.fields += plan.slots
	}
	for p.fields > keptFields {
		p.kept.RemoveOldest()
	}
}

// Forget drops what is kept of an operation.
func (p *Plans) Forget(op *ast.OperationDefinition) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kept.Remove(op)
}

// key tells apart how variables have an operation include and skip.
func (p *planned) key(variables map[string]any) string {
	var key strings.Builder
	for _, name := range p.conditions {
		if is, _ := variables[name].(bool); is {
			key.WriteByte('1')
		} else {
			key.WriteByte('0')
		}
	}
	return key.String()
}

// conditionsOf returns the variables by which a selection includes and skips.
func conditionsOf(set ast.SelectionSet) []string {
	var names []string
	seen := map[any]bool{}
	note := func(directives ast.DirectiveList) {
		for _, d := range directives {
			if d.Name != "skip" && d.Name != "include" {
				continue
			}
			if v := d.Arguments.ForName("if").Value; v.Kind == ast.Variable && !seen[v.Raw] {
				seen[v.Raw] = true
				names = append(names, v.Raw)
			}
		}
	}
	var visit func(ast.SelectionSet)
	visit = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch s := selection.(type) {
			case *ast.Field:
				note(s.Directives)
				visit(s.SelectionSet)
			case *ast.InlineFragment:
				note(s.Directives)
				visit(s.SelectionSet)
			case *ast.FragmentSpread:
				note(s.Directives)
				if !seen[s.Definition] {
					seen[s.Definition] = true
					visit(s.Definition.SelectionSet)
				}
			}
		}
	}
	visit(set)
	return names
}
