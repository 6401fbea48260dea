package db

import (
	"context"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/jmoiron/sqlx/reflectx"
	"github.com/lib/pq"
)

// A table pairs a Postgres table with the Go struct of its row. The struct's db
// tags are the only list of columns: every statement is built from them.
type table[T any] struct {
	name    string
	kind    Kind
	number  string            // the column with the number in the first half of the id, where rows are found and ordered by it
	noun    string            // the schema's name of the row
	columns []string          // all, in the order of the struct
	paths   [][]int           // of their fields
	issued  []string          // columns that the database fills in
	orders  map[string]string // columns of an order's field, where they are not its name in lower case
	usual   []orderKey        // the order when none is asked for
	listed  string            // condition on t for rows that lists show
	unless  string            // field of the where input that lifts it
	wall    wall              // who sees which rows

	all *picked // with all columns

	adding, changing savingStatement

	// The columns that fields of the schema look at which are none themselves. Those
	// that are rows, or lists of them, hand on what they read, with one list of each
	// table at most.
	looksAt map[string]string
}

// Columns that the database fills in for every noun.
var issued = []string{"version", "created_at", "updated_at"}

var mapper = reflectx.NewMapper("db")

// rowTypes holds each row type by its noun.
var rowTypes = map[string]reflect.Type{}

// nodes reads rows of each kind by id.
var nodes = map[Kind]func(context.Context, *DB, []uuid.UUID) (map[uuid.UUID]any, error){}

// nouns holds the noun of each table.
var nouns = map[string]string{"allergy_absences": "Patient"}

// tables holds the table of each kind.
var tables = map[Kind]string{}

// kinds holds the kind of each noun.
var kinds = map[string]Kind{}

// newTable registers the table of T, whose row is the noun of the schema with T's name.
func newTable[T any, P pointer[T]](t table[T]) *table[T] {
	typ := reflect.TypeFor[T]()
	t.noun = typ.Name()
	for _, f := range mapper.TypeMap(typ).Index {
		if f.Field.Tag.Get("db") != "" {
			t.columns = append(t.columns, f.Path)
		}
	}
	t.paths = mapper.TraversalsByName(typ, t.columns)
	t.all = newPicked(typ, t.columns, t.paths)
	t.adding, t.changing = t.savingStatements()
	tables[t.kind] = t.name
	rowTypes[t.noun], kinds[t.noun], walls[t.name], nouns[t.name] = typ, t.kind, t.wall, t.noun
	looksAt[t.noun], referables[t.noun] = t.looksAt, referableTable[T, P]{&t}
	walls[historySchema+t.name] = t.wall
	nodes[t.kind] = func(ctx context.Context, d *DB, ids []uuid.UUID) (map[uuid.UUID]any, error) {
		rows, err := byID[T, P](ctx, d, &t, ids)
		found := make(map[uuid.UUID]any, len(rows))
		for id, row := range rows {
			found[id] = row
		}
		return found, err
	}
	return &t
}

// KindNamed returns the kind of the schema's noun, and whether there is one.
func KindNamed(noun string) (Kind, bool) {
	k, ok := kinds[noun]
	return k, ok
}

func (t *table[T]) list(alias string) string { return t.whole().list(alias) }

// given returns the columns that the database does not fill in by itself.
func (t *table[T]) given() []string {
	return slices.DeleteFunc(slices.Clone(t.columns), func(c string) bool {
		return slices.Contains(issued, c) || slices.Contains(t.issued, c)
	})
}

// identify gives a row without an id a new one.
func identify[T any, P pointer[T]](t *table[T], row *T) {
	if r := P(row).row(); r.ID == uuid.Nil {
		r.ID = NewID(t.kind)
	}
}

// targets returns pointers to the fields of row, in the order of the columns.
func (t *table[T]) targets(row *T) []any { return t.whole().targets(row) }

// byID reads the rows with the ids in one statement, or in none where there
// can be none to see.
func byID[T any, P pointer[T]](ctx context.Context, d *DB, t *table[T], ids []uuid.UUID) (map[uuid.UUID]*T, error) {
	ctx = readBy(ctx, t.name)
	s := newStatement(ctx)
	visible := s.visible(t.name, "t")
	if visible == nobodys || len(ids) == 0 {
		_, err := d.pool(ctx)
		return nil, err
	}
	r := s.reading(t.pick(ctx), referencesIn(ctx, t.noun))
	s.write("SELECT ", r.record, " FROM ", t.name, " t", r.joins, " WHERE ", t.named(s, ids), " AND ", visible)
	rows, err := scan[T, P](ctx, d, t, s, r, len(ids))
	if err != nil {
		return nil, err
	}
	if isRecorded(ctx, t.wall) {
		touch(ctx, orNobody(t.patientsOf(rows...))...)
	}
	found := make(map[uuid.UUID]*T, len(rows))
	for _, row := range rows {
		found[P(row).row().ID] = row
	}
	return found, nil
}

// named writes the condition that the row t has one of the ids.
func (t *table[T]) named(s *statement, ids []uuid.UUID) string {
	condition := s.among("t.id", ids)
	if t.number == "" {
		return condition
	}
	numbers := make([]int64, len(ids))
	for i, id := range ids {
		numbers[i] = int64(binary.BigEndian.Uint64(id[:8]))
	}
	return "t." + t.number + " = ANY(" + s.arg(pq.Array(numbers)) + "::bigint[]) AND " + condition
}

// get reads the row with the id, or returns ErrNotFound.
func get[T any, P pointer[T]](ctx context.Context, d *DB, t *table[T], id uuid.UUID) (*T, error) {
	rows, err := byID[T, P](ctx, d, t, []uuid.UUID{id})
	if err == nil && rows[id] == nil {
		err = ErrNotFound
	}
	return rows[id], err
}

// read runs a SELECT of all columns of t; the rows make one batch.
func read[T any, P pointer[T]](ctx context.Context, d *DB, t *table[T], query string, args ...any) ([]*T, error) {
	var g gathered[T]
	err := d.query(ctx, query, args, func(rows *sqlx.Rows) error { return rows.Scan(t.targets(g.add())...) })
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.name, err)
	}
	newBatch[T, P](ctx, d, g.rows)
	if isRecorded(ctx, t.wall) {
		touch(ctx, orNobody(t.patientsOf(g.rows...))...)
	}
	return g.rows, nil
}

// scan has s read rows by r. The first so many make one batch; others only tell that there
// are more. They may not all be told of: the caller notes whose are.
func scan[T any, P pointer[T]](ctx context.Context, d *DB, t *table[T], s *statement, r *rowReader, most int) ([]*T, error) {
	var g gathered[T]
	err := d.run(ctx, s, func(values []driver.Value) error {
		from, err := r.records.read(values[0])
		if err != nil {
			return err
		}
		row := g.add()
		if len(g.rows) > most {
			_, err = r.picked.fill(row, from, r.records)
			return err
		}
		return r.fill(row, from)
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.name, err)
	}
	r.keep(ctx, newBatch[T, P](ctx, d, g.rows[:min(most, len(g.rows))]))
	return g.rows, nil
}

// gathered are the rows of a statement.
type gathered[T any] struct {
	rows []*T
	made maker[T]
}

func (g *gathered[T]) add() *T {
	row := g.made.row()
	g.rows = append(g.rows, row)
	return row
}

// lock reads the row with the id and keeps others from changing it until tx ends.
func lock[T any, P pointer[T]](ctx context.Context, tx *Tx, t *table[T], id uuid.UUID) (*T, error) {
	row := new(T)
	s := newStatement(ctx)
	s.write("SELECT ", t.list("t"), " FROM ", t.name, " t WHERE t.id = ", s.arg(id), " AND ", s.visible(t.name, "t"), " FOR UPDATE OF t")
	if err := tx.QueryRowxContext(ctx, s.String(), s.args...).Scan(t.targets(row)...); err != nil {
		return nil, fmt.Errorf("lock %s: %w", t.name, translate(err))
	}
	newBatch[T, P](ctx, tx.db, []*T{row})
	return row, nil
}

// find returns the one row that matches, listed or not, or ErrNotFound.
func find[T any, P pointer[T]](ctx context.Context, d *DB, t *table[T], where whereInput) (*T, error) {
	ctx = readBy(ctx, t.name)
	s := newStatement(ctx)
	s.write("SELECT ", t.list("t"), " FROM ", t.name, " t WHERE ", s.visible(t.name, "t"), " AND ")
	s.write(compileWhere(s, where, "t"), " LIMIT 1")
	rows, err := read[T, P](ctx, d, t, s.String(), s.args...)
	if err == nil && len(rows) == 0 {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}
