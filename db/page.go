package db

import (
	"fmt"
	"slices"
	"strconv"
)

// The sizes of pages.
const (
	MaxPageSize     = 100
	DefaultPageSize = 50
)

// Page is the part of a list that is asked for: the first so many after a
// cursor, or the last so many before one.
type Page struct {
	First  *int32
	After  *string
	Last   *int32
	Before *string
}

// size returns how many rows are asked for, and whether from the end.
func (p Page) size() (n int, backward bool, err error) {
	switch {
	case p.First != nil && p.Last != nil:
		return 0, false, Invalid("last", OutOfRange, "is not used together with first")
	case p.First != nil:
		n = int(*p.First)
	case p.Last != nil:
		n, backward = int(*p.Last), true
	default:
		n = DefaultPageSize
	}
	if n < 1 || n > MaxPageSize {
		field := "first"
		if backward {
			field = "last"
		}
		return 0, false, Invalid(field, OutOfRange, fmt.Sprintf("is a number from 1 to %d", MaxPageSize))
	}
	return n, backward, nil
}

// A listing is a page of a table that has been asked for, ready to be read.
type listing[T any, P pointer[T]] struct {
	db            *DB
	table         *table[T]
	keys          []orderKey
	picked        *picked
	references    []*reference
	parent        []int // of the field that refers to the parent, where it is not read
	size          int   // of the page
	limit         int   // how many rows are read: the page, and one more where somebody is to be told of another page
	backward      bool
	after, before []*string // values of the keys at the cursors
	where         whereInput

	cursor func(*T) (string, error)
	places func() ([][]int, []byte) // of a cursor's values in a row, and what it is bound to

	isDeidentified bool // it looks through the de-identified lens
}

// A query is what a list was asked with.
type query struct {
	page    Page
	where   whereInput
	orderBy []*Order
}

// selectPage writes the SELECT of the page and, where it is asked for, of one row more, which
// tells whether there is another page. The condition on may be empty.
func (l *listing[T, P]) selectPage(s *statement, on string) {
	if on == "" && l.isDeidentified && isAbsent(l.where) && slices.Equal(l.keys, byPseudonym) {
		l.selectByPseudonym(s)
		return
	}
	part, others := "", (*PatientWhere)(nil)
	if on == "" && !l.isDeidentified {
		part, others = partOfName(l.where, l.keys)
	}
	switch {
	case part == "":
		l.selectRows(s, on, l.where)
	case isFoundByPart(part, others):
		l.selectByPart(s, part, others)
	default:
		l.selectAlongNames(s, part, others)
	}
}

// selectRows writes the SELECT of the page from the table alone.
func (l *listing[T, P]) selectRows(s *statement, on string, where whereInput) {
	s.write("SELECT ", l.picked.row, " FROM ", l.table.name, " t WHERE ")
	if on != "" {
		s.write(on, " AND ")
	} else {
		s.along = alongBeginnings(where, l.keys)
	}
	l.conditionsOf(s, where)
	if l.after != nil {
		s.write(" AND ", seek(s, l.keys, l.after, false))
	}
	if l.before != nil {
		s.write(" AND ", seek(s, l.keys, l.before, true))
	}
	s.write(" ORDER BY ", l.order(l.backward), " LIMIT ", strconv.Itoa(l.limit)) // no argument: what is asked for decides on the plan
}

// conditions writes which rows are on the list at all.
func (l *listing[T, P]) conditions(s *statement) { l.conditionsOf(s, l.where) }

// conditionsOf is conditions, with where in the place of what was asked with.
func (l *listing[T, P]) conditionsOf(s *statement, where whereInput) {
	s.write(s.visible(l.table.name, "t"))
	if l.table.listed != "" && !mentions(where, l.table.unless) {
		s.write(" AND ", l.table.listed)
	}
	if where != nil {
		s.write(" AND ", compileWhere(s, where, "t"))
	}
}

func (l *listing[T, P]) order(backward bool) string { return orderSQL(l.keys, backward) }

// cut returns the page of so many of all that lie between two cursors: the first of them,
// or the last when backward.
func cut[T any](all []T, size int, backward, isAfter, isBefore bool) ([]T, PageInfo) {
	more := len(all) > size
	switch {
	case more && backward:
		all = all[len(all)-size:]
	case more:
		all = all[:size]
	}
	return all, infoOf(more, backward, isAfter, isBefore)
}

// infoOf tells where a page lies in its list, and whether there are more rows in its direction.
func infoOf(more, backward, isAfter, isBefore bool) PageInfo {
	if backward {
		return PageInfo{HasNextPage: isBefore, HasPreviousPage: more}
	}
	return PageInfo{HasNextPage: more, HasPreviousPage: isAfter}
}

// page makes a page of rows, which may hold one more than asked for.
func (l *listing[T, P]) page(rows []*T) *page[T] {
	p := l.pageOf(rows[:min(len(rows), l.size)], len(rows) > l.size)
	return &p
}

// pageOf makes a page of no more rows than asked for, and of whether there are more.
func (l *listing[T, P]) pageOf(rows []*T, more bool) page[T] {
	if l.backward {
		slices.Reverse(rows)
	}
	return page[T]{rows: rows, cursor: l.cursor, info: infoOf(more, l.backward, l.after != nil, l.before != nil)}
}
