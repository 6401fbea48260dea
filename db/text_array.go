package db

import (
	"database/sql/driver"

	"github.com/lib/pq"
)

// A textArray is a column of texts, which is empty and never null.
type textArray []string

// Value gives the texts to the database.
func (a textArray) Value() (driver.Value, error) {
	if a == nil {
		return "{}", nil
	}
	return pq.StringArray(a).Value()
}

// Scan takes the texts from the database.
func (a *textArray) Scan(src any) error { return (*pq.StringArray)(a).Scan(src) }
