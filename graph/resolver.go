package graph

import (
	"errors"

	"github.com/clinicql/clinicql/db"
)

// Resolver answers the schema's root fields from the record. What lies below
// them are fields and methods of the rows.
type Resolver struct {
	DB       *db.DB
	policy   *policy
	cache    *documentCache
	examples library
}

// orNil makes null of what there is none of.
func orNil[T any](row *T, err error) (*T, error) {
	if errors.Is(err, db.ErrNotFound) {
		return nil, nil
	}
	return row, err
}
