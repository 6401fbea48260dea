package calendar

import (
	"math"
	"time"
)

// Weekly is a span of the week in which somebody works or, IsBreak, rests.
type Weekly struct {
	IsBreak    bool
	Weekday    time.Weekday
	Start, End TimeOfDay // an End that does not lie after the Start is on the next day
	From       Date      // the first day on which it starts; "" for as long as can be
	Until      Date      // the last day on which it starts; "" until further notice
}

// Expand returns the occurrences that share time with the window, sorted by their
// starts. One that starts on a day lasts from the Earliest instant of its Start to
// the Latest of its End: it works through a repeated hour, and is cut short, or
// missing, where the clocks skip its time. Occurrences are whole also where they
// begin before the window or end after it.
func Expand(zone *time.Location, weekly []Weekly, window Interval) (work, breaks []Interval) {
	// What starts on a day has ended by the end of the next, as the clocks show it.
	first, end := window.Start.Add(-farthest-2*day).Truncate(day), window.End.Add(farthest)
	for midnight := first; midnight.Before(end); midnight = midnight.Add(day) {
		on := DayOf(time.UTC, midnight)
		for _, w := range weekly {
			if w.Weekday != midnight.Weekday() || !w.validOn(on) {
				continue
			}
			occurrence := w.on(zone, midnight)
			switch {
			case !occurrence.Overlaps(window):
			case w.IsBreak:
				breaks = append(breaks, occurrence)
			default:
				work = append(work, occurrence)
			}
		}
	}
	return sorted(work), sorted(breaks)
}

func (w Weekly) validOn(on Date) bool { return w.From <= on && (w.Until == "" || on <= w.Until) }

func (w Weekly) overnight() bool { return w.End <= w.Start }

// on returns the occurrence that starts on the day of which midnight is the wall.
func (w Weekly) on(zone *time.Location, midnight time.Time) Interval {
	end := midnight.Add(time.Duration(w.End) * time.Minute)
	if w.overnight() {
		end = end.Add(day)
	}
	return Interval{earliest(zone, midnight.Add(time.Duration(w.Start)*time.Minute)), latest(zone, end)}
}

// FindOverlap returns the indexes of the first two spans of one kind, work or
// breaks, that ever share time as the clocks on the wall show it, be it overnight
// or over the end of the week. Spans that only touch do not.
func FindOverlap(weekly []Weekly) (i, j int, found bool) {
	for i, a := range weekly {
		for j := i + 1; j < len(weekly); j++ {
			if b := weekly[j]; a.IsBreak == b.IsBreak && (a.meets(b, 0) || a.meets(b, 1) || a.meets(b, -1)) {
				return i, j, true
			}
		}
	}
	return 0, 0, false
}

// meets says whether the occurrence of w on some day ever shares time with the one
// of other that starts so many days later.
func (w Weekly) meets(other Weekly, days int) bool {
	if (int(w.Weekday)+days+7)%7 != int(other.Weekday) {
		return false
	}
	start, end := w.minutes(0)
	otherStart, otherEnd := other.minutes(days)
	if start >= otherEnd || otherStart >= end {
		return false
	}
	first, last := w.validity()
	otherFirst, otherLast := other.validity()
	first, last = max(first, otherFirst-days), min(last, otherLast-days)
	// Day 0 is a Thursday.
	wait := ((int(w.Weekday)-int(time.Thursday)-first)%7 + 7) % 7
	return first+wait <= last
}

// minutes returns the start and the end, in minutes from a midnight, of the
// occurrence that starts so many days after it.
func (w Weekly) minutes(days int) (start, end int) {
	const perDay = int(day / time.Minute)
	start, end = days*perDay+int(w.Start), days*perDay+int(w.End)
	if w.overnight() {
		end += perDay
	}
	return start, end
}

// validity returns the first and the last day on which the span may start, counted
// from 1970.
func (w Weekly) validity() (first, last int) {
	first, last = math.MinInt32, math.MaxInt32
	if w.From != "" {
		first = w.From.number()
	}
	if w.Until != "" {
		last = w.Until.number()
	}
	return first, last
}
