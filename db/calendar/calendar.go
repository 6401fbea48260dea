package calendar

import (
	"slices"
	"sort"
	"time"
)

// Calendar is what is known of one practitioner in a window. The lists need no
// order, and their entries may overlap.
type Calendar struct {
	HasHours bool       // false where nobody has said when they work: nothing is offered, and hours do not limit
	Work     []Interval // occurrences, each the anchor of its own grid of starts
	Breaks   []Interval
	Away     []Interval // time off and holidays
	Busy     []Visit    // visits and holds of the practitioner and, where one is asked for, of the room
	Patient  []Interval // the patient's own visits, where the slots are for somebody
}

// Starts returns when a visit of that length, with these pauses before and after
// it, may start: sorted, each once, and at most limit of them where limit is not
// zero. A start lies on the grid of an occurrence of work, which is its start and
// every step after that; the visit lies within the window, wholly in working hours
// (occurrences that touch are one), in nobody's break, time off or visit, and
// keeps its distance from visits. Its pauses may lie outside of the hours. There
// are no starts for a length or a step that is not positive; all are found before
// limit cuts them off, so that a step of seconds in a long window costs memory.
func (c *Calendar) Starts(window Interval, length, before, after, step time.Duration, limit int) []time.Time {
	if !c.HasHours || length <= 0 || step <= 0 {
		return nil
	}
	var starts []time.Time
	hours, closed := union(c.Work), c.closed(length, before, after)
	for _, work := range c.Work {
		if work.Empty() {
			continue
		}
		end := earlier(around(hours, work.Start).End, window.End)
		grid := grid{anchor: work.Start, step: step}
		from := grid.next(later(work.Start, window.Start))
		until := earlier(work.End, end.Add(1-length)) // the last start is end-length
		starts = grid.appendOpen(starts, Interval{from, until}, closed)
	}
	slices.SortFunc(starts, time.Time.Compare)
	starts = slices.CompactFunc(starts, time.Time.Equal)
	if limit > 0 && len(starts) > limit {
		starts = starts[:limit]
	}
	return starts
}

// closed returns the intervals, both ends of each being open, within which a visit
// may not start. The starts ascend and so do the ends, since each interval is
// drawn out to the farthest end of those before it.
func (c *Calendar) closed(length, before, after time.Duration) []Interval {
	closed := make([]Interval, 0, len(c.Busy)+len(c.Breaks)+len(c.Away)+len(c.Patient))
	for _, visit := range c.Busy {
		closed = append(closed, visit.tooClose(length, before, after))
	}
	for _, taken := range slices.Concat(c.Breaks, c.Away, c.Patient) {
		if !taken.Empty() {
			closed = append(closed, Interval{taken.Start.Add(-length), taken.End})
		}
	}
	closed = sorted(closed)
	for i := 1; i < len(closed); i++ {
		closed[i].End = later(closed[i].End, closed[i-1].End)
	}
	return closed
}

// grid is the instants that lie whole steps after an anchor.
type grid struct {
	anchor time.Time
	step   time.Duration
}

// next returns the first instant of the grid that is not before t.
func (g grid) next(t time.Time) time.Time {
	steps := (t.Sub(g.anchor) + g.step - 1) / g.step
	return g.anchor.Add(max(steps, 0) * g.step)
}

// appendOpen appends the instants of the grid, of which span.Start is one, that lie
// in the span and in nothing that is closed.
func (g grid) appendOpen(starts []time.Time, span Interval, closed []Interval) []time.Time {
	t := span.Start
	i := sort.Search(len(closed), func(i int) bool { return !closed[i].Start.Before(t) })
	for span.Contains(t) {
		for i < len(closed) && closed[i].Start.Before(t) {
			i++
		}
		if i > 0 && closed[i-1].End.After(t) {
			t = g.next(closed[i-1].End)
			continue
		}
		starts = append(starts, t.UTC())
		t = t.Add(g.step)
	}
	return starts
}
