package graph

import (
	"context"
	"errors"
	"io"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph/compile"
	"github.com/clinicql/clinicql/graph/exec"
	"github.com/vektah/gqlparser/v2/ast"
)

// A compiledSchema answers queries by their plans, and what is below the payloads of
// mutations. What has none gqlgen's executor answers, which also finishes what goes wrong:
// its errors have paths and words.
type compiledSchema struct {
	graphql.ExecutableSchema
	plans *compile.Plans

	ran, others atomic.Int64 // queries and fields of payloads that were answered by plans, and those that were not
}

func newCompiledSchema(inner graphql.ExecutableSchema, schema *ast.Schema) *compiledSchema {
	return &compiledSchema{ExecutableSchema: inner, plans: compile.NewPlans(schema, exec.Compiled)}
}

// Exec implements graphql.ExecutableSchema.
func (s *compiledSchema) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	plan := s.plans.For(op)
	if plan == nil {
		return s.ExecutableSchema.Exec(ctx)
	}
	if op.Operation.Operation == ast.Mutation {
		s.payloads(op, plan)
		return s.ExecutableSchema.Exec(ctx)
	}
	var answered bool
	return func(ctx context.Context) *graphql.Response {
		if answered {
			return nil
		}
		answered = true
		call, err := run(ctx, func() (*compile.Call, error) { return exec.RunCompiled(ctx, s.ExecutableSchema, plan) })
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
		around(graphql.GetOperationContext(ctx), call.Resume)
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

// around has each field of an operation run by do.
func around(op *graphql.OperationContext, do graphql.FieldMiddleware) {
	middleware := op.ResolverMiddleware
	op.ResolverMiddleware = func(ctx context.Context, next graphql.Resolver) (any, error) {
		return middleware(ctx, func(ctx context.Context) (any, error) { return do(ctx, next) })
	}
}

type unfinishedKey struct{}

// payloads has the plan write what the mutations of an operation answer, each when it has
// been run and before the next one. What it cannot, the resolvers finish, as resume has them;
// a mutation is run once in any case.
func (s *compiledSchema) payloads(op *graphql.OperationContext, plan *compile.Plan) {
	around(op, func(ctx context.Context, next graphql.Resolver) (any, error) {
		if call, ok := ctx.Value(unfinishedKey{}).(*compile.Call); ok {
			return call.Resume(ctx, next)
		}
		f := plan.Payload(graphql.GetFieldContext(ctx))
		if f == nil {
			return next(ctx)
		}
		value, err := next(ctx)
		if err != nil {
			return value, err
		}
		call, err := run(ctx, func() (*compile.Call, error) {
			return exec.RunCompiledPayload(ctx, s.ExecutableSchema, plan, f, value)
		})
		switch {
		case err == nil:
			s.ran.Add(1)
			return written(call.Bytes()), nil
		case call != nil:
			ctx = context.WithValue(ctx, unfinishedKey{}, call)
		}
		s.others.Add(1)
		return next(ctx) // it is there, in the payload: this hands on ctx
	})
}

// written is JSON, which the executor takes in the place of what it is of.
type written []byte

// MarshalGQL implements graphql.Marshaler.
func (w written) MarshalGQL(to io.Writer) { _, _ = to.Write(w) }

// run runs a plan. In the place of a panic it returns an error and no call: nobody knows what
// it left.
func run(ctx context.Context, plan func() (*compile.Call, error)) (call *compile.Call, err error) {
	defer func() {
		if value := recover(); value != nil {
			call, err = nil, recovered(ctx, value)
		}
	}()
	return plan()
}
