package db_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/jmoiron/sqlx"
)

var (
	keyRow        = regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\| (?:`([a-z_]+)`|reference|one node) \\|")
	constraintRow = regexp.MustCompile("(?m)^\\| (`[a-z_`, ]+`) \\| `([a-z_]+)` \\|")
)

// docs/scaling.md says of every table by what it would be distributed, and of every
// constraint that would not hold then, what to do instead.
func TestScaling(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../docs/scaling.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("A server opens up to %d connections", db.MaxConnections()); !strings.Contains(string(text), want) {
		t.Errorf("it does not say: %s", want)
	}
	_, about, _ := strings.Cut(string(text), "\n### The key of every table\n")
	ofTables, ofConstraints, _ := strings.Cut(about, "\n### What does not hold across shards\n")
	keys := map[string]string{} // by table; "" where it is not distributed
	for _, row := range keyRow.FindAllStringSubmatch(ofTables, -1) {
		if _, twice := keys[row[1]]; twice {
			t.Errorf("%s is there twice", row[1])
		}
		keys[row[1]] = row[2]
	}
	told := map[string]string{} // table, by constraint
	for _, row := range constraintRow.FindAllStringSubmatch(ofConstraints, -1) {
		for name := range strings.SplitSeq(row[1], ", ") {
			told[strings.Trim(name, "`")] = row[2]
		}
	}
	d := dbtest.New(t).SQL
	var tables []string
	mustSelect(t, d, &tables, `
		SELECT DISTINCT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace IN ('public'::regnamespace, 'history'::regnamespace)`)
	for table := range keys {
		if !slices.Contains(tables, table) {
			t.Errorf("there is no table %s", table)
		}
	}
	for _, table := range tables {
		key, ok := keys[table]
		if !ok {
			t.Errorf("nothing is said of %s", table)
		}
		if key == "" {
			continue
		}
		var isNotNull []bool
		mustSelect(t, d, &isNotNull, `SELECT attnotnull FROM pg_attribute WHERE attrelid = $1::text::regclass AND attname = $2`, table, key)
		if !slices.Equal(isNotNull, []bool{true}) {
			t.Errorf("%s.%s is no column that is always there", table, key)
		}
		var broken []string
		mustSelect(t, d, &broken, acrossShards, table, key)
		for _, name := range broken {
			if told[name] != table {
				t.Errorf("it is not said that %s of %s would not hold", name, table)
			}
			delete(told, name)
		}
	}
	var references []struct{ Name, Child, Parent, ChildKeys, ParentKeys string }
	mustSelect(t, d, &references, `
		SELECT conname AS name, conrelid::regclass::text AS child, confrelid::regclass::text AS parent,
			(SELECT string_agg(attname, ' ' ORDER BY place) FROM unnest(conkey) WITH ORDINALITY k (n, place) JOIN pg_attribute ON attrelid = conrelid AND attnum = n) AS childkeys,
			(SELECT string_agg(attname, ' ' ORDER BY place) FROM unnest(confkey) WITH ORDINALITY k (n, place) JOIN pg_attribute ON attrelid = confrelid AND attnum = n) AS parentkeys
		FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`)
	for _, r := range references {
		child, parent := keys[r.Child], keys[r.Parent]
		at := slices.Index(strings.Fields(r.ChildKeys), child)
		together := child != "" && parent != "" && at >= 0 && strings.Fields(r.ParentKeys)[at] == parent
		if parent == "" || together {
			continue
		}
		if told[r.Name] != r.Child {
			t.Errorf("it is not said that %s of %s leads to another shard", r.Name, r.Child)
		}
		delete(told, r.Name)
	}
	for name, table := range told {
		t.Errorf("%s of %s would hold, or is not there", name, table)
	}
}

// acrossShards are the unique and exclusion constraints of a table that do not hold
// its key, other than a primary key that is the id alone.
const acrossShards = `
	SELECT i.relname
	FROM pg_index x
	JOIN pg_class i ON i.oid = x.indexrelid
	WHERE x.indrelid = $1::text::regclass AND (x.indisunique OR x.indisexclusion)
		AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = x.indrelid AND a.attnum = ANY (x.indkey) AND a.attname = $2)
		AND NOT (x.indisprimary AND (SELECT array_agg(a.attname::text) FROM pg_attribute a WHERE a.attrelid = x.indrelid AND a.attnum = ANY (x.indkey)) = '{id}')`

func mustSelect(t *testing.T, d *sqlx.DB, into any, query string, args ...any) {
	t.Helper()
	if err := d.Select(into, query, args...); err != nil {
		t.Fatal(fmt.Errorf("%w: %s", err, query))
	}
}
