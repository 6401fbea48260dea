package calendar_test

import (
	"errors"
	"os"
	"os/exec"
	"testing"
	"time"
	_ "time/tzdata" // the machine may have no zones

	"github.com/clinicql/clinicql/db/calendar"
)

func load(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// instant reads "2026-03-08T07:00Z".
func instant(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02T15:04Z", s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// clock reads "02:30".
func clock(t testing.TB, s string) calendar.TimeOfDay {
	t.Helper()
	at, err := time.Parse("15:04", s)
	if err != nil {
		t.Fatal(err)
	}
	return calendar.TimeOfDay(at.Hour()*60 + at.Minute())
}

// Pitfall 5: a local time that the clocks skip is refused, and one that they read
// twice needs a choice. Where earliest and latest are the same, so is the local
// time's one instant, unless it is in a gap.
var localTimes = []struct{ name, zone, day, at, earliest, latest, resolve string }{
	{"an hour that is skipped", "America/New_York", "2026-03-08", "02:30", "2026-03-08T07:00Z", "2026-03-08T07:00Z", "gap"},
	{"its first minute", "America/New_York", "2026-03-08", "02:00", "2026-03-08T07:00Z", "2026-03-08T07:00Z", "gap"},
	{"the minute before it", "America/New_York", "2026-03-08", "01:59", "2026-03-08T06:59Z", "2026-03-08T06:59Z", "one"},
	{"the minute after it", "America/New_York", "2026-03-08", "03:00", "2026-03-08T07:00Z", "2026-03-08T07:00Z", "one"},
	{"an hour that comes twice", "America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30Z", "2026-11-01T06:30Z", "two"},
	{"the minute before it", "America/New_York", "2026-11-01", "00:59", "2026-11-01T04:59Z", "2026-11-01T04:59Z", "one"},
	{"its last minute", "America/New_York", "2026-11-01", "01:59", "2026-11-01T05:59Z", "2026-11-01T06:59Z", "two"},
	{"the minute after it", "America/New_York", "2026-11-01", "02:00", "2026-11-01T07:00Z", "2026-11-01T07:00Z", "one"},
	{"the last day of a leap year", "America/New_York", "2040-12-31", "09:00", "2040-12-31T14:00Z", "2040-12-31T14:00Z", "one"},
	{"no changes", "Asia/Tbilisi", "2026-03-29", "02:30", "2026-03-28T22:30Z", "2026-03-28T22:30Z", "one"},
	{"half an hour from the others", "Asia/Kolkata", "2026-03-29", "02:30", "2026-03-28T21:00Z", "2026-03-28T21:00Z", "one"},
	{"half an hour that comes twice", "Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45Z", "2026-04-04T15:15Z", "two"},
	{"the half hour before it", "Australia/Lord_Howe", "2026-04-05", "01:15", "2026-04-04T14:15Z", "2026-04-04T14:15Z", "one"},
	{"half an hour that is skipped", "Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30Z", "2026-10-03T15:30Z", "gap"},
	{"the half hour after it", "Australia/Lord_Howe", "2026-10-04", "02:30", "2026-10-03T15:30Z", "2026-10-03T15:30Z", "one"},
	{"winter time as the saving one, an hour skipped", "Europe/Dublin", "2026-03-29", "01:30", "2026-03-29T01:00Z", "2026-03-29T01:00Z", "gap"},
	{"winter time as the saving one, an hour twice", "Europe/Dublin", "2026-10-25", "01:30", "2026-10-25T00:30Z", "2026-10-25T01:30Z", "two"},
	{"a midnight that is skipped", "America/Sao_Paulo", "2018-11-04", "00:00", "2018-11-04T03:00Z", "2018-11-04T03:00Z", "gap"},
	{"a midnight that is skipped", "Asia/Beirut", "2022-03-27", "00:00", "2022-03-26T22:00Z", "2022-03-26T22:00Z", "gap"},
	{"a midnight that is skipped", "Africa/Cairo", "2026-04-24", "00:00", "2026-04-23T22:00Z", "2026-04-23T22:00Z", "gap"},
	{"the hour before midnight twice", "America/Sao_Paulo", "2018-02-17", "23:30", "2018-02-18T01:30Z", "2018-02-18T02:30Z", "two"},
	{"the midnight after it", "America/Sao_Paulo", "2018-02-18", "00:00", "2018-02-18T03:00Z", "2018-02-18T03:00Z", "one"},
	{"a midnight that comes twice", "America/St_Johns", "2006-10-29", "00:00", "2006-10-29T02:30Z", "2006-10-29T03:30Z", "two"},
	{"a day that is skipped", "Pacific/Apia", "2011-12-30", "10:00", "2011-12-30T10:00Z", "2011-12-30T10:00Z", "gap"},
	{"the day before it", "Pacific/Apia", "2011-12-29", "23:59", "2011-12-30T09:59Z", "2011-12-30T09:59Z", "one"},
	{"the day after it", "Pacific/Apia", "2011-12-31", "00:00", "2011-12-30T10:00Z", "2011-12-30T10:00Z", "one"},
	{"a day that comes twice", "Pacific/Kwajalein", "1969-09-30", "12:00", "1969-09-30T01:00Z", "1969-10-01T00:00Z", "two"},
}

func TestLocalTimes(t *testing.T) {
	t.Parallel()
	for _, test := range localTimes {
		t.Run(test.zone+" "+test.name, func(t *testing.T) {
			t.Parallel()
			zone, day, at := load(t, test.zone), calendar.Date(test.day), clock(t, test.at)
			if got := calendar.Earliest(zone, day, at).Format("2006-01-02T15:04Z07:00"); got != test.earliest {
				t.Errorf("%s %s is earliest at %s, not %s", day, test.at, got, test.earliest)
			}
			if got := calendar.Latest(zone, day, at).Format("2006-01-02T15:04Z07:00"); got != test.latest {
				t.Errorf("%s %s is latest at %s, not %s", day, test.at, got, test.latest)
			}
			got, err := calendar.Resolve(zone, day, at)
			var ambiguous *calendar.AmbiguousError
			switch test.resolve {
			case "gap":
				if !errors.Is(err, calendar.ErrGap) {
					t.Errorf("%s %s is taken for %s (%v)", day, test.at, got, err)
				}
			case "two":
				if !errors.As(err, &ambiguous) || !ambiguous.Earlier.Equal(instant(t, test.earliest)) || !ambiguous.Later.Equal(instant(t, test.latest)) {
					t.Errorf("%s %s is taken for %s (%v)", day, test.at, got, err)
				}
			default:
				if err != nil || !got.Equal(instant(t, test.earliest)) {
					t.Errorf("%s %s is taken for %s (%v)", day, test.at, got, err)
				}
			}
		})
	}
}

// Pitfall 1: a day that does not exist is refused, and not moved to another.
func TestResolve_refuses_what_no_calendar_and_no_clock_shows(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		day calendar.Date
		at  calendar.TimeOfDay
	}{{"2026-02-29", 0}, {"2026-13-01", 0}, {"", 0}, {"2026-02-28", -1}, {"2026-02-28", 1440}} {
		if got, err := calendar.Resolve(time.UTC, test.day, test.at); err == nil {
			t.Errorf("minute %d of %q is taken for %s", test.at, test.day, got)
		}
	}
	if _, err := calendar.Resolve(time.UTC, "2024-02-29", 1439); err != nil {
		t.Error(err)
	}
}

// The results are the same on a machine with another zone.
func TestLocalTimes_do_not_depend_on_the_machine(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"Pacific/Apia", "America/New_York", "Australia/Lord_Howe"} {
		again := exec.Command(os.Args[0], "-test.timeout=1m", "-test.run=^(TestLocalTimes|TestDays|TestExpand|TestStarts|TestCheck)$")
		again.Env = append(os.Environ(), "TZ="+zone)
		if out, err := again.CombinedOutput(); err != nil {
			t.Errorf("in %s: %v\n%s", zone, err, out)
		}
	}
}

func TestDays(t *testing.T) {
	t.Parallel()
	apia, tbilisi, newYork := load(t, "Pacific/Apia"), load(t, "Asia/Tbilisi"), load(t, "America/New_York")
	for _, test := range []struct{ claim, got, want string }{
		{"the day is the zone's", string(calendar.DayOf(tbilisi, instant(t, "2026-02-28T20:00Z"))), "2026-03-01"},
		{"and so is its last minute", string(calendar.DayOf(tbilisi, instant(t, "2026-02-28T19:59Z"))), "2026-02-28"},
		{"days are added over a leap day", string(calendar.Date("2024-02-28").Add(2)), "2024-03-01"},
		{"days are taken off", string(calendar.Date("2026-01-01").Add(-1)), "2025-12-31"},
		{"a date has its weekday", calendar.Date("2026-11-22").Weekday().String(), "Sunday"},
		{"a day may have 23 hours", length(newYork, "2026-03-08"), "23h0m0s"},
		{"a day may have 25 hours", length(newYork, "2026-11-01"), "25h0m0s"},
		{"a day may be skipped", length(apia, "2011-12-30"), "0s"},
	} {
		if test.got != test.want {
			t.Errorf("%s: %s, not %s", test.claim, test.got, test.want)
		}
	}
}

func length(zone *time.Location, day calendar.Date) string {
	span := calendar.Span(zone, day, day.Add(1))
	return span.End.Sub(span.Start).String()
}
