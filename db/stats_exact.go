package db

import (
	"context"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// exactStats reads the cells of the rows that are the actor's to see, which the
// walls of lists decide.
func (d *DB) exactStats(ctx context.Context, a *statsAsked) ([]*StatsCell, error) {
	s := newStatement(ctx)
	visible := s.visible(a.of, "t")
	if visible == nobodys {
		return nil, nil
	}
	var columns, texts []string
	for _, g := range a.GroupBy {
		columns = append(columns, "t."+a.groups[g].column)
		texts = append(texts, "coalesce(t."+a.groups[g].column+"::text, '')")
	}
	s.write("SELECT ARRAY[", strings.Join(texts, ", "), "]::text[]")
	names := a.measured()
	for _, name := range names {
		s.write(", (", a.measure[name], ")::float8")
	}
	s.write(" FROM ", a.view, " t WHERE ", visible)
	if !mentions(a.where, a.unless) {
		s.write(" AND ", a.listed)
	}
	s.write(" AND ", compileWhere(s, a.where, "t"))
	if len(columns) > 0 {
		s.write(" GROUP BY ", strings.Join(columns, ", "))
	}
	s.write(" LIMIT ", fmt.Sprint(maxStatsCells+1))
	if s.asksCharts || walls[a.of].chart {
		a.touch(ctx)
	}
	var cells []*StatsCell
	all := &statsKeys{db: d}
	err := d.query(ctx, s.String(), s.args, func(r *sqlx.Rows) error {
		values := make([]*float64, len(names))
		var key []string
		targets := []any{pq.Array(&key)}
		for i := range values {
			targets = append(targets, &values[i])
		}
		if err := r.Scan(targets...); err != nil {
			return err
		}
		cell := all.cell(a.GroupBy, key)
		for i, name := range names {
			cell.values[name] = values[i]
		}
		cells = append(cells, cell)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read statistics of %s: %w", a.of, err)
	}
	return cells, nil
}
