package calendar

import "time"

// Open returns when somebody works, without breaks and absences: sorted, and of
// intervals that do not touch.
func (c *Calendar) Open(window Interval) []Interval {
	var closed []Interval
	for _, pause := range append(append([]Interval{}, c.Breaks...), c.Away...) {
		if !pause.Empty() {
			closed = append(closed, pause)
		}
	}
	closed = union(closed)
	var open []Interval
	for _, work := range union(c.Work) {
		from, until := later(work.Start, window.Start), earlier(work.End, window.End)
		for len(closed) > 0 && !closed[0].End.After(from) {
			closed = closed[1:] // before all that is left of the work
		}
		for _, pause := range closed {
			if !pause.Start.Before(until) {
				break
			}
			if part := (Interval{from, pause.Start}); !part.Empty() {
				open = append(open, part)
			}
			from = later(from, pause.End)
		}
		if part := (Interval{from, until}); !part.Empty() {
			open = append(open, part)
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
