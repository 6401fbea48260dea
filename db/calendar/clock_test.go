package calendar_test

import (
	"errors"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
)

const perDay = 24 * 60

// reading is what the clocks in zone show at t, in minutes since 1970 as if there
// were no zones. Apart from package time, the model relies on nothing else.
func reading(zone *time.Location, t time.Time) int {
	local := t.In(zone)
	year, month, day := local.Date()
	midnight := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return int(midnight.Unix()/60) + local.Hour()*60 + local.Minute()
}

// readings are the clocks' readings at each minute of a time.
type readings struct {
	from  time.Time
	shown []int
}

func readClocks(zone *time.Location, from time.Time, minutes int) readings {
	r := readings{from, make([]int, minutes)}
	for i := range r.shown {
		r.shown[i] = reading(zone, from.Add(time.Duration(i)*time.Minute))
	}
	return r
}

// first is the first minute that reads wall or more.
func (r readings) first(wall int) int {
	for i, shown := range r.shown {
		if shown >= wall {
			return i
		}
	}
	return len(r.shown)
}

// end is the minute after the last one that reads less than wall.
func (r readings) end(wall int) int {
	for i := len(r.shown) - 1; i >= 0; i-- {
		if r.shown[i] < wall {
			return i + 1
		}
	}
	return 0
}

func (r readings) at(minute int) time.Time { return r.from.Add(time.Duration(minute) * time.Minute) }

// changes are the instants, to the minute, at which clocks in zone are changed.
func changes(zone *time.Location, from, until time.Time) []time.Time {
	var found []time.Time
	offset := func(t time.Time) int { _, seconds := t.In(zone).Zone(); return seconds }
	for t := from; t.Before(until); t = t.Add(time.Hour) {
		if offset(t) == offset(t.Add(time.Hour)) {
			continue
		}
		change := t
		for offset(change) == offset(t) {
			change = change.Add(time.Minute)
		}
		found = append(found, change)
	}
	return found
}

// changed are times in which to look for changes of the clocks, and how many there are.
var changed = []struct {
	zone, from, until string
	changes           int
}{
	{"Asia/Tbilisi", "2026-01-01T00:00Z", "2028-01-01T00:00Z", 0},
	{"America/New_York", "2026-01-01T00:00Z", "2028-01-01T00:00Z", 4},
	{"Australia/Lord_Howe", "2026-01-01T00:00Z", "2028-01-01T00:00Z", 4},
	{"Asia/Kolkata", "2026-01-01T00:00Z", "2028-01-01T00:00Z", 0},
	{"Europe/Dublin", "2026-01-01T00:00Z", "2028-01-01T00:00Z", 4},
	{"Africa/Casablanca", "2026-01-01T00:00Z", "2028-01-01T00:00Z", 4},
	{"Antarctica/Troll", "2026-01-01T00:00Z", "2028-01-01T00:00Z", 4},
	{"Africa/Cairo", "2026-01-01T00:00Z", "2028-01-01T00:00Z", 4},
	{"America/Nuuk", "2023-01-01T00:00Z", "2025-01-01T00:00Z", 3},
	{"Asia/Beirut", "2022-01-01T00:00Z", "2023-01-01T00:00Z", 2},
	{"America/Sao_Paulo", "2018-01-01T00:00Z", "2019-01-01T00:00Z", 2},
	{"America/St_Johns", "2006-01-01T00:00Z", "2007-01-01T00:00Z", 2},
	{"Pacific/Apia", "2011-01-01T00:00Z", "2012-01-01T00:00Z", 3},
	{"Pacific/Kwajalein", "1993-01-01T00:00Z", "1994-01-01T00:00Z", 1},
	{"Asia/Tbilisi", "2004-01-01T00:00Z", "2006-01-01T00:00Z", 4},
}

// Around each change, each local time has the instants that the clocks show.
func TestLocalTimes_obey_the_clocks(t *testing.T) {
	t.Parallel()
	for _, times := range changed {
		t.Run(times.zone+" "+times.from[:4], func(t *testing.T) {
			t.Parallel()
			zone := load(t, times.zone)
			found := changes(zone, instant(t, times.from), instant(t, times.until))
			if len(found) != times.changes {
				t.Errorf("the clocks are changed %d times, not %d: %v", len(found), times.changes, found)
			}
			// And around days without one, of which the second is beyond all tables of
			// changes, where they follow from a rule for each year.
			for _, change := range append(found, instant(t, times.from), instant(t, "2040-12-31T12:00Z")) {
				checkAround(t, zone, change)
			}
		})
	}
}

func checkAround(t *testing.T, zone *time.Location, change time.Time) {
	t.Helper()
	clocks := readClocks(zone, change.Add(-72*time.Hour), 2*72*60)
	around := reading(zone, change)
	for wall := around - 27*60; wall < around+27*60; wall++ {
		day, at := calendar.Date(time.Unix(int64(wall)*60, 0).UTC().Format(time.DateOnly)), calendar.TimeOfDay(wall%perDay)
		if got, want := calendar.Earliest(zone, day, at), clocks.at(clocks.first(wall)); !got.Equal(want) {
			t.Fatalf("%s %d: earliest at %s, not %s", day, at, got, want)
		}
		if got, want := calendar.Latest(zone, day, at), clocks.at(clocks.end(wall)); !got.Equal(want) {
			t.Fatalf("%s %d: latest at %s, not %s", day, at, got, want)
		}
		checkResolve(t, zone, day, at, clocks.all(wall))
	}
}

// all are the instants at which the clocks read wall.
func (r readings) all(wall int) (found []time.Time) {
	for i, shown := range r.shown {
		if shown == wall {
			found = append(found, r.at(i))
		}
	}
	return found
}

func checkResolve(t *testing.T, zone *time.Location, day calendar.Date, at calendar.TimeOfDay, want []time.Time) {
	t.Helper()
	got, err := calendar.Resolve(zone, day, at)
	var ambiguous *calendar.AmbiguousError
	var right bool
	switch len(want) {
	case 0:
		right = errors.Is(err, calendar.ErrGap)
	case 1:
		right = err == nil && got.Equal(want[0])
	default:
		right = errors.As(err, &ambiguous) && ambiguous.Earlier.Equal(want[0]) && ambiguous.Later.Equal(want[len(want)-1])
	}
	if !right {
		t.Fatalf("%s %d is taken for %s (%v), not %v", day, at, got, err, want)
	}
}
