package graph

import (
	"context"
	"errors"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/db"
)

// asOf is what the directive of that name does: its query reads the clinic as it
// was at an instant.
func asOf(ctx context.Context, _ any, next graphql.Resolver, at time.Time) (any, error) {
	past, err := db.AsOf(ctx, at)
	var invalid *db.InvalidError
	if errors.As(err, &invalid) {
		for i, p := range invalid.Problems {
			invalid.Problems[i].Path = append([]any{"@asOf"}, p.Path...)
		}
	}
	if err != nil {
		return nil, err
	}
	return next(past)
}
