package db

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// insertSize is how many rows one statement adds; Postgres takes 65535 arguments.
const insertSize = 500

// insertAll adds rows, many with a statement. What the database fills in is not
// read back.
func insertAll[T any, P pointer[T]](ctx context.Context, tx *Tx, t *table[T], rows []*T) error {
	ctx = preparing(ctx, false) // the text of a statement depends on how many rows there are, and is long
	columns := t.given()
	statement := fmt.Sprintf("INSERT INTO %s (%s) VALUES (:%s)", t.name, strings.Join(columns, ", "), strings.Join(columns, ", :"))
	for _, row := range rows {
		identify[T, P](t, row)
	}
	for some := range slices.Chunk(rows, insertSize) {
		query, args, err := tx.BindNamed(statement, some)
		if err != nil {
			return fmt.Errorf("add %s: %w", t.name, err)
		}
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return fmt.Errorf("add %s: %w", t.name, translate(err))
		}
	}
	return nil
}
