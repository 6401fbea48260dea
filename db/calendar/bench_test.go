package calendar_test

import (
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
)

// quarter is 92 days of one practitioner: two spans of work and a break a day, over
// a change of the clocks, and 16 visits a day that leave some slots free.
func quarter(b *testing.B) (*time.Location, []calendar.Weekly, calendar.Interval, calendar.Calendar) {
	zone := load(b, "America/New_York")
	window := calendar.Span(zone, "2026-09-01", "2026-12-02")
	var list []calendar.Weekly
	for weekday := time.Sunday; weekday <= time.Saturday; weekday++ {
		list = append(list, weekly(b, weekday, "08:00", "13:00"), weekly(b, weekday, "13:00", "20:00"), breakAt(weekly(b, weekday, "12:30", "13:30")))
	}
	known := calendar.Calendar{HasHours: true}
	for day := calendar.Date("2026-09-01"); day < "2026-12-02"; day = day.Add(1) {
		for i := range calendar.TimeOfDay(16) {
			start := calendar.Earliest(zone, day, 8*60+i*40)
			known.Busy = append(known.Busy, calendar.Visit{Interval: calendar.Interval{Start: start, End: start.Add(20 * time.Minute)}, After: 5 * time.Minute})
		}
	}
	return zone, list, window, known
}

func BenchmarkStarts_of_92_days(b *testing.B) {
	zone, list, window, known := quarter(b)
	starts := 0
	for b.Loop() {
		known.Work, known.Breaks = calendar.Expand(zone, list, window)
		starts = len(known.Starts(window, 15*time.Minute, 0, 0, 15*time.Minute, 0))
	}
	b.ReportMetric(float64(len(known.Busy)), "visits")
	b.ReportMetric(float64(starts), "starts")
}

func BenchmarkExpand_92_days(b *testing.B) {
	zone, list, window, _ := quarter(b)
	for b.Loop() {
		calendar.Expand(zone, list, window)
	}
}

func BenchmarkCheck_in_92_days(b *testing.B) {
	zone, list, window, known := quarter(b)
	known.Work, known.Breaks = calendar.Expand(zone, list, window)
	visit := calendar.Visit{Interval: calendar.Interval{Start: window.Start, End: window.Start.Add(time.Hour)}}
	for b.Loop() {
		known.Check(visit)
	}
}
