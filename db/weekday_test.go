package db_test

import (
	"slices"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
)

func TestWeekday(t *testing.T) {
	t.Parallel()
	monday := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for i, day := range db.Weekdays {
		if on := monday.AddDate(0, 0, i).Weekday(); day.Go() != on || db.WeekdayOf(on) != day {
			t.Errorf("%s is %s in Go, which is %s here", day, day.Go(), db.WeekdayOf(on))
		}
	}
	if len(db.Weekdays) != 7 || db.Weekdays[0] != "MONDAY" {
		t.Errorf("the week is %s", db.Weekdays)
	}
	for _, name := range []db.Weekday{"", "monday", "MON", "1"} {
		if name.Go() >= 0 || slices.Contains(db.Weekdays, name) {
			t.Errorf("%q is a day of the week", name)
		}
	}
}
