package db

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/jmoiron/sqlx/reflectx"
)

// Columns says which columns of the rows of each noun will be looked at, so that the others
// need not be read. Once it is complete, it is safe for concurrent use.
type Columns struct {
	of      map[string][]string // rows of a noun with nil are looked at as a whole
	isPaged bool                // somebody asks where their page lies in the list
	picked  sync.Map            // by picking

	references map[string][]*reference // of rows of a noun
}

// A picking is of which rows columns were picked, in the order of what, and which one is
// known without being read.
type picking struct{ noun, order, known string }

// handsOn are fields of the schema whose verbs hand on the rows that they read, and look at
// nothing of them but what their list runs by and the walls. Those of rows are in looksAt.
var handsOn = map[string]bool{
	"Query.appointment": true, "Query.appointments": true, "Query.medicalRecord": true, "Query.medicalRecords": true, "Query.node": true, "Query.nodes": true,
	"Query.patient": true, "Query.patients": true, "Query.practitioner": true, "Query.practitioners": true,
	"ScheduleColumn.appointments": true,
}

// looksAt holds for each noun what the tables say.
var looksAt = map[string]map[string]string{}

// HandsOn says whether a field of an object hands on the rows that it reads.
func HandsOn(object, field string) bool {
	_, ok := looksAt[object][field]
	return ok || handsOn[object+"."+field]
}

// Add adds what a field of a noun looks at: the variable of the row's struct that it is, or
// what its table says.
func (c *Columns) Add(noun, field, variable string) {
	if known, ok := c.of[noun]; ok && known == nil {
		return
	}
	if c.of == nil {
		c.of = map[string][]string{}
	}
	f, isVariable := rowTypes[noun].FieldByName(variable)
	columns, isSaid := looksAt[noun][field]
	switch {
	case isVariable && f.Tag.Get("db") != "":
		c.of[noun] = append(c.of[noun], f.Tag.Get("db"))
	case isSaid:
		c.of[noun] = append(c.of[noun], strings.Fields(columns)...)
	default:
		c.of[noun] = nil
	}
}

// AddPageInfo adds that somebody asks whether there are other pages of the rows.
func (c *Columns) AddPageInfo() { c.isPaged = true }

type looksKey struct{}

// WithColumns returns the context of one field, with its arguments the same for all rows
// of a batch, which hands on rows of which no more will be looked at.
func WithColumns(ctx context.Context, c *Columns) context.Context {
	if c == nil {
		return ctx
	}
	return context.WithValue(ctx, looksKey{}, c)
}

// WithColumnsOf returns ctx as that of the field whose context of is.
func WithColumnsOf(ctx, of context.Context) context.Context {
	if looks := looksIn(of); looks != looksIn(ctx) {
		return context.WithValue(ctx, looksKey{}, looks)
	}
	return ctx
}

func looksIn(ctx context.Context) *Columns {
	c, _ := ctx.Value(looksKey{}).(*Columns)
	return c
}

// asksForOthers says whether somebody may ask if there are other pages of the rows of a list.
func asksForOthers(ctx context.Context) bool {
	looks := looksIn(ctx)
	return looks == nil || looks.isPaged
}

// picked is the columns of a table that a statement reads.
type picked struct {
	columns []string
	paths   [][]int // of their fields
	ways    []way   // in which these are set
	row     string  // these of the row t, as SQL
	record  string  // the same as a record
}

// newPicked picks columns of rows of a type.
func newPicked(row reflect.Type, columns []string, paths [][]int) *picked {
	p := &picked{columns: columns, paths: paths, ways: make([]way, len(paths))}
	p.row = p.list("t")
	p.record = recordOf(p.row)
	for i, path := range paths {
		p.ways[i] = wayOf(row.FieldByIndex(path).Type)
	}
	return p
}

// whole picks all columns.
func (t *table[T]) whole() *picked {
	if t.all != nil {
		return t.all
	}
	return newPicked(reflect.TypeFor[T](), t.columns, t.paths)
}

// pick picks what will be looked at in ctx, and what lists in the order of the keys and
// the walls look at.
func (t *table[T]) pick(ctx context.Context, keys ...orderKey) *picked {
	return t.pickBut(ctx, "", keys...)
}

// pickBut is pick without a column that is known already, unless whole rows are looked at.
func (t *table[T]) pickBut(ctx context.Context, known string, keys ...orderKey) *picked {
	return t.pickBy(looksIn(ctx), known, keys...)
}

// pickBy is pickBut for what looks says. The id stands first, unless all are picked.
func (t *table[T]) pickBy(looks *Columns, known string, keys ...orderKey) *picked {
	if looks == nil || looks.of[t.noun] == nil {
		return t.whole()
	}
	which := picking{t.noun, "", known}
	if len(keys) > 0 {
		which.order = orderSQL(keys, false)
	}
	if p, ok := looks.picked.Load(which); ok {
		return p.(*picked)
	}
	wanted := append([]string{t.wall.patient}, looks.of[t.noun]...)
	for _, k := range keys {
		wanted = append(wanted, k.column)
	}
	id := slices.Index(t.columns, "id")
	columns, paths := []string{"id"}, [][]int{t.paths[id]}
	for i, c := range t.columns {
		if i != id && c != known && slices.Contains(wanted, c) {
			columns, paths = append(columns, c), append(paths, t.paths[i])
		}
	}
	p := newPicked(reflect.TypeFor[T](), columns, paths)
	looks.picked.Store(which, p)
	return p
}

// recordOf writes a record of some columns.
func recordOf(columns string) string { return "record_send(ROW(" + columns + "))" }

func (r *picked) list(alias string) string {
	return alias + "." + strings.Join(r.columns, ", "+alias+".")
}

// targets returns pointers to the fields of row, which it points to, in the order of the
// columns.
func (r *picked) targets(row any) []any {
	v := reflect.ValueOf(row)
	targets := make([]any, len(r.paths))
	for i, path := range r.paths {
		targets[i] = reflectx.FieldByIndexes(v, path).Addr().Interface()
	}
	return targets
}
