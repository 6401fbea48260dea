package db

import (
	"time"

	"github.com/google/uuid"
)

// Row is what the rows of all nouns share. A field with the tag history:"-", here
// and elsewhere, is one that no version tells of.
type Row struct {
	ID        uuid.UUID `db:"id" history:"-"`
	Version   int32     `db:"version" history:"-"`
	CreatedAt time.Time `db:"created_at" history:"-"`
	UpdatedAt time.Time `db:"updated_at" history:"-"`

	batch *batch
}

// IsNode marks what has an id of its own.
func (Row) IsNode() {}

func (r *Row) row() *Row { return r }

// A noun is a pointer to the row of some table.
type noun interface{ row() *Row }

// A pointer is the pointer to a row type T.
type pointer[T any] interface {
	*T
	noun
}
