package db_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
)

func loadZone(t *testing.T, name string) *time.Location {
	t.Helper()
	location, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return location
}

// onTheClock reads a time on the clocks of a zone, and returns the first instant where there are two.
func onTheClock(t *testing.T, in *time.Location, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, in)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// Pitfall 5: visits keep their time on the wall clock, also where the clocks are changed.
func TestRecurrence(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		zone, first string
		recurrence  db.Recurrence
		want        string // the instants in UTC
	}{
		"every third day": {"Asia/Tbilisi", "2026-02-26 09:00", db.Recurrence{Frequency: db.Daily, Every: 3, Times: 4},
			"2026-02-26T05:00 2026-03-01T05:00 2026-03-04T05:00 2026-03-07T05:00"},
		"every other week on two days, the first of which has passed": {"Asia/Tbilisi", "2026-03-04 09:00", db.Recurrence{Frequency: db.Weekly, Every: 2, Weekdays: []db.Weekday{"WEDNESDAY", "MONDAY", "WEDNESDAY"}, Times: 4},
			"2026-03-04T05:00 2026-03-16T05:00 2026-03-18T05:00 2026-03-30T05:00"},
		"a week that ends on Sunday": {"Asia/Tbilisi", "2026-03-01 09:00", db.Recurrence{Frequency: db.Weekly, Every: 2, Weekdays: []db.Weekday{"SUNDAY", "MONDAY"}, Times: 3},
			"2026-03-01T05:00 2026-03-09T05:00 2026-03-15T05:00"},
		"on the weekday of the first visit": {"America/New_York", "2026-03-02 09:00", db.Recurrence{Frequency: db.Weekly, Every: 1, Times: 2},
			"2026-03-02T14:00 2026-03-09T13:00"},
		"on the day of the clinic, not of UTC": {"America/New_York", "2026-03-02 20:00", db.Recurrence{Frequency: db.Weekly, Every: 1, Weekdays: []db.Weekday{"MONDAY"}, Times: 2},
			"2026-03-03T01:00 2026-03-10T00:00"},
		"over an hour that comes twice, in New York": {"America/New_York", "2026-10-31 01:30", db.Recurrence{Frequency: db.Daily, Every: 1, Times: 3},
			"2026-10-31T05:30 2026-11-01T05:30 2026-11-02T06:30"},
		"over half an hour that comes twice, on Lord Howe": {"Australia/Lord_Howe", "2026-04-04 01:45", db.Recurrence{Frequency: db.Daily, Every: 1, Times: 3},
			"2026-04-03T14:45 2026-04-04T14:45 2026-04-05T15:15"},
		"on the last day of January": {"Asia/Tbilisi", "2026-01-31 09:00", db.Recurrence{Frequency: db.Monthly, Every: 1, Times: 5},
			"2026-01-31T05:00 2026-03-31T05:00 2026-05-31T05:00 2026-07-31T05:00 2026-08-31T05:00"},
		"every quarter": {"Asia/Tbilisi", "2025-11-30 09:00", db.Recurrence{Frequency: db.Monthly, Every: 3, Times: 3},
			"2025-11-30T05:00 2026-05-30T05:00 2026-08-30T05:00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := loadZone(t, test.zone)
			starts, found := test.recurrence.Starts(in, onTheClock(t, in, test.first))
			var got []string
			for _, start := range starts {
				got = append(got, start.UTC().Format("2006-01-02T15:04"))
			}
			if strings.Join(got, " ") != test.want || found != nil {
				t.Errorf("got  %v %v\nwant %s", got, found, test.want)
			}
		})
	}
}

func TestRecurrence_refuses(t *testing.T) {
	t.Parallel()
	weekly := db.Recurrence{Frequency: db.Weekly, Every: 1, Times: 2}
	with := func(change func(*db.Recurrence)) db.Recurrence {
		r := weekly
		change(&r)
		return r
	}
	for name, test := range map[string]struct {
		zone, first string
		recurrence  db.Recurrence
		want        string // the places, codes and days
	}{
		"a time that the clocks skip, by its day":  {"America/New_York", "2026-03-01 02:30", weekly, "startsAt SKIPPED_TIME 2026-03-08"},
		"half an hour that is skipped":             {"Australia/Lord_Howe", "2026-10-03 02:15", db.Recurrence{Frequency: db.Daily, Every: 1, Times: 3}, "startsAt SKIPPED_TIME 2026-10-04"},
		"each time that is skipped":                {"America/New_York", "2025-02-09 02:30", db.Recurrence{Frequency: db.Weekly, Every: 4, Times: 15}, "startsAt SKIPPED_TIME 2025-03-09; startsAt SKIPPED_TIME 2026-03-08"},
		"a single visit":                           {"Asia/Tbilisi", "2026-03-02 09:00", with(func(r *db.Recurrence) { r.Times = 1 }), "recurrence.times OUT_OF_RANGE"},
		"more than a year of weeks":                {"Asia/Tbilisi", "2026-03-02 09:00", with(func(r *db.Recurrence) { r.Times = 53 }), "recurrence.times OUT_OF_RANGE"},
		"every no weeks":                           {"Asia/Tbilisi", "2026-03-02 09:00", with(func(r *db.Recurrence) { r.Every = 0 }), "recurrence.every OUT_OF_RANGE"},
		"every 13 weeks, and once":                 {"Asia/Tbilisi", "2026-03-02 09:00", with(func(r *db.Recurrence) { r.Every, r.Times = 13, 1 }), "recurrence.every OUT_OF_RANGE; recurrence.times OUT_OF_RANGE"},
		"weekdays without the first":               {"Asia/Tbilisi", "2026-03-02 09:00", with(func(r *db.Recurrence) { r.Weekdays = []db.Weekday{"TUESDAY"} }), "recurrence.weekdays OUT_OF_RANGE"},
		"weekdays of days":                         {"Asia/Tbilisi", "2026-03-02 09:00", with(func(r *db.Recurrence) { r.Frequency, r.Weekdays = db.Daily, []db.Weekday{"MONDAY"} }), "recurrence.weekdays OUT_OF_RANGE"},
		"a last visit more than five years ahead":  {"UTC", time.Now().Format("2006-01-02 15:04"), db.Recurrence{Frequency: db.Monthly, Every: 12, Times: 7}, "recurrence.times OUT_OF_RANGE"},
		"a frequency that there is not (no clock)": {"UTC", "2026-03-02 09:00", db.Recurrence{Every: 1, Times: 2}, "recurrence.frequency BAD_FORMAT"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := loadZone(t, test.zone)
			_, found := test.recurrence.Starts(in, onTheClock(t, in, test.first))
			var got []string
			for _, p := range found {
				text := db.PathText(p.Path) + " " + string(p.Code)
				if p.Code == db.SkippedTime {
					text += " " + p.Message[strings.LastIndex(p.Message, " ")+1:]
				}
				got = append(got, text)
			}
			if strings.Join(got, "; ") != test.want {
				t.Errorf("got  %v\nwant %s", got, test.want)
			}
		})
	}
}

// For random series the days are those that a walk over the calendar, day by day,
// finds, and the clocks read the same on each.
func TestRecurrence_isWhatTheCalendarSays(t *testing.T) {
	t.Parallel()
	random, tooFar := rand.New(rand.NewPCG(4, 2)), 0
	for _, name := range []string{"Asia/Tbilisi", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"} {
		in := loadZone(t, name)
		for range 250 {
			first := time.Date(2025, time.Month(1+random.IntN(12)), 1+random.IntN(31), random.IntN(24), random.IntN(60), 0, 0, in)
			r := db.Recurrence{
				Frequency: []db.RecurrenceFrequency{db.Daily, db.Weekly, db.Monthly}[random.IntN(3)],
				Every:     int32(1 + random.IntN(4)), Times: int32(2 + random.IntN(20)),
			}
			if r.Frequency == db.Weekly && random.IntN(3) > 0 {
				r.Weekdays = []db.Weekday{db.WeekdayOf(first.Weekday()), db.Weekdays[random.IntN(7)], db.Weekdays[random.IntN(7)]}
			}
			starts, found := r.Starts(in, first)
			if slices.ContainsFunc(found, func(p db.Problem) bool { return p.Code == db.OutOfRange }) {
				tooFar++ // five years from now on
				continue
			}
			var got, skipped []string
			for i, start := range starts {
				got = append(got, start.In(in).Format("2006-01-02 15:04"))
				for _, shift := range []time.Duration{time.Hour / 2, time.Hour} {
					if i > 0 && db.LocalDateTimeOf(start.Add(-shift).In(in)) == db.LocalDateTimeOf(start.In(in)) {
						t.Errorf("%s %+v: %s is the second of two", name, r, start)
					}
				}
			}
			for _, p := range found {
				skipped = append(skipped, p.Message[strings.LastIndex(p.Message, " ")+1:])
			}
			want := walked(first, r)
			want = slices.DeleteFunc(want, func(at string) bool { return slices.Contains(skipped, at[:10]) })
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%s from %s, %+v\ngot  %v\nwant %v", name, first, r, got, want)
			}
			for _, day := range skipped {
				if at, err := time.ParseInLocation("2006-01-02 15:04", day+first.Format(" 15:04"), in); err == nil && at.Format("15:04") == first.Format("15:04") {
					t.Errorf("%s: the clocks do not skip %s", name, at)
				}
			}
		}
	}
	if tooFar > 100 {
		t.Errorf("%d of 1000 series lie too far ahead to be looked at", tooFar)
	}
}

// walked finds the local times of a series by walking over the calendar.
func walked(first time.Time, r db.Recurrence) (found []string) {
	on := time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, time.UTC)
	monday := on
	for monday.Weekday() != time.Monday {
		monday = monday.AddDate(0, 0, -1)
	}
	for day, n := on, 0; len(found) < int(r.Times); day, n = day.AddDate(0, 0, 1), n+1 {
		is := false
		switch r.Frequency {
		case db.Daily:
			is = n%int(r.Every) == 0
		case db.Weekly:
			weeks := int(day.Sub(monday)/(24*time.Hour)) / 7
			is = weeks%int(r.Every) == 0 && (slices.Contains(r.Weekdays, db.WeekdayOf(day.Weekday())) || r.Weekdays == nil && day.Weekday() == on.Weekday())
		case db.Monthly:
			months := (day.Year()-on.Year())*12 + int(day.Month()-on.Month())
			is = months%int(r.Every) == 0 && day.Day() == on.Day()
		}
		if is {
			found = append(found, fmt.Sprintf("%s %s", day.Format(time.DateOnly), first.Format("15:04")))
		}
	}
	return found
}
