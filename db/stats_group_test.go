package db_test

import (
	"slices"
	"testing"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

// What statistics are grouped by is the same to staff, by this package, and to
// analysts, by the database: columns, families, spans of days, numbers of values.
func TestStats_groupsAreTheDatabases(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	var known []struct {
		db.StatsGroup
		IsSpan bool `db:"is_span"`
	}
	if err := d.SQL.Select(&known, `SELECT statistic, upper(name) AS name, col AS "column", family, unit IS NOT NULL AS is_span, coalesce(cardinality(known), 0) AS "values" FROM stats.dimensions()`); err != nil {
		t.Fatal(err)
	}
	declared := db.StatsGroups()
	for _, k := range known {
		k.StatsGroup.IsSpan = k.IsSpan
		i := slices.IndexFunc(declared, func(g db.StatsGroup) bool { return g.Statistic == k.Statistic && g.Name == k.Name })
		if i < 0 {
			t.Errorf("%s by %s is known to the database alone", k.Statistic, k.Name)
			continue
		}
		g := declared[i]
		declared = slices.Delete(declared, i, i+1)
		if k.Values > g.Values {
			t.Errorf("%s by %s has %d values in the database, and not at most %d", k.Statistic, k.Name, k.Values, g.Values)
		}
		if g.Values = k.Values; g != k.StatsGroup {
			t.Errorf("%s by %s is %+v, and to the database %+v", k.Statistic, k.Name, g, k.StatsGroup)
		}
	}
	if len(declared) != 1 || declared[0].Name != "REASON" { // free text, which the database tells analysts nothing of
		t.Errorf("%+v are not known to the database", declared)
	}
}
