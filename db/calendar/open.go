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
		for _, pause := range closed {
			if !pause.End.After(from) {
				continue
			}
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
		next := StartOfDay(zone, DayOf(zone, i.Start).Add(1))
		if hourly {
			local := i.Start.In(zone)
			next = i.Start.Add(time.Hour - time.Duration(local.Minute())*time.Minute - time.Duration(local.Second())*time.Second)
		}
		end := earlier(next, i.End)
		use(Interval{i.Start, end})
		i.Start = end
	}
}
