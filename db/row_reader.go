package db

import (
	"context"
	"slices"

	"github.com/google/uuid"
)

// A rowReader reads rows t, and what these refer to, from the records of one statement.
type rowReader struct {
	picked   *picked
	followed []followed
	records  *records
	record   string // the record of t with what it refers to, as SQL
	joins    string // what it refers to
}

// A followed is a reference, and the rows that it led to.
type followed struct {
	*reference
	rows company
}

// reading has s read what was picked of rows t, and what the references lead to as far as
// the actor may see it.
func (s *statement) reading(p *picked, references []*reference) *rowReader {
	r := &rowReader{picked: p, records: newRecords(), record: p.record}
	columns := p.row
	for _, known := range references {
		if !slices.Contains(p.columns, known.column) {
			continue
		}
		_, w := known.to.behind()
		visible := s.behind(w, "j")
		if visible == nobodys {
			continue
		}
		columns += ", " + known.columns
		r.joins += known.join + visible + " OFFSET 0) " + known.alias + " ON true"
		r.followed = append(r.followed, followed{known, known.to.company()})
		r.record = recordOf(columns)
	}
	return r
}

// fill fills row, which it points to, from a record, and reads what it refers to.
func (r *rowReader) fill(row any, from record) error {
	rest, err := r.picked.fill(row, from, r.records)
	for i := 0; err == nil && i < len(r.followed); i++ {
		rest, err = r.followed[i].rows.read(r.followed[i].picked, rest, r.records)
	}
	return err
}

// keep hands what the rows of a batch refer to to whoever will ask them for it.
func (r *rowReader) keep(ctx context.Context, b *batch) {
	for _, f := range r.followed {
		rows := f.rows.known(ctx, b.db)
		_, _ = b.loadWanted(wanted{by: f.looks, what: f.column}, func() (any, error) { return rows, nil })
	}
}

// referableTable is a table as what refers to its rows sees it.
type referableTable[T any, P pointer[T]] struct{ *table[T] }

func (t referableTable[T, P]) behind() (string, wall) { return t.name, t.wall }

func (t referableTable[T, P]) pickOf(looks *Columns) *picked { return t.pickBy(looks, "") }

func (referableTable[T, P]) company() company { return &companyOf[T, P]{found: map[uuid.UUID]*T{}} }

// companyOf implements company.
type companyOf[T any, P pointer[T]] struct {
	gathered[T]
	found map[uuid.UUID]*T
}

func (c *companyOf[T, P]) read(p *picked, r record, of *records) (rest record, err error) {
	rest = r
	_, value, isNull, err := rest.next()
	if err != nil {
		return nil, err
	}
	var id uuid.UUID
	copy(id[:], value)
	if isNull || c.found[id] != nil {
		return r.skip(len(p.columns))
	}
	row := c.add()
	c.found[id] = row
	return p.fill(row, r, of)
}

func (c *companyOf[T, P]) known(ctx context.Context, d *DB) any {
	newBatch[T, P](ctx, d, c.rows)
	return c.found
}
