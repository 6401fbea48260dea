package compile

import (
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// payloads returns the plan of what mutations answer; nil where it would be empty. The executor
// runs mutations; of each field of a payload that is an object the plan knows what is below,
// if that can be run.
func (p *planner) payloads() *Plan {
	root := &Selection{}
	for _, mutation := range graphql.CollectFields(p.op, p.op.Operation.SelectionSet, []string{p.schema.Mutation.Name}) {
		if mutation.Name == "__typename" {
			continue
		}
		payload := p.schema.Types[mutation.Definition.Type.Name()]
		answers := &Selection{}
		for _, collected := range graphql.CollectFields(p.op, mutation.Selections, []string{payload.Name}) {
			if f := p.ofPayload(collected, payload); f != nil {
				answers.Fields = append(answers.Fields, f)
			}
		}
		root.Fields = append(root.Fields, &Field{Of: answers, key: keyOf(mutation.Alias)})
	}
	if p.fields == 0 {
		return nil
	}
	return &Plan{Root: root, slots: p.fields}
}

func (p *planner) ofPayload(collected graphql.CollectedField, payload *ast.Definition) *Field {
	if collected.Name == "__typename" || collected.Definition.Type.Elem != nil || p.known[collected.Definition.Type.Name()] == nil {
		return nil
	}
	if collected.IsDeferred() || slices.ContainsFunc(collected.Directives, isOther) {
		return nil
	}
	f := &Field{collected: collected, object: payload.Name, key: keyOf(collected.Alias), slot: p.fields}
	if p.fields++; p.fields > MaxFields || !p.below(f, payload) {
		return nil
	}
	return f
}

// Payload returns the field of a mutation's payload that the executor is at, where it is
// there and what is below it can be run by the plan.
func (p *Plan) Payload(at *graphql.FieldContext) *Field {
	if at.Parent == nil || at.Parent.Object != "Mutation" || at.Parent.Field.Field == nil {
		return nil
	}
	return p.find(at)
}
