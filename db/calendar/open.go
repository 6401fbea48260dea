package calendar

import (
	"slices"
	"time"
)

// Open returns when somebody works within the window, without breaks and absences:
// sorted, and of intervals that do not touch.
func (c *Calendar) Open(window Interval) []Interval {
	closed := union(slices.Concat(c.Breaks, c.Away))
	var open []Interval
	for _, work := range union(c.Work) {
		left := Interval{later(work.Start, window.Start), earlier(work.End, window.End)}
		for len(closed) > 0 && !closed[0].End.After(left.Start) {
			closed = closed[1:] // before all that is left of the work
		}
		for _, pause := range closed {
			if !pause.Start.Before(left.End) {
				break
			}
			if before := (Interval{left.Start, pause.Start}); !before.Empty() {
				open = append(open, before)
			}
			left.Start = later(left.Start, pause.End)
		}
		if !left.Empty() {
			open = append(open, left)
		}
	}
	return open
}

// Days cuts an interval where days begin in zone, or hours where hourly, and hands
// each part to use.
func Days(zone *time.Location, i Interval, hourly bool, use func(Interval)) {
	for i.Start.Before(i.End) {
		next := i.End
		switch {
		case hourly:
			local := i.Start.In(zone)
			next = i.Start.Add(time.Hour - time.Duration(local.Minute())*time.Minute - time.Duration(local.Second())*time.Second)
		case !isWithinDay(zone, i):
			next = StartOfDay(zone, DayOf(zone, i.Start).Add(1))
		}
		end := earlier(next, i.End)
		use(Interval{i.Start, end})
		i.Start = end
	}
}

// isWithinDay says whether i lies within one day on which the clocks in zone are not
// changed during it. Where it says no, it may be one day all the same.
func isWithinDay(zone *time.Location, i Interval) bool {
	start, end := i.Start.In(zone), i.End.In(zone)
	_, before := start.Zone()
	_, after := end.Zone()
	return before == after && i.End.Sub(i.Start) < day && start.Day() == end.Day()
}
