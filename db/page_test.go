package db_test

import (
	"context"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

// A page is read with one row more where somebody may ask whether there are others, and
// always for analysts, of whose narrow questions the audit is told.
func TestPages_readNoMore(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	staff := acting(t)
	analyst := auth.WithActor(t.Context(), auth.Actor{Name: "ana", Role: auth.Analyst, UserID: db.NewID(db.KindUser)})
	rows, paged := &db.Columns{}, &db.Columns{}
	rows.Add("Patient", "mrn", "MRN")
	paged.Add("Patient", "mrn", "MRN")
	paged.AddPageInfo()
	ten := int32(10)
	for name, c := range map[string]struct {
		ctx  context.Context
		last string
	}{
		"rows, by whom is not known": {staff, "LIMIT 11"},
		"rows":                       {db.WithColumns(staff, rows), "LIMIT 10"},
		"rows and where they lie":    {db.WithColumns(staff, paged), "LIMIT 11"},
		"rows for analysts":          {db.WithColumns(analyst, rows), "LIMIT 11"},
	} {
		query, _, err := db.PatientsWhere(c.ctx, d.DB, db.Page{First: &ten}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(query, c.last) {
			t.Errorf("%s: %s", name, query)
		}
	}
}
