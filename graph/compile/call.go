package compile

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/db"
)

// A Call runs a plan once.
type Call struct {
	writer
	op    *graphql.OperationContext
	ctx   context.Context
	begun []begun
	kept  []kept
	plan  *Plan
}

// What a field of the query itself was answered with.
type kept struct {
	field *Field
	value any
	err   error
}

// What is the same for a field of all objects in a call.
type begun struct {
	ctx context.Context
	fc  *graphql.FieldContext
}

// Call begins to run the plan.
func (p *Plan) Call(ctx context.Context, op *graphql.OperationContext) *Call {
	c := &Call{ctx: ctx, op: op, begun: make([]begun, p.slots), plan: p}
	c.buf = room(int(p.size.Load() + p.size.Load()/8))
	return c
}

// Bytes returns what was written.
func (c *Call) Bytes() []byte {
	c.plan.size.Store(int64(len(c.buf)))
	return c.buf
}

// Objects returns how many objects with fields were written.
func (c *Call) Objects() int { return c.objects }

// Context returns the context of a field that has no arguments.
func (c *Call) Context(f *Field) context.Context {
	b := &c.begun[f.slot]
	if b.ctx == nil {
		c.begin(b, f)
	}
	return b.ctx
}

func (c *Call) begin(b *begun, f *Field) {
	b.fc = &graphql.FieldContext{Object: f.object, Field: f.collected, IsMethod: true}
	b.ctx = graphql.WithFieldContext(db.WithColumns(c.ctx, f.columns), b.fc)
}

// Begin returns the context of a field and its arguments, which args reads.
func Begin[E any](c *Call, f *Field, ec E, args func(context.Context, E, map[string]any) (map[string]any, error)) (context.Context, *graphql.FieldContext, error) {
	b := &c.begun[f.slot]
	if b.ctx == nil {
		c.begin(b, f)
		var err error
		if b.fc.Args, err = args(b.ctx, ec, f.collected.ArgumentMap(c.op.Variables)); err != nil {
			return nil, nil, err
		}
	}
	return b.ctx, b.fc, nil
}

// Keep remembers what a field of the query itself was answered with.
func (c *Call) Keep(f *Field, value any, err error) { c.kept = append(c.kept, kept{f, value, err}) }
