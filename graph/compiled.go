package graph

import (
	"context"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/graph/compile"
	"github.com/clinicql/clinicql/graph/exec"
	"github.com/vektah/gqlparser/v2/ast"
)

// A compiledSchema answers queries by their plans. What it cannot answer so, and whatever
// goes wrong, gqlgen's executor answers, whose errors have paths and words.
type compiledSchema struct {
	graphql.ExecutableSchema
	plans *compile.Plans

	ran, others atomic.Int64 // queries that were answered by plans, and those that were not
}

func newCompiledSchema(inner graphql.ExecutableSchema, schema *ast.Schema) *compiledSchema {
	return &compiledSchema{ExecutableSchema: inner, plans: compile.NewPlans(schema, exec.Compiled)}
}

// Exec implements graphql.ExecutableSchema.
func (s *compiledSchema) Exec(ctx context.Context) graphql.ResponseHandler {
	plan := s.plans.For(graphql.GetOperationContext(ctx))
	if plan == nil {
		return s.ExecutableSchema.Exec(ctx)
	}
	var answered bool
	return func(ctx context.Context) *graphql.Response {
		if answered {
			return nil
		}
		answered = true
		data, err := s.run(ctx, plan)
		if err != nil {
			s.others.Add(1)
			return s.ExecutableSchema.Exec(ctx)(ctx)
		}
		s.ran.Add(1)
		return &graphql.Response{Data: data}
	}
}

// run answers a query by its plan. It returns an error in the place of a panic.
func (s *compiledSchema) run(ctx context.Context, plan *compile.Plan) (data []byte, err error) {
	defer func() {
		if value := recover(); value != nil {
			err = recovered(ctx, value)
		}
	}()
	return exec.RunCompiled(ctx, s.ExecutableSchema, plan)
}
