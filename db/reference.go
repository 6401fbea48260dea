package db

import (
	"context"
	"slices"
	"strconv"
	"strings"
)

// A reference is a column by which rows t refer to others that will be looked at too. These
// are read with them, by one statement.
type reference struct {
	column  string
	looks   *Columns // what will be looked at of the others
	to      referable
	picked  *picked // of them
	alias   string  // of one of them in the statement
	columns string  // what was picked of it, as SQL
	join    string  // what joins it to t, up to the wall
}

// A referable is a table whose rows others refer to.
type referable interface {
	behind() (table string, w wall)
	pickOf(looks *Columns) *picked
	company() company
}

// A company is the rows that one reference of a statement leads to, each of them once.
type company interface {
	// read takes one off the beginning of a record, whose columns are null where there is none,
	// and returns the rest.
	read(p *picked, r record, of *records) (rest record, err error)
	// known makes them one batch, and returns them as one keeps them.
	known(ctx context.Context, d *DB) any
}

// referables holds the tables by the nouns of their rows.
var referables = map[string]referable{}

// mostReferences is how many references one statement follows. Each is one more lookup for
// each row, and one more relation to plan with.
const mostReferences = 4

// AddReference adds that a field of a noun will be asked for, which is a row of the noun to, of
// which no more is looked at than looks says. Whole rows are not read as often as something
// refers to them, nor rows that are noted when they are read, or that the login for accounts
// reads.
func (c *Columns) AddReference(noun, field, to string, looks *Columns) {
	column, t, known := looksAt[noun][field], referables[to], c.references[noun]
	if t == nil || column == "" || strings.Contains(column, " ") || looks == nil || looks.of[to] == nil || len(known) == mostReferences {
		return
	}
	table, w := t.behind()
	_, isAccounts := accountTables[table]
	if w.chart || isAccounts || slices.ContainsFunc(known, func(r *reference) bool { return r.column == column }) {
		return
	}
	if c.references == nil {
		c.references = map[string][]*reference{}
	}
	p := t.pickOf(looks)
	alias := "r" + strconv.Itoa(len(known))
	c.references[noun] = append(known, &reference{column, looks, t, p, alias, p.list(alias),
		" LEFT JOIN LATERAL (SELECT " + p.list("j") + " FROM " + table + " j WHERE j.id = t." + column + " AND "})
}

// referencesIn returns the references of rows of a noun that ctx has followed. What analysts
// read is noted, table by table.
func referencesIn(ctx context.Context, noun string) []*reference {
	looks := looksIn(ctx)
	if looks == nil || isDeidentified(ctx) {
		return nil
	}
	return looks.references[noun]
}
