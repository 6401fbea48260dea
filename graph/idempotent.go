package graph

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/db"
)

// idempotent is what the directive of that name does: the write of its mutation
// takes effect once for its key.
func idempotent(ctx context.Context, _ any, next graphql.Resolver, key string) (any, error) {
	field := graphql.GetFieldContext(ctx)
	if field.Object != "Mutation" {
		return nil, &db.InvalidError{Problems: []db.Problem{{
			Path: []any{"@idempotent"}, Code: db.NotAllowedNow, Message: "stands on mutations only",
		}}}
	}
	// Maps are written in the order of their keys, so equal inputs are equal texts.
	arguments, err := json.Marshal(field.Field.ArgumentMap(graphql.GetOperationContext(ctx).Variables))
	if err != nil {
		return nil, fmt.Errorf("write arguments: %w", err)
	}
	return next(db.WithIdempotencyKey(ctx, key, append([]byte(field.Field.Name), arguments...)))
}
