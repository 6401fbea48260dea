package db_test

import (
	"testing"

	"github.com/clinicql/clinicql/db"
)

// Pitfall 1: a day that does not exist is refused, and not moved to another.
func TestParseDate(t *testing.T) {
	t.Parallel()
	for _, day := range []string{"2024-02-29", "0001-01-01", "9999-12-31"} {
		if got, err := db.ParseDate(day); err != nil || string(got) != day {
			t.Errorf("%s is read as %s (%v)", day, got, err)
		}
	}
	for _, day := range []string{"2023-02-29", "2023-13-01", "2023-1-1", "01-02-2023", "2023-02-28T00:00:00Z", "", " 2023-01-01"} {
		if got, err := db.ParseDate(day); err == nil {
			t.Errorf("%q is read as %s", day, got)
		}
	}
}

// Pitfall 3: an age is counted, by whole years.
func TestYearsUntil(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		born, day db.Date
		want      int
	}{
		{"1990-02-28", "2026-02-27", 35}, {"1990-02-28", "2026-02-28", 36}, {"2000-02-29", "2023-02-28", 22}, {"2000-02-29", "2023-03-01", 23}, {"2026-01-01", "2026-01-01", 0},
	} {
		if got := test.born.YearsUntil(test.day); got != test.want {
			t.Errorf("from %s to %s are %d years, not %d", test.born, test.day, got, test.want)
		}
	}
}

// Pitfall 24: what is typed is kept, and read where it can be.
func TestParsePhone(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"555 12 34 56": "+995555123456", "+995 555 123456": "+995555123456", "00995555123456": "+995555123456", "(032) 2 12 34 56": "+995322123456",
		"+1 415-555-2671": "+14155552671", "ask the mother": "", "12": "", "": "",
	} {
		if got := db.ParsePhone(typed, "GE"); got != want {
			t.Errorf("%q is read as %q, not %q", typed, got, want)
		}
	}
}
