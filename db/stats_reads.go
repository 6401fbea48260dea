package db

import (
	"context"
	"fmt"
	"slices"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// touch notes that the statistic was read, which the audit tells by its field, groups
// and measures: of nobody in particular.
func (a *statsAsked) touch(ctx context.Context) {
	touch(ctx, uuid.Nil)
	fields := []string{"Query." + a.field}
	for _, g := range a.GroupBy {
		fields = append(fields, a.group+"."+g)
	}
	for _, measure := range a.Measures {
		if measure != "key" && measure != "isSuppressed" {
			fields = append(fields, "StatsCell."+measure)
		}
	}
	for _, o := range a.OrderBy {
		fields = append(fields, "StatsCellOrderField."+o.Field)
	}
	Told(ctx, fields...)
}

// enoughRows is how many rows are looked at for whether few patients stand behind them.
const enoughRows = 5000

// noteFew notes when analysts asked for so narrow a part that few patients match. It
// looks where they are told nothing, and always by one statement: how many they
// see being run says nothing of the patients.
func (d *DB) noteFew(ctx context.Context, a *statsAsked, cells []*StatsCell) error {
	if isAbsent(a.where) || slices.ContainsFunc(cells, func(c *StatsCell) bool { return !c.IsSuppressed }) {
		return nil
	}
	asServer := auth.WithActor(ctx, auth.SystemActor("statistics"))
	s := newStatement(asServer)
	s.write("SELECT count(DISTINCT t.patient_id) FROM (SELECT t.patient_id FROM ", a.view, " t WHERE ", s.visible(a.of, "t"))
	if !mentions(a.where, a.unless) {
		s.write(" AND ", a.listed)
	}
	s.write(" AND ", compileWhere(s, a.where, "t"), " LIMIT ", fmt.Sprint(enoughRows), ") t")
	patients := 0
	if err := d.query(asServer, s.String(), s.args, func(r *sqlx.Rows) error { return r.Scan(&patients) }); err != nil {
		return fmt.Errorf("count who is in statistics of %s: %w", a.of, err)
	}
	if patients < fewPatients {
		touchFew(ctx)
	}
	return nil
}
