package graph

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph/compile"
	"github.com/clinicql/clinicql/graph/exec"
	"github.com/vektah/gqlparser/v2/ast"
)

// A compiledSchema answers queries by their plans. What has none gqlgen's executor answers,
// which also finishes what goes wrong: its errors have paths and words.
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
		call, err := s.run(ctx, plan)
		if err != nil {
			s.others.Add(1)
			return s.resume(ctx, call, err)
		}
		s.ran.Add(1)
		graphql.RegisterExtension(ctx, costKey, call.Objects()) // in the place of the cost, which extend finds out
		return &graphql.Response{Data: call.Bytes()}
	}
}

// resume has the resolvers finish what a call by a plan could not. They ask for nothing again
// that was asked for, neither for what was answered nor for what failed; and of a database
// that is unavailable they ask for nothing more, only to be told the same. Without a call
// they begin anew.
func (s *compiledSchema) resume(ctx context.Context, call *compile.Call, failed error) *graphql.Response {
	if call != nil {
		op := graphql.GetOperationContext(ctx)
		middleware := op.ResolverMiddleware
		op.ResolverMiddleware = func(ctx context.Context, next graphql.Resolver) (any, error) {
			return middleware(ctx, func(ctx context.Context) (any, error) { return call.Resume(ctx, next) })
		}
	}
	if errors.Is(failed, db.ErrUnavailable) {
		if errors.Is(failed, db.ErrTookTooLong) {
			failed = errTooLong
		}
		var end context.CancelCauseFunc
		ctx, end = context.WithCancelCause(ctx)
		end(failed)
	}
	return s.ExecutableSchema.Exec(ctx)(ctx)
}

// run answers a query by its plan. In the place of a panic it returns an error and no call:
// nobody knows what it left.
func (s *compiledSchema) run(ctx context.Context, plan *compile.Plan) (call *compile.Call, err error) {
	defer func() {
		if value := recover(); value != nil {
			call, err = nil, recovered(ctx, value)
		}
	}()
	return exec.RunCompiled(ctx, s.ExecutableSchema, plan)
}
