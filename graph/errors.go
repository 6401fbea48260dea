package graph

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// present is the one place where an error gets the code and the words that a
// client sees. What is not known here is logged, and told as INTERNAL with the
// operation's id and nothing else.
func (e *executor) present(ctx context.Context, err error) *gqlerror.Error {
	var own *gqlerror.Error
	if errors.As(err, &own) && own.Extensions["code"] != nil {
		return own // made by this package, or by the parser about the document
	}
	told := &gqlerror.Error{Path: graphql.GetPath(ctx)}
	if own != nil {
		told.Path, told.Locations = own.Path, own.Locations
	}
	code, details := e.classify(ctx, err)
	told.Message = message(code, err)
	told.Extensions = map[string]any{"code": code}
	for name, value := range details {
		told.Extensions[name] = value
	}
	isLeft := code == "UNAVAILABLE" && errors.Is(context.Cause(ctx), context.Canceled) // by its client, which is no failure
	if (code == "INTERNAL" || code == "UNAVAILABLE") && !isLeft {
		slog.ErrorContext(ctx, "operation failed", "code", code, "field", fieldAt(ctx), "error", cause(err))
	}
	return told
}

// fieldAt returns the fields of the schema that lead to where ctx is, for the log:
// a path has the names that the client chose, which may be anything.
func fieldAt(ctx context.Context) string {
	var names []string
	for f := graphql.GetFieldContext(ctx); f != nil; f = f.Parent {
		if f.Field.Field != nil {
			names = append(names, f.Field.Name)
		}
	}
	slices.Reverse(names)
	return strings.Join(names, ".")
}

// classify returns the code of an error of the record, and its details.
func (e *executor) classify(ctx context.Context, err error) (code string, details map[string]any) {
	var invalid *db.InvalidError
	var conflict *db.ConflictError
	var taken *db.SlotTakenError
	var stale *db.VersionConflictError
	var limited *db.RateLimitedError
	var duplicate *db.DuplicateError
	var forbidden *db.ForbiddenError
	switch {
	case errors.As(err, &forbidden):
		return "FORBIDDEN", map[string]any{"denied": forbidden.Names}
	case errors.As(err, &invalid):
		return "INVALID", map[string]any{"fields": argumentPaths(ctx, invalid.Problems)}
	case errors.Is(err, db.ErrNotFound):
		return "NOT_FOUND", nil
	case errors.As(err, &taken):
		return "SLOT_TAKEN", whatIsFree(taken)
	case errors.As(err, &stale):
		return "VERSION_CONFLICT", e.difference(ctx, stale)
	case errors.As(err, &duplicate):
		return "POSSIBLE_DUPLICATE", map[string]any{"candidates": whoIsLike(duplicate)}
	case errors.As(err, &conflict):
		return "CONFLICT", nil
	case errors.Is(err, db.ErrIdempotencyMismatch):
		return "IDEMPOTENCY_MISMATCH", nil
	case errors.As(err, &limited):
		return "RATE_LIMITED", map[string]any{"retryAfter": max(1, int(math.Ceil(limited.RetryAfter.Seconds())))}
	case errors.Is(err, db.ErrNoActor), errors.Is(err, db.ErrSignIn):
		return "UNAUTHENTICATED", nil
	case errors.Is(err, db.ErrTooSlow):
		return "TOO_SLOW", nil
	case (errors.Is(err, db.ErrTookTooLong) || errors.Is(context.Cause(ctx), errTooLong)) && !errors.Is(err, db.ErrUnknown):
		return "TIMED_OUT", nil
	case errors.Is(err, db.ErrUnavailable), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "UNAVAILABLE", map[string]any{"operationId": operationID(ctx)}
	}
	return "INTERNAL", map[string]any{"operationId": operationID(ctx)}
}

// whatIsFree tells what is in the way of a visit, without saying whose it is, and
// when there is time instead.
func whatIsFree(taken *db.SlotTakenError) map[string]any {
	details := map[string]any{"kind": taken.Kind, "nextFree": taken.NextFree}
	if taken.NextFree == nil {
		details["nextFree"] = []db.FreeTime{}
	}
	if taken.Taken != nil {
		details["taken"] = taken.Taken
	}
	return details
}

// whoIsLike tells who may be the same person, by nothing but their ids.
func whoIsLike(duplicate *db.DuplicateError) []map[string]any {
	var all []map[string]any
	for _, c := range duplicate.Candidates {
		all = append(all, map[string]any{"patientId": c.Patient.ID, "score": c.Score, "reasons": c.Reasons})
	}
	return all
}

// message returns what a person is told.
func message(code string, err error) string {
	switch code {
	case "INTERNAL":
		return "something went wrong on our side"
	case "UNAVAILABLE":
		if errors.Is(err, db.ErrNoWrites) {
			return db.ErrNoWrites.Error()
		}
		return db.ErrUnavailable.Error()
	case "TIMED_OUT":
		return errTooLong.Error()
	case "NOT_FOUND":
		return db.ErrNotFound.Error()
	}
	if taken := (*db.SlotTakenError)(nil); errors.As(err, &taken) {
		return taken.Error() // whether a look or the database found out
	}
	var own *gqlerror.Error
	if errors.As(err, &own) && own.Err != nil {
		err = own.Err
	}
	return err.Error()
}

// cause returns the innermost words of err for the log. The errors of db hold
// no values of rows.
func cause(err error) string {
	var own *gqlerror.Error
	if errors.As(err, &own) && own.Err != nil {
		err = own.Err
	}
	return err.Error()
}

// argumentPaths leads the problems of a row to the arguments of its mutation:
// what a row calls familyName, its client calls input.familyName.
func argumentPaths(ctx context.Context, problems []db.Problem) []db.Problem {
	field := graphql.GetFieldContext(ctx)
	if field == nil || field.Field.Definition == nil || field.Field.Definition.Arguments.ForName("input") == nil {
		return problems
	}
	led := make([]db.Problem, len(problems))
	for i, p := range problems {
		p.Path = append([]any{"input"}, p.Path...)
		led[i] = p
	}
	return led
}

// difference tells what changed since the client's version, in the names of the
// schema. It holds what the actor may read.
func (e *executor) difference(ctx context.Context, stale *db.VersionConflictError) map[string]any {
	noun := reflect.TypeOf(stale.Current).Elem().Name()
	definition := e.schema.Types[noun]
	actor, _ := auth.From(ctx)
	current := scalars(definition, stale.Current)
	maps.DeleteFunc(current, func(name string, _ any) bool { return !e.policy.may(actor, noun, name) })
	for name := range current {
		if at := (coordinate{noun, name}); e.policy.isClinical(at) {
			db.Told(ctx, at.String())
		}
	}
	current["__typename"] = noun
	changed := []string{}
	for _, column := range stale.Columns {
		if name := fieldOf(definition, column); e.policy.may(actor, noun, name) {
			changed = append(changed, name)
		}
	}
	return map[string]any{"current": current, "changedFields": changed, "changedAt": stale.ChangedAt.UTC()}
}

// scalars returns the plain fields of a row as the API would answer them.
func scalars(definition *ast.Definition, row any) map[string]any {
	v := reflect.ValueOf(row).Elem()
	current := map[string]any{}
	for _, f := range definition.Fields {
		if value := v.FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, f.Name) }); value.IsValid() {
			current[f.Name] = value.Interface()
		}
	}
	return current
}

// fieldOf returns the field of the schema that a column is read by; "" for none.
func fieldOf(definition *ast.Definition, column string) string {
	name := strings.ReplaceAll(column, "_", "")
	for _, f := range definition.Fields {
		if strings.EqualFold(f.Name, name) || strings.EqualFold(f.Name+"id", name) {
			return f.Name
		}
	}
	return ""
}

// recovered turns a panic into an error of one field, and logs where it was.
func recovered(ctx context.Context, value any) error {
	slog.ErrorContext(ctx, "panic", "kind", fmt.Sprintf("%T", value), "stack", string(debug.Stack()))
	return errors.New("panic")
}

// refusal is an error about a request as a whole.
func refusal(code, message string) *gqlerror.Error {
	e := gqlerror.Errorf("%s", message)
	errcode.Set(e, code)
	return e
}
