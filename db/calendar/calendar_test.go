package calendar_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
)

// on reads "09:00-12:00 13:00-17:30" as times of one day in UTC.
func on(t testing.TB, spans string) (intervals []calendar.Interval) {
	t.Helper()
	for span := range strings.FieldsSeq(spans) {
		start, end, _ := strings.Cut(span, "-")
		intervals = append(intervals, calendar.Interval{Start: instant(t, "2026-03-02T"+start+"Z"), End: instant(t, "2026-03-02T"+end+"Z")})
	}
	return intervals
}

// visit has its pauses in minutes.
func visit(t testing.TB, span string, before, after time.Duration) calendar.Visit {
	t.Helper()
	return calendar.Visit{Interval: on(t, span)[0], Before: before * time.Minute, After: after * time.Minute}
}

func TestStarts(t *testing.T) {
	t.Parallel()
	hours := func(spans string) calendar.Calendar {
		return calendar.Calendar{HasHours: true, Work: on(t, spans)}
	}
	with := func(c calendar.Calendar, change func(*calendar.Calendar)) calendar.Calendar {
		change(&c)
		return c
	}
	for _, test := range []struct {
		claim                       string
		calendar                    calendar.Calendar
		window                      string
		length, before, after, step time.Duration
		want                        string
	}{
		{"a visit ends within the hours", hours("09:00-10:00"), "00:00-23:59", 30, 0, 0, 15, "09:00 09:15 09:30"},
		{"the grid starts with the work", hours("09:10-10:00"), "00:00-23:59", 30, 0, 0, 15, "09:10 09:25"},
		{"the window does not move the grid", hours("09:00-11:00"), "09:20-10:20", 30, 0, 0, 15, "09:30 09:45"},
		{"a visit fills the window", hours("09:00-11:00"), "09:30-10:00", 30, 0, 0, 15, "09:30"},
		{"work that touches is one", hours("10:00-11:00 09:00-10:00"), "00:00-23:59", 90, 0, 0, 30, "09:00 09:30"},
		{"work that is apart is not", hours("10:01-11:00 09:00-10:00"), "00:00-23:59", 60, 0, 0, 30, "09:00"},
		{"each work has its grid, and a start is given once", hours("09:00-10:00 09:00-10:00 09:10-10:00"), "00:00-23:59", 30, 0, 0, 20, "09:00 09:10 09:20 09:30"},
		{"a grid ends with its work", hours("09:00-09:50 09:50-11:00"), "00:00-23:59", 30, 0, 0, 20, "09:00 09:20 09:40 09:50 10:10 10:30"},
		{"nothing where the hours are not known", with(hours("09:00-10:00"), func(c *calendar.Calendar) { c.HasHours = false }), "00:00-23:59", 30, 0, 0, 15, ""},
		{"nothing of no length", hours("09:00-10:00"), "00:00-23:59", 0, 0, 0, 15, ""},
		{"nothing at no step", hours("09:00-10:00"), "00:00-23:59", 30, 0, 0, 0, ""},
		{"nothing in a window that ends before it starts", hours("09:00-10:00"), "10:00-09:00", 15, 0, 0, 15, ""},
		{"up to a break and from its end", with(hours("09:00-12:00"), func(c *calendar.Calendar) { c.Breaks = on(t, "10:00-10:30") }), "00:00-23:59", 60, 0, 0, 30, "09:00 10:30 11:00"},
		{"up to time off and from its end", with(hours("09:00-12:00"), func(c *calendar.Calendar) { c.Away = on(t, "10:00-10:30") }), "00:00-23:59", 60, 0, 0, 30, "09:00 10:30 11:00"},
		{"not while the patient is elsewhere", with(hours("09:00-12:00"), func(c *calendar.Calendar) { c.Patient = on(t, "10:00-10:30") }), "00:00-23:59", 60, 30, 30, 30, "09:00 10:30 11:00"},
		{"time off of no length takes none", with(hours("09:00-10:00"), func(c *calendar.Calendar) { c.Away = on(t, "09:30-09:30") }), "00:00-23:59", 60, 0, 0, 30, "09:00"},
		{"between two visits that leave just the time", with(hours("09:00-12:00"), func(c *calendar.Calendar) {
			c.Busy = []calendar.Visit{visit(t, "10:30-12:00", 0, 0), visit(t, "09:00-10:00", 0, 0)}
		}), "00:00-23:59", 30, 0, 0, 30, "10:00"},
		{"the longer pause counts, not the sum", with(hours("09:00-12:00"), func(c *calendar.Calendar) { c.Busy = []calendar.Visit{visit(t, "09:00-10:00", 0, 10)} }), "00:00-23:59", 30, 15, 0, 5,
			"10:15 10:20 10:25 10:30 10:35 10:40 10:45 10:50 10:55 11:00 11:05 11:10 11:15 11:20 11:25 11:30"},
		{"the other's pause before counts", with(hours("09:00-12:00"), func(c *calendar.Calendar) { c.Busy = []calendar.Visit{visit(t, "11:00-12:00", 60, 0)} }), "00:00-23:59", 30, 0, 30, 30, "09:00 09:30"},
		{"the pause after counts", with(hours("09:00-12:00"), func(c *calendar.Calendar) { c.Busy = []calendar.Visit{visit(t, "11:00-12:00", 30, 0)} }), "00:00-23:59", 30, 0, 60, 30, "09:00 09:30"},
		{"pauses may lie outside of the hours and over a break", with(hours("09:00-10:00"), func(c *calendar.Calendar) { c.Breaks = on(t, "09:30-10:00") }), "00:00-23:59", 30, 60, 60, 30, "09:00"},
	} {
		t.Run(test.claim, func(t *testing.T) {
			t.Parallel()
			starts := test.calendar.Starts(on(t, test.window)[0], test.length*time.Minute, test.before*time.Minute, test.after*time.Minute, test.step*time.Minute, 0)
			var got []string
			for _, start := range starts {
				got = append(got, start.Format("15:04"))
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("%s, not %s", got, test.want)
			}
		})
	}
}

func TestStarts_are_as_many_as_asked_for(t *testing.T) {
	t.Parallel()
	known, window := calendar.Calendar{HasHours: true, Work: on(t, "10:00-11:00 09:00-10:00")}, on(t, "00:00-23:59")[0]
	for limit, want := range []int{4, 1, 2, 3, 4, 4} {
		starts := known.Starts(window, 30*time.Minute, 0, 0, 30*time.Minute, limit)
		if len(starts) != want || !starts[0].Equal(instant(t, "2026-03-02T09:00Z")) {
			t.Errorf("of %d there are %s", limit, starts)
		}
	}
}

// The step is the time that passes, also where the clocks are changed.
func TestStarts_go_on_through_an_hour_that_comes_twice(t *testing.T) {
	t.Parallel()
	zone := load(t, "America/New_York")
	window := calendar.Span(zone, "2026-11-01", "2026-11-02")
	known := calendar.Calendar{HasHours: true}
	known.Work, known.Breaks = calendar.Expand(zone, []calendar.Weekly{weekly(t, time.Sunday, "00:00", "03:00")}, window)
	var got []string
	for _, start := range known.Starts(window, time.Hour, 0, 0, time.Hour, 0) {
		got = append(got, start.In(zone).Format("15:04 MST"))
	}
	if want := []string{"00:00 EDT", "01:00 EDT", "01:00 EST", "02:00 EST"}; !slices.Equal(got, want) {
		t.Errorf("%s, not %s", got, want)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	known := calendar.Calendar{
		HasHours: true, Work: on(t, "13:00-17:00 09:00-13:00"), Breaks: on(t, "12:00-12:30"), Away: on(t, "16:00-18:00"), Patient: on(t, "15:00-15:30"),
		Busy: []calendar.Visit{visit(t, "10:00-10:30", 15, 5)},
	}
	for _, test := range []struct {
		claim  string
		visit  calendar.Visit
		broken calendar.Verdict
	}{
		{"nothing is wrong", visit(t, "09:00-09:45", 0, 0), calendar.Verdict{}},
		{"nor at a start of no grid", visit(t, "09:01-09:31", 60, 29), calendar.Verdict{}},
		{"nor over two spans of work", visit(t, "12:30-13:30", 0, 0), calendar.Verdict{}},
		{"it begins before the work", visit(t, "08:59-09:30", 0, 0), calendar.Verdict{OutsideHours: true}},
		{"it ends after the work", visit(t, "16:59-17:01", 0, 0), calendar.Verdict{OutsideHours: true, TimeOff: true}},
		{"it touches the break", visit(t, "11:30-12:00", 0, 30), calendar.Verdict{}},
		{"it is on the break", visit(t, "11:30-12:01", 0, 0), calendar.Verdict{OnBreak: true}},
		{"somebody is away", visit(t, "15:31-16:01", 0, 0), calendar.Verdict{TimeOff: true}},
		{"the patient has another visit", visit(t, "14:45-15:01", 0, 0), calendar.Verdict{PatientBusy: true}},
		{"the patient needs no pause", visit(t, "14:30-15:00", 0, 60), calendar.Verdict{}},
		{"somebody is taken", visit(t, "10:29-11:00", 0, 0), calendar.Verdict{Busy: true}},
		{"the pause before the next is too short", visit(t, "09:30-09:46", 0, 0), calendar.Verdict{Buffer: true}},
		{"its own pause is too short", visit(t, "09:30-09:44", 0, 17), calendar.Verdict{Buffer: true}},
		{"the pause after the last is too short", visit(t, "10:34-11:00", 0, 0), calendar.Verdict{Buffer: true}},
		{"the pause after the last is kept", visit(t, "10:35-11:00", 5, 0), calendar.Verdict{}},
	} {
		t.Run(test.claim, func(t *testing.T) {
			t.Parallel()
			if got := known.Check(test.visit); got != test.broken || got.Clean() != (test.broken == calendar.Verdict{}) {
				t.Errorf("%+v, not %+v", got, test.broken)
			}
		})
	}
	odd := calendar.Calendar{HasHours: true, Work: on(t, "06:00-07:30 08:00-07:00 09:00-10:00")}
	if got := odd.Check(visit(t, "07:00-07:30", 0, 0)); !got.Clean() {
		t.Errorf("beside work that is empty, a visit breaks %+v", got)
	}
	nobodySaid := calendar.Calendar{Busy: known.Busy}
	if got := nobodySaid.Check(visit(t, "03:00-03:30", 0, 0)); !got.Clean() {
		t.Errorf("where nobody has said when somebody works, a visit at night breaks %+v", got)
	}
	neverWorks := calendar.Calendar{HasHours: true}
	if got := neverWorks.Check(visit(t, "03:00-03:30", 0, 0)); got != (calendar.Verdict{OutsideHours: true}) {
		t.Errorf("where nobody works, a visit breaks %+v", got)
	}
}

// Of two visits it does not matter which one was there first.
func TestCheck_is_symmetric(t *testing.T) {
	t.Parallel()
	first := visit(t, "10:00-10:30", 15, 5)
	for minute := range time.Duration(180) {
		for _, pause := range []time.Duration{0, 5, 10, 20} {
			start := first.Start.Add((minute - 90) * time.Minute)
			second := calendar.Visit{Interval: calendar.Interval{Start: start, End: start.Add(20 * time.Minute)}, Before: 10 * time.Minute, After: pause * time.Minute}
			one, other := calendar.Calendar{Busy: []calendar.Visit{first}}, calendar.Calendar{Busy: []calendar.Visit{second}}
			if one.Check(second) != other.Check(first) {
				t.Fatalf("at %s: %+v, but %+v", start, one.Check(second), other.Check(first))
			}
		}
	}
}

// What is asked of a calendar does not change it.
func TestStarts_leave_the_calendar_as_it_is(t *testing.T) {
	t.Parallel()
	known := calendar.Calendar{HasHours: true, Work: on(t, "13:00-17:00 09:00-14:00"), Breaks: on(t, "12:00-12:30 11:00-11:30")}
	known.Busy = []calendar.Visit{visit(t, "16:00-16:30", 0, 0), visit(t, "10:00-10:30", 0, 0)}
	known.Starts(on(t, "00:00-23:59")[0], time.Hour, 0, 0, time.Hour, 0)
	known.Check(visit(t, "10:00-10:30", 0, 0))
	if !slices.Equal(known.Work, on(t, "13:00-17:00 09:00-14:00")) || !slices.Equal(known.Breaks, on(t, "12:00-12:30 11:00-11:30")) ||
		known.Busy[0] != visit(t, "16:00-16:30", 0, 0) {
		t.Errorf("it has become %+v", known)
	}
}
