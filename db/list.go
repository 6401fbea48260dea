package db

import (
	"context"
	"database/sql/driver"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
)

// newListing checks what a list is asked with; it is of all rows, or of those that
// hang on others.
func newListing[T any, P pointer[T]](ctx context.Context, d *DB, t *table[T], q query, ofAll bool) (*listing[T, P], error) {
	if _, err := d.pool(readBy(ctx, t.name)); err != nil {
		return nil, err
	}
	l := &listing[T, P]{db: d, table: t, where: q.where, isDeidentified: isDeidentified(ctx)}
	l.cursor, l.places = l.cursorOf, sync.OnceValues(l.findPlaces)
	var err error
	if l.size, l.backward, err = q.page.size(); err != nil {
		return nil, err
	}
	l.limit = l.size
	if l.isDeidentified || asksForOthers(ctx) { // whether few match is looked at for analysts, whatever they ask for
		l.limit++
	}
	if l.keys, err = orderKeys(t, q.orderBy); err != nil {
		return nil, err
	}
	if l.isDeidentified && len(q.orderBy) == 0 && (ofAll && t.wall.patient != "" || t.wall == patients.wall) {
		l.keys = byPseudonym
	}
	l.picked = t.pick(ctx, l.keys...)
	l.references = referencesIn(ctx, t.noun)
	if err = d.loadCursorKey(ctx); err != nil {
		return nil, err
	}
	if l.after, err = l.open("after", q.page.After); err != nil {
		return nil, err
	}
	l.before, err = l.open("before", q.page.Before)
	return l, err
}

// list returns the page q of all rows of t.
func list[T any, P pointer[T]](ctx context.Context, d *DB, t *table[T], q query) (*Connection[T], error) {
	l, err := newListing[T, P](ctx, d, t, q, true)
	if err != nil {
		return nil, err
	}
	return &Connection[T]{page: onDemand(l.read), count: onDemand(l.countAll)}, nil
}

// read reads the page.
func (l *listing[T, P]) read(ctx context.Context) (*page[T], error) {
	ctx = readBy(ctx, l.table.name)
	s := newStatement(ctx)
	r := s.reading(l.picked, l.references)
	s.write("SELECT ", r.record, " FROM (")
	l.selectPage(s, "")
	s.write(") t", r.joins, " ORDER BY ", l.order(l.backward))
	rows, err := scan[T, P](ctx, l.db, l.table, s, r, l.size)
	if err != nil {
		return nil, err
	}
	p := l.page(rows)
	if s.asksCharts || isRecorded(ctx, l.table.wall) {
		touch(ctx, orNobody(l.table.patientsOf(p.rows...))...)
	}
	if err := l.noteFew(ctx, rows, len(rows) == len(p.rows) && l.after == nil && l.before == nil); err != nil {
		return nil, err
	}
	return p, nil
}

// countAll counts what matches on all pages together; nil where that is not told.
func (l *listing[T, P]) countAll(ctx context.Context) (*int32, error) {
	found, err := l.tally(ctx)
	if err != nil {
		return nil, err
	}
	if isMasked(ctx, l.table.wall) && found.patients < fewPatients && !isAbsent(l.where) {
		touchFew(ctx)
	}
	return found.told(ctx, l.table.wall), nil
}

// tally counts what matches on all pages together.
func (l *listing[T, P]) tally(ctx context.Context) (n tally, err error) {
	ctx = readBy(ctx, l.table.name)
	s := newStatement(ctx)
	s.write("SELECT ", s.counted(l.table.wall), " FROM ", l.table.name, " t WHERE ")
	l.conditions(s)
	if s.asksCharts || isRecorded(ctx, l.table.wall) {
		touch(ctx, uuid.Nil)
	}
	err = l.db.run(ctx, s, func(values []driver.Value) error {
		n = tallyOf(values)
		return nil
	})
	if err != nil {
		return tally{}, fmt.Errorf("count %s: %w", l.table.name, err)
	}
	return n, nil
}

// edge returns row as an edge of its table's list in the usual order, to be put
// into a list on a screen.
func edge[T any, P pointer[T]](t *table[T], row *T) *Edge[T] {
	d := P(row).row().batch.db
	l := &listing[T, P]{db: d, table: t}
	l.keys, _ = orderKeys(t, nil)
	l.places = l.findPlaces
	return &Edge[T]{Node: row, cursor: func(row *T) (string, error) {
		if err := d.loadCursorKey(context.Background()); err != nil {
			return "", err
		}
		return l.cursorOf(row)
	}}
}

// since is the filter for instants from at on.
func since(at time.Time) *DateTimeFilter { return &DateTimeFilter{Gte: &at} }
