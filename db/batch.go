package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx/reflectx"
)

// A batch is the rows that one statement read together. What hangs on any of
// them is read for all of them when it is first asked for, so that the number
// of statements follows from the shape of a query and never from its size.
type batch struct {
	db     *DB
	at     time.Time // the instant it was read for: what "next" and "last" mean for all its rows
	rows   []noun
	mu     sync.Mutex
	loads  map[any]*load
	wanted map[wanted]*load
}

// A load is one read for a whole batch, done once.
type load struct {
	once  sync.Once
	value any
	err   error
}

// do returns what read returned the first time.
func (l *load) do(read func() (any, error)) (any, error) {
	l.once.Do(func() {
		l.err = errEndedEarly // unless it does not
		l.value, l.err = read()
	})
	return l.value, l.err
}

var errEndedEarly = errors.New("the read of a sibling ended early")

func newBatch[T any, P pointer[T]](ctx context.Context, d *DB, rows []*T) *batch {
	b := &batch{db: d, at: now(ctx), rows: make([]noun, len(rows))}
	for i, row := range rows {
		b.rows[i] = P(row)
		P(row).row().batch = b
	}
	return b
}

// load returns what read returned for this key the first time.
func (b *batch) load(key any, read func() (any, error)) (any, error) {
	return loadOf(b, &b.loads, key).do(read)
}

// loadWanted is load for what is asked of each row, without an allocation for the key.
func (b *batch) loadWanted(key wanted, read func() (any, error)) (any, error) {
	return loadOf(b, &b.wanted, key).do(read)
}

func loadOf[K comparable](b *batch, loads *map[K]*load, key K) *load {
	b.mu.Lock()
	defer b.mu.Unlock()
	l := (*loads)[key]
	if l == nil {
		if *loads == nil {
			*loads = map[K]*load{}
		}
		l = &load{}
		(*loads)[key] = l
	}
	return l
}

// wanted is the key of what is read for whoever wants no more of the rows. They ask the
// same for all rows of a batch; others say in the key what they ask.
type wanted struct {
	by       *Columns
	what, on string
}

// ids returns the ids of all rows.
func (b *batch) ids() []uuid.UUID {
	ids := make([]uuid.UUID, len(b.rows))
	for i, row := range b.rows {
		ids[i] = row.row().ID
	}
	return ids
}

// columnPaths holds where columns are in rows.
var columnPaths = struct {
	sync.RWMutex
	known map[columnOf][]int
}{known: map[columnOf][]int{}}

type columnOf struct {
	row    reflect.Type
	column string
}

func (c columnOf) path() []int {
	columnPaths.RLock()
	path, ok := columnPaths.known[c]
	columnPaths.RUnlock()
	if !ok {
		path = mapper.TraversalsByName(c.row, []string{c.column})[0]
		columnPaths.Lock()
		defer columnPaths.Unlock()
		columnPaths.known[c] = path
	}
	return path
}

// referred returns what a column of row refers to; the nil id where it is null.
func referred(row noun, column string) uuid.UUID {
	v := reflect.ValueOf(row)
	path := columnOf{v.Type(), column}.path()
	switch id := reflectx.FieldByIndexesReadOnly(v, path).Addr().Interface().(type) {
	case *uuid.UUID:
		return *id
	case **uuid.UUID:
		if *id != nil {
			return **id
		}
	}
	return uuid.Nil
}

// one returns the row of t that the column of parent refers to; nil where it is null.
func one[T any, P pointer[T]](ctx context.Context, parent noun, t *table[T], column string) (*T, error) {
	b := parent.row().batch
	found, err := b.loadWanted(wanted{by: looksIn(ctx), what: column}, func() (any, error) {
		var ids []uuid.UUID
		seen := map[uuid.UUID]bool{uuid.Nil: true}
		for _, row := range b.rows {
			if id := referred(row, column); !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
		if len(ids) == 0 {
			return map[uuid.UUID]*T{}, nil
		}
		return byID[T, P](ctx, b.db, t, ids)
	})
	if err != nil {
		return nil, err
	}
	return found.(map[uuid.UUID]*T)[referred(parent, column)], nil
}

// many returns the page q of the rows t that belong to parent. The condition on
// says so, between the parent's id, p.id, and the row t.
func many[T any, P pointer[T]](ctx context.Context, parent noun, t *table[T], on string, q query) (*Connection[T], error) {
	b, id := parent.row().batch, parent.row().ID
	key := wanted{looksIn(ctx), t.name, on}
	if key.by == nil {
		key.what += q.key()
	}
	asked, err := b.loadWanted(key, func() (any, error) {
		l, err := newListing[T, P](ctx, b.db, t, q, false)
		if err != nil {
			return nil, err
		}
		l.hangOn(ctx, on)
		return &relation[T]{
			readPages:  func(ctx context.Context) (map[uuid.UUID]*page[T], error) { return l.pages(ctx, b, on) },
			readCounts: func(ctx context.Context) (map[uuid.UUID]tally, error) { return l.counts(ctx, b, on) }, wall: t.wall,
		}, nil
	})
	if err != nil {
		return nil, err
	}
	return asked.(*relation[T]).of(id), nil
}

// A relation is what hangs on each row of a batch: the pages of one list, and their counts.
// Both are read for all rows, once.
type relation[T any] struct {
	readPages     func(context.Context) (map[uuid.UUID]*page[T], error)
	readCounts    func(context.Context) (map[uuid.UUID]tally, error)
	wall          wall
	pages, counts load
}

// of returns the page of one row, and its count.
func (r *relation[T]) of(id uuid.UUID) *Connection[T] {
	return &Connection[T]{
		page: func(ctx context.Context) (*page[T], error) {
			pages, err := r.pages.do(func() (any, error) { return r.readPages(ctx) })
			if err != nil {
				return nil, err
			}
			return pages.(map[uuid.UUID]*page[T])[id], nil
		},
		count: func(ctx context.Context) (*int32, error) {
			counts, err := r.counts.do(func() (any, error) { return r.readCounts(ctx) })
			if err != nil {
				return nil, err
			}
			return counts.(map[uuid.UUID]tally)[id].told(ctx, r.wall), nil
		},
	}
}

// hangOn has rows read without the column by which they refer to their parent, where the
// condition on says no more than that: it is known.
func (l *listing[T, P]) hangOn(ctx context.Context, on string) {
	column, isReference := strings.CutSuffix(strings.TrimPrefix(on, "t."), " = p.id")
	if !isReference || strings.Contains(column, " ") || slices.ContainsFunc(l.keys, func(k orderKey) bool { return k.column == column }) {
		return
	}
	l.picked = l.table.pickBut(ctx, column, l.keys...)
	if slices.Contains(l.table.columns, column) && !slices.Contains(l.picked.columns, column) {
		l.parent = columnOf{reflect.TypeFor[T](), column}.path()
	}
}

// refer has a row refer to its parent, by a field that it was read without.
func refer(field reflect.Value, parent *uuid.UUID) {
	if field.Kind() == reflect.Pointer {
		field.Set(reflect.ValueOf(parent))
	} else {
		copy(field.Bytes(), parent[:])
	}
}

// selectPages writes the SELECT of one page for each of some ids, in their order: of each the
// records as one array, which the reader takes apart.
func (l *listing[T, P]) selectPages(s *statement, ids []uuid.UUID, on string) *rowReader {
	r := s.reading(l.picked, l.references)
	s.write("SELECT array_send(ARRAY(SELECT ", r.record, " FROM (")
	l.selectPage(s, on)
	s.write(") t", r.joins, " ORDER BY ", l.order(l.backward), ")) FROM ", s.parents(ids), " ORDER BY p.place")
	return r
}

// usualRows is as many rows as hang on most of those that something hangs on.
const usualRows = 5

// pages reads one page for each row of b.
func (l *listing[T, P]) pages(ctx context.Context, b *batch, on string) (map[uuid.UUID]*page[T], error) {
	ctx = readBy(ctx, l.table.name)
	s := newStatement(ctx)
	ids := b.ids()
	reader := l.selectPages(s, ids, on)
	counts := make([]int, 0, len(ids)) // of the rows of each id, which follow each other
	rows := make([]*T, 0, len(ids)*min(l.size, usualRows))
	var made maker[T]
	err := b.db.run(ctx, s, func(values []driver.Value) error {
		count, parent := 0, &ids[len(counts)]
		err := reader.records.each(values[0], func(r record) error {
			if count++; count > l.size {
				return nil // it only tells of another page
			}
			row := made.row()
			rows = append(rows, row)
			if l.parent != nil {
				refer(reflect.ValueOf(row).Elem().FieldByIndex(l.parent), parent)
			}
			return reader.fill(row, r)
		})
		counts = append(counts, count)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", l.table.name, err)
	}
	pages, all := make(map[uuid.UUID]*page[T], len(ids)), make([]page[T], len(ids))
	rest := rows // as in the database, or each page turned around
	for i, id := range ids {
		size := min(counts[i], l.size)
		all[i] = l.pageOf(rest[:size:size], counts[i] > size)
		rest, pages[id] = rest[size:], &all[i]
	}
	reader.keep(ctx, newBatch[T, P](ctx, b.db, rows))
	if err := l.touch(ctx, s, b, rows); err != nil {
		return nil, err
	}
	return pages, l.noteFew(ctx, rows, true)
}

// counts counts what matches for each row of b.
func (l *listing[T, P]) counts(ctx context.Context, b *batch, on string) (map[uuid.UUID]tally, error) {
	ctx = readBy(ctx, l.table.name)
	s := newStatement(ctx)
	s.write("SELECT p.id, n.* FROM unnest(", s.arg(idArray(b.ids())), "::uuid[]) p (id) CROSS JOIN LATERAL (SELECT ", s.counted(l.table.wall), " FROM ", l.table.name, " t WHERE ", on, " AND ")
	l.conditions(s)
	s.write(") n")
	counts := make(map[uuid.UUID]tally, len(b.rows))
	err := b.db.run(ctx, s, func(values []driver.Value) error {
		var id uuid.UUID
		err := id.Scan(values[0])
		counts[id] = tallyOf(values[1:])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count %s: %w", l.table.name, err)
	}
	return counts, l.touch(ctx, s, b, nil)
}

// touch notes whose charts were looked into: those of the rows that were found,
// and those of the parents, empty ones too, as far as they are open.
func (l *listing[T, P]) touch(ctx context.Context, s *statement, b *batch, rows []*T) error {
	if !s.asksCharts && !isRecorded(ctx, walls[l.table.name]) {
		return nil
	}
	touch(ctx, l.table.patientsOf(rows...)...)
	if isDeidentified(ctx) {
		touch(ctx, uuid.Nil)
		return nil
	}
	whose, err := b.openCharts(ctx)
	switch {
	case err != nil:
		return err
	case whose != nil:
		touch(ctx, whose...)
	case len(rows) == 0:
		touch(ctx, uuid.Nil)
	}
	return nil
}

// openCharts returns the patients, among the rows or whose the rows are, whose
// charts are open to the actor; nil where the rows are nobody's in particular.
func (b *batch) openCharts(ctx context.Context) ([]uuid.UUID, error) {
	open := []uuid.UUID{}
	for _, row := range b.rows {
		var p *Patient
		var err error
		switch row := row.(type) {
		case *Patient:
			p = row
		case *Appointment:
			p, err = row.Patient(ctx)
		case *MedicalRecord:
			open = append(open, row.PatientID) // or it would not have been read
			continue
		case *Allergy:
			open = append(open, row.PatientID)
			continue
		default:
			return nil, nil
		}
		if err != nil || p == nil {
			return nil, err
		}
		access, err := p.ChartAccess(ctx)
		if err != nil {
			return nil, err
		}
		if access != ChartClosed {
			open = append(open, p.ID)
		}
	}
	return open, nil
}
