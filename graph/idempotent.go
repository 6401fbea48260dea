package graph

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/db"
)

// idempotent does what the directive of that name says of a field: the write of
// its mutation takes effect once for its key.
func idempotent(ctx context.Context, next graphql.Resolver) (any, error) {
	field := graphql.GetFieldContext(ctx)
	directive := field.Field.Directives.ForName("idempotent")
	if directive == nil {
		return next(ctx)
	}
	if field.Object != "Mutation" {
		return nil, &db.InvalidError{Problems: []db.Problem{{
			Path: []any{"@idempotent"}, Code: db.NotAllowedNow, Message: "stands on mutations only",
		}}}
	}
	variables := graphql.GetOperationContext(ctx).Variables
	key, err := graphql.UnmarshalString(directive.ArgumentMap(variables)["key"])
	if err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	// Maps are written in the order of their keys, so equal inputs are equal texts.
	arguments, err := json.Marshal(field.Field.ArgumentMap(variables))
	if err != nil {
		return nil, fmt.Errorf("write arguments: %w", err)
	}
	return next(db.WithIdempotencyKey(ctx, key, append([]byte(field.Field.Name), arguments...)))
}
