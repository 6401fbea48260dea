package db_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
)

// A row that is read as a record is the row that the driver reads column by column, of each
// noun and with each column set in some row.
func TestRecords_areRows(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	ctx := acting(t)
	if _, err := seed.Run(ctx, d.DB, seed.Options{Patients: 100, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	d.SQL.MustExec("UPDATE patients SET not_duplicate_of = ARRAY(SELECT id FROM patients LIMIT 2), gender_identity = E'\\n\"', created_at = '0001-01-01 00:00:00.000001Z' WHERE mrn = (SELECT min(mrn) FROM patients)")
	compared := 0
	for _, noun := range db.Nouns() {
		asRecords, asColumns, err := db.ReadBothWays(ctx, d.DB, noun)
		if err != nil {
			t.Errorf("%s: %v", noun, err)
		}
		got, want := asJSON(t, asRecords), asJSON(t, asColumns)
		if got != want {
			t.Errorf("%s: as records\n%.1000s\nas columns\n%.1000s", noun, got, want)
		}
		if len(want) > 100 {
			compared++
		}
	}
	if compared < 10 {
		t.Errorf("there are rows of %d nouns", compared)
	}
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	encoded, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

// A record that ends early is an error, and so is a column of another type.
func TestRecords_refuse(t *testing.T) {
	t.Parallel()
	for name, record := range map[string]string{
		"nothing":          "",
		"half of a head":   "\x00\x00\x0b",
		"half of a column": "\x00\x00\x0b\x86\x00\x00\x00\x10half",
		"another type":     "\x00\x00\x00\x17\x00\x00\x00\x04\x00\x00\x00\x01",
	} {
		if err := db.FillID(record); err == nil {
			t.Errorf("%s was read", name)
		}
	}
	if err := db.FillID("\x00\x00\x0b\x86\x00\x00\x00\x100123456789abcdef"); err != nil {
		t.Error(err)
	}
}

// An array of records that ends early is an error, wherever it ends.
func TestRecords_areAsManyAsTheirArray(t *testing.T) {
	t.Parallel()
	const head = "\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x11\x00\x00\x00\x02\x00\x00\x00\x01"
	const array = head + "\x00\x00\x00\x04\x00\x00\x00\x00" + "\x00\x00\x00\x0c\x00\x00\x00\x01\x00\x00\x00\x19\xff\xff\xff\xff"
	for n := range len(array) {
		if _, err := db.EachRecord(array[:n]); err == nil {
			t.Errorf("its first %d bytes were read", n)
		}
	}
	if n, err := db.EachRecord(strings.Repeat("\x00", 12)); n != 0 || err != nil {
		t.Errorf("there are %d records in none, %v", n, err)
	}
	if n, err := db.EachRecord(array); n != 2 || err != nil {
		t.Errorf("there are %d records, %v", n, err)
	}
}
