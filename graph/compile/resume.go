package compile

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/db"
)

// Resume is a field's middleware by which the resolvers go on with what a call has read
// that could not be finished: the fields of a query are what they were, and what hangs on
// rows is asked for as the call did, so that their batches know it, or that it failed.
func (c *Call) Resume(ctx context.Context, next graphql.Resolver) (any, error) {
	f := c.plan.find(graphql.GetFieldContext(ctx))
	for _, k := range c.kept {
		if k.field == f {
			return k.value, k.err
		}
	}
	as := c.ctx
	if f != nil && c.begun[f.slot].ctx != nil {
		as = c.begun[f.slot].ctx
	}
	return next(db.WithColumnsOf(ctx, as))
}

// find returns the field of the plan that the executor is at; nil where there is none.
func (p *Plan) find(at *graphql.FieldContext) *Field {
	selected := p.Root
	for of := at.Parent; of != nil; of = of.Parent {
		if of.Field.Field == nil {
			continue // an item of a list, or the operation
		}
		f := p.find(of)
		if f == nil {
			return nil
		}
		if selected = f.Of; selected == nil {
			selected = f.as[at.Object]
		}
		break
	}
	if selected == nil {
		return nil
	}
	key := keyOf(at.Field.Alias)
	i := slices.IndexFunc(selected.Fields, func(f *Field) bool { return f.key == key })
	if i < 0 {
		return nil
	}
	return selected.Fields[i]
}
