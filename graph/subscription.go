package graph

import (
	"context"
	"errors"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// An ending is why the events of a subscription ended; nil when nothing was wrong.
type ending struct{ err error }

type endingKey struct{}

// tell answers a field of a subscription with events, made into what the schema
// calls them, until there are no more.
func tell[E, T any](ctx context.Context, events *db.Events[E], err error, as func(*db.Event[E]) *T) (<-chan *T, error) {
	if err != nil {
		return nil, err
	}
	told := make(chan *T)
	end, _ := ctx.Value(endingKey{}).(*ending)
	go func() {
		defer close(told) // after the ending is set
		defer events.Close()
		defer func() {
			if value := recover(); value != nil {
				end.err = recovered(ctx, value)
			}
		}()
		for {
			batch, err := events.Next(ctx)
			if err != nil {
				end.err = err
				return
			}
			for _, e := range batch {
				select {
				case told <- as(e):
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return told, nil
}

// subscription is an operation that goes on.
type subscription struct {
	executor *executor
	ctx      context.Context
	op       *graphql.OperationContext
}

// newSubscription looks at an operation as at every other, and refuses one that
// is no subscription.
func (e *executor) newSubscription(ctx context.Context, params *graphql.RawParams) (s *subscription, errs gqlerror.List) {
	defer func() {
		if value := recover(); value != nil {
			errs = gqlerror.List{e.present(ctx, recovered(ctx, value))}
		}
	}()
	if err := spenderOf(ctx).refused(); err != nil {
		return nil, gqlerror.List{err}
	}
	op, errs := e.CreateOperationContext(ctx, params)
	if len(errs) > 0 {
		return nil, errs
	}
	if op.Operation.Operation != ast.Subscription {
		return nil, gqlerror.List{refusal("BAD_REQUEST", "only subscriptions are answered so: send queries and mutations by POST, and accept JSON")}
	}
	return &subscription{e, ctx, op}, nil
}

// run hands each event to send, in order, until there are no more, send fails or
// the context ends. It returns what the subscription was refused or ended with.
// Each event leaves only after the charts in it are in the audit.
func (s *subscription) run(send func(*graphql.Response) error) (errs gqlerror.List) {
	end := &ending{}
	ctx, stop := context.WithCancel(context.WithValue(s.ctx, endingKey{}, end))
	defer stop()
	defer func() {
		if value := recover(); value != nil {
			errs = gqlerror.List{s.executor.present(ctx, recovered(ctx, value))}
		}
	}()
	respond, ctx := s.executor.DispatchOperation(ctx, s.op)
	ctx = graphql.WithFieldContext(ctx, s.field())
	charts := s.executor.policy.walked(s.op.Operation).read(ctx, s.op.Variables)
	for {
		var reads db.Reads
		event := db.WithReads(ctx, &reads)
		response := respond(event)
		switch {
		case ctx.Err() != nil:
			return nil
		case response == nil && end.err != nil:
			return gqlerror.List{s.executor.present(ctx, end.err)}
		case response == nil:
			return nil
		case response.Data == nil: // refused before the first
			return response.Errors
		}
		if err := s.executor.db.RecordReads(event, &reads, charts); err != nil {
			return gqlerror.List{s.executor.present(ctx, err)}
		}
		s.executor.extend(event, s.op, response, nil)
		if send(response) != nil {
			return nil
		}
	}
}

// field is the context of the one field of the subscription, to which the paths of
// errors lead.
func (s *subscription) field() *graphql.FieldContext {
	return &graphql.FieldContext{Object: "Subscription", Field: fieldsOf(s.op)[0]}
}

func fieldsOf(op *graphql.OperationContext) []graphql.CollectedField {
	return graphql.CollectFields(op, op.Operation.SelectionSet, []string{"Subscription"})
}

// checkSubscription refuses a subscription to anything but one thing, which the
// parser lets pass and the executor does not expect.
func checkSubscription(op *graphql.OperationContext) gqlerror.List {
	if fields := fieldsOf(op); len(fields) != 1 || strings.HasPrefix(fields[0].Name, "__") {
		return gqlerror.List{refusal("GRAPHQL_VALIDATION_FAILED", "a subscription has exactly one field")}
	}
	return nil
}

// endOf is what a connection is told whose context has ended.
func endOf(ctx context.Context) *gqlerror.Error {
	cause := context.Cause(ctx)
	switch {
	case errors.Is(cause, auth.ErrSessionOver):
		return refusal("UNAUTHENTICATED", cause.Error())
	case errors.Is(cause, auth.ErrStopping):
		err := refusal("UNAVAILABLE", cause.Error())
		err.Extensions["operationId"] = operationID(ctx)
		return err
	}
	return nil
}
