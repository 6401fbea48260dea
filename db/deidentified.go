package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"net/url"
	"strconv"

	"github.com/google/uuid"
)

// What the connections of analysts are opened with besides: they find the views
// of the de-identified lens before the tables, which they may not read.
var deidentifiedParameters = url.Values{"search_path": {"deid, public"}}

// errDeidentifiedPast refuses what the lens has no views of.
var errDeidentifiedPast = errors.New("the de-identified lens shows what is now")

// isDeidentified says whether the statements of ctx look through the
// de-identified lens.
func isDeidentified(ctx context.Context) bool {
	l, err := loginIn(ctx)
	return err == nil && l == analyst
}

// accountTables are read by the login for accounts, always or where the actor's own
// reads the de-identified lens alone: whoever acts sees what is theirs, by the walls.
var accountTables = map[string]struct{ always bool }{"api_tokens": {}, "glass_accesses": {}, "sessions": {}, "users": {}, "saved_queries": {always: true}}

// readBy returns the context in which rows of the table are read.
func readBy(ctx context.Context, table string) context.Context {
	if t, ok := accountTables[table]; ok && (t.always || isDeidentified(ctx)) {
		return as(ctx, accounts)
	}
	return ctx
}

// fewPatients is how many patients have to stand behind a count for analysts to be
// told it, and behind an answer for it not to be one about few. coarseness is
// what a count that they are told is a multiple of.
const (
	fewPatients = 11
	coarseness  = 5
)

// isMasked says whether what stands behind w is of patients, and analysts ask.
func isMasked(ctx context.Context, w wall) bool { return isDeidentified(ctx) && w.patient != "" }

// A tally is how many rows match, and how many patients stand behind them, which
// is known for analysts only.
type tally struct{ rows, patients int32 }

// tallyOf reads what counted wrote.
func tallyOf(values []driver.Value) tally {
	return tally{int32(values[0].(int64)), int32(values[1].(int64))}
}

// told returns the count that is told; nil where too few patients stand behind it.
func (t tally) told(ctx context.Context, w wall) *int32 {
	n := t.rows
	if isMasked(ctx, w) {
		if t.patients < fewPatients {
			return nil
		}
		n -= n % coarseness
	}
	return &n
}

// counted writes what is counted of the rows t of a table: them, and the patients
// behind them where analysts ask.
func (s *statement) counted(w wall) string {
	if !s.isDeidentified || w.patient == "" {
		return "count(*), 0"
	}
	return "count(*), count(DISTINCT t." + w.patient + ")"
}

// selectByPseudonym writes the SELECT of a page in the order of pseudonyms, which runs
// by index: Postgres sorts what comes from behind a barrier.
func (l *listing[T, P]) selectByPseudonym(s *statement) {
	s.write("SELECT ", l.picked.row, " FROM ", l.table.name, "_in_order o CROSS JOIN LATERAL (SELECT * FROM ", l.table.name, " t WHERE t.id = o.id OFFSET 0) t WHERE ")
	l.conditions(s)
	if l.after != nil {
		s.write(" AND o.id > ", s.arg(*l.after[0]))
	}
	if l.before != nil {
		s.write(" AND o.id < ", s.arg(*l.before[0]))
	}
	direction := "ASC"
	if l.backward {
		direction = "DESC"
	}
	s.write(" ORDER BY o.id ", direction, " LIMIT ", strconv.Itoa(l.limit))
}

// areFew says whether few patients match the conditions of l, of whom rows are
// some, or all.
func (l *listing[T, P]) areFew(ctx context.Context, rows []*T, areAll bool) (bool, error) {
	seen := map[uuid.UUID]bool{}
	for _, id := range l.table.patientsOf(rows...) {
		seen[id] = true
	}
	if len(seen) >= fewPatients || areAll {
		return len(seen) < fewPatients, nil
	}
	found, err := l.tally(ctx)
	return found.patients < fewPatients, err
}

// noteFew notes when analysts ask for so narrow a part of a list that few patients
// match.
func (l *listing[T, P]) noteFew(ctx context.Context, rows []*T, areAll bool) error {
	if !isMasked(ctx, l.table.wall) || isAbsent(l.where) {
		return nil
	}
	few, err := l.areFew(ctx, rows, areAll)
	if few {
		touchFew(ctx)
	}
	return err
}
