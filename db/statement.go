package db

import (
	"context"
	"database/sql/driver"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// A statement is SQL under construction, with its arguments, for whoever acts.
type statement struct {
	strings.Builder
	args           []any
	actor          auth.Actor
	asksCharts     bool   // some condition is on what charts hold
	isDeidentified bool   // it looks through the de-identified lens
	isVaried       bool   // which plan is good depends on its arguments
	along          string // the column by whose beginning alone rows are read along their index
}

func newStatement(ctx context.Context) *statement {
	actor, _ := auth.From(ctx)
	s := &statement{actor: actor, isDeidentified: isDeidentified(ctx)}
	s.Grow(usualLength)
	return s
}

// usualLength is as many bytes as most statements have.
const usualLength = 768

func (s *statement) write(parts ...string) {
	for _, p := range parts {
		s.WriteString(p)
	}
}

// arg adds an argument and returns its place, "$3".
func (s *statement) arg(v any) string {
	s.args = append(s.args, v)
	return "$" + strconv.Itoa(len(s.args))
}

// hidden adds a text where the planner does not see it, behind a SELECT: it would find that
// some texts are found sooner than others, and plan a prepared statement again each time.
func (s *statement) hidden(text any) string { return "(SELECT " + s.arg(text) + "::text)" }

// among writes the condition that a column is one of some ids.
func (s *statement) among(column string, ids []uuid.UUID) string {
	if len(ids) == 1 {
		return column + " = " + s.arg(ids[0])
	}
	return column + " = ANY(" + s.several(ids) + ")"
}

// parents writes a table p of ids, each with its place.
func (s *statement) parents(ids []uuid.UUID) string {
	if len(ids) == 1 {
		return "(SELECT " + s.arg(ids[0]) + "::uuid AS id, 1 AS place) p"
	}
	return "unnest(" + s.several(ids) + ") WITH ORDINALITY p (id, place)"
}

// several writes an array of ids. Behind a SELECT the planner does not see how many there
// are: it would find that a plan for three is cheaper than one for any number, and plan a
// prepared statement again each time that there are few.
func (s *statement) several(ids []uuid.UUID) string {
	return "(SELECT " + s.arg(idArray(ids)) + "::uuid[])::uuid[]"
}

// Stats counts what an operation asked of the database.
type Stats struct {
	Statements atomic.Int64
	Duration   atomic.Int64 // nanoseconds, waiting included
}

type statsKey struct{}

// WithStats returns a context whose reads and writes are counted in s.
func WithStats(ctx context.Context, s *Stats) context.Context {
	return context.WithValue(ctx, statsKey{}, s)
}

// count adds a statement that began at start to the context's Stats.
func count(ctx context.Context, start time.Time) {
	if s, ok := ctx.Value(statsKey{}).(*Stats); ok {
		s.Statements.Add(1)
		s.Duration.Add(int64(time.Since(start)))
	}
}

// query runs a SELECT and hands each row to scan. Whether the primary or a standby
// answers makes no difference to what is read.
func (d *DB) query(ctx context.Context, query string, args []any, scan func(*sqlx.Rows) error) error {
	return d.ask(ctx, query, args, scan, func(primary *sqlx.DB) error {
		return each(ctx, primary, query, args, scan)
	})
}

// run is query for rows as the driver has them, of which scan keeps nothing. On the primary
// it costs less, and statements run prepared; the past prepares nothing.
func (d *DB) run(ctx context.Context, s *statement, scan func([]driver.Value) error) error {
	query := s.String()
	convert := func(rows *sqlx.Rows) error {
		columns, err := rows.SliceScan()
		if err != nil {
			return err
		}
		values := make([]driver.Value, len(columns))
		for i, column := range columns {
			values[i] = column
		}
		return scan(values)
	}
	return d.ask(ctx, query, s.args, convert, func(primary *sqlx.DB) error {
		if _, past := pastOf(ctx); past {
			return each(ctx, primary, query, s.args, convert)
		}
		return translate(readLive(ctx, primary, s, query, scan))
	})
}

// ask has a standby answer a SELECT and hands each row to scan; where none may, or does, it
// has the primary asked. It counts the statement.
func (d *DB) ask(ctx context.Context, query string, args []any, scan func(*sqlx.Rows) error, askPrimary func(*sqlx.DB) error) error {
	defer count(ctx, time.Now())
	pool, err := d.pool(ctx)
	if err != nil {
		return err
	}
	rows, release, ok := d.standbys.query(ctx, query, args)
	if !ok {
		d.byPrimary.Add(1)
		return askPrimary(pool)
	}
	defer release()
	return scanEach(rows, scan)
}

// each runs a SELECT and hands each row to scan.
func each(ctx context.Context, pool *sqlx.DB, query string, args []any, scan func(*sqlx.Rows) error) error {
	rows, err := pool.QueryxContext(ctx, query, args...)
	if err != nil {
		return translate(err)
	}
	return scanEach(rows, scan)
}

// scanEach hands each row to scan, and closes rows.
func scanEach(rows *sqlx.Rows, scan func(*sqlx.Rows) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return translate(err)
		}
	}
	return translate(rows.Err())
}
