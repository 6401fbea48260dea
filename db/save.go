package db

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// A savingStatement writes one row of a table and answers it as a record.
type savingStatement struct {
	query string
	paths [][]int // of the fields that are its arguments
}

// savingStatements returns what adds a row of t, and what saves it as its next version.
func (t *table[T]) savingStatements() (adding, changing savingStatement) {
	columns := t.given()
	var places, set []string
	id := ""
	for i, column := range columns {
		place := "$" + strconv.Itoa(i+1)
		places = append(places, place)
		if column == "id" {
			id = place
		} else {
			set = append(set, column+" = "+place)
		}
	}
	paths := mapper.TraversalsByName(reflect.TypeFor[T](), columns)
	adding = savingStatement{fmt.Sprintf("INSERT INTO %s AS t (%s) VALUES (%s) RETURNING %s",
		t.name, strings.Join(columns, ", "), strings.Join(places, ", "), t.all.record), paths}
	changing = savingStatement{fmt.Sprintf("UPDATE %s AS t SET %s, version = t.version + 1, updated_at = change_instant() WHERE t.id = %s RETURNING %s",
		t.name, strings.Join(set, ", "), id, t.all.record), paths}
	return adding, changing
}

// insert adds row, and reads back what the database filled in.
func insert[T any, P pointer[T]](ctx context.Context, tx *Tx, t *table[T], row *T) error {
	identify[T, P](t, row)
	return save[T, P](ctx, tx, t, row, t.adding)
}

// update saves row as its next version.
func update[T any, P pointer[T]](ctx context.Context, tx *Tx, t *table[T], row *T) error {
	return save[T, P](ctx, tx, t, row, t.changing)
}

func save[T any, P pointer[T]](ctx context.Context, tx *Tx, t *table[T], row *T, s savingStatement) error {
	fields := reflect.ValueOf(row).Elem()
	args := make([]any, len(s.paths))
	for i, path := range s.paths {
		args[i] = fields.FieldByIndex(path).Interface()
	}
	// A statement can fail after it has answered, by what its triggers do at its
	// end; row stays as it was then, as it may be saved again.
	saved := new(T)
	if err := tx.answer(ctx, t.all, saved, s.query, args); err != nil {
		return fmt.Errorf("save %s: %w", t.name, translate(err))
	}
	from := reflect.ValueOf(saved).Elem()
	for _, path := range t.paths {
		fields.FieldByIndex(path).Set(from.FieldByIndex(path))
	}
	newBatch[T, P](ctx, tx.db, []*T{row})
	return nil
}

// answer runs a statement to its end and fills row, which it points to, from the one record
// that it answers.
func (tx *Tx) answer(ctx context.Context, p *picked, row any, query string, args []any) error {
	rows, err := tx.QueryxContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	records := newRecords()
	var raw sql.RawBytes
	found := 0
	for ; rows.Next(); found++ {
		if err := rows.Scan(&raw); err != nil {
			return err
		}
		r, err := records.read([]byte(raw))
		if err == nil {
			_, err = p.fill(row, r, records)
		}
		if err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil || found == 1 {
		return err
	}
	return ErrNotFound
}
