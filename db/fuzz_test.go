package db_test

import (
	"bytes"
	"strconv"
	"testing"

	"github.com/clinicql/clinicql/db"
)

// What is read is written as it can be read again, and means the same.

func FuzzDate(f *testing.F) {
	for _, s := range []string{"1990-02-28", "2024-02-29", "2023-02-29", "0000-01-01", "9999-12-31", "1990-2-8", "１９９０-02-28", " 1990-02-28", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := db.ParseDate(s)
		if err != nil {
			return
		}
		var written bytes.Buffer
		d.MarshalGQL(&written)
		again, err := strconv.Unquote(written.String())
		if err != nil || again != s {
			t.Fatalf("%q is written %s", s, written.String())
		}
		if age := d.YearsUntil(d.AddYears(10)); s < "9990" && age != 10 {
			t.Fatalf("%q is %d years before what is ten years later", s, age)
		}
	})
}

func FuzzDateTime(f *testing.F) {
	for _, s := range []string{"2026-03-01T13:00:00+04:00", "2026-03-01T13:00:00.123456789Z", "2026-03-01T24:00:00Z", "2026-03-01 13:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2016-12-31T23:59:60Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, err := db.UnmarshalDateTime(s)
		if err != nil {
			return
		}
		var written bytes.Buffer
		db.MarshalDateTime(at).MarshalGQL(&written)
		text, err := strconv.Unquote(written.String())
		if err != nil {
			t.Fatal(err)
		}
		again, err := db.UnmarshalDateTime(text)
		if err != nil || !again.Equal(at) {
			t.Fatalf("%q is written %s, which is read as %v, %v", s, text, again, err)
		}
	})
}

func FuzzID(f *testing.F) {
	for _, s := range []string{"01900000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-00000000000", "urn:uuid:01900000-0000-7000-8000", "{0190000-0000-7000-8000-000000000001}", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := db.UnmarshalID(s)
		if err != nil {
			return
		}
		again, err := db.UnmarshalID(id.String())
		if err != nil || again != id {
			t.Fatalf("%q is read as %s, which is read as %s, %v", s, id, again, err)
		}
		_ = db.KindOf(id)
	})
}
