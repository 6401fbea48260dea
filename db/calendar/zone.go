package calendar

import (
	"errors"
	"fmt"
	"iter"
	"time"
)

// ErrGap says that the clocks skip a local time, as when daylight saving begins.
var ErrGap = errors.New("the clocks skip that local time")

// AmbiguousError says that the clocks read a local time twice, and when.
type AmbiguousError struct{ Earlier, Later time.Time }

func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("the clocks read that local time twice: at %s and at %s",
		e.Earlier.Format(time.RFC3339), e.Later.Format(time.RFC3339))
}

// Resolve returns the one instant at which the clocks in zone read the local time.
// It returns ErrGap where there is none, an *AmbiguousError where there are more,
// and another error for a day or a time of day that does not exist.
func Resolve(zone *time.Location, on Date, at TimeOfDay) (time.Time, error) {
	if _, err := time.Parse(time.DateOnly, string(on)); err != nil {
		return time.Time{}, fmt.Errorf("resolve a local time: %w", err)
	}
	if at < 0 || at >= TimeOfDay(day/time.Minute) {
		return time.Time{}, fmt.Errorf("resolve a local time: a day has no minute %d", at)
	}
	var found []time.Time
	for piece, t := range pieces(zone, on.wall(at)) {
		if piece.Contains(t) {
			found = append(found, t)
		}
	}
	switch len(found) {
	case 0:
		return time.Time{}, ErrGap
	case 1:
		return found[0], nil
	default:
		return time.Time{}, &AmbiguousError{Earlier: found[0], Later: found[len(found)-1]}
	}
}

// Earliest returns the first instant at which the clocks in zone read the local
// time or a later one: the end of a gap, the earlier of two.
func Earliest(zone *time.Location, on Date, at TimeOfDay) time.Time {
	return earliest(zone, on.wall(at))
}

func earliest(zone *time.Location, wall time.Time) time.Time {
	for piece, t := range pieces(zone, wall) {
		if t = later(t, piece.Start); t.Before(piece.End) {
			return t
		}
	}
	return time.Time{} // no zone is that far from UTC
}

// Latest returns the end of the last instant at which the clocks in zone read less
// than the local time: the instant of a gap, the later of two. Where the hour that
// comes twice begins with just that local time, nothing after its first coming
// reads less, and that is what is returned.
func Latest(zone *time.Location, on Date, at TimeOfDay) time.Time { return latest(zone, on.wall(at)) }

func latest(zone *time.Location, wall time.Time) (last time.Time) {
	for piece, t := range pieces(zone, wall) {
		if t = earlier(t, piece.End); t.After(piece.Start) {
			last = t
		}
	}
	return last
}

// StartOfDay returns the first instant of the day in zone, which is not midnight
// where the clocks skip that. A day that is skipped as a whole starts when the
// next one does.
func StartOfDay(zone *time.Location, on Date) time.Time { return Earliest(zone, on, 0) }

// Span returns the time from the start of one day to the start of another.
func Span(zone *time.Location, from, until Date) Interval {
	return Interval{StartOfDay(zone, from), StartOfDay(zone, until)}
}

// farthest is more than the clocks of any zone have ever been away from UTC.
const farthest = 26 * time.Hour

// pieces walks through all the time in which clocks in zone can read the local
// time wall, in pieces without a change of the clocks, the earliest first. With
// each comes the instant at which they would read wall if they were never changed.
func pieces(zone *time.Location, wall time.Time) iter.Seq2[Interval, time.Time] {
	return func(yield func(Interval, time.Time) bool) {
		for t, until := wall.Add(-farthest), wall.Add(farthest); t.Before(until); {
			_, offset := t.In(zone).Zone()
			_, end := t.In(zone).ZoneBounds()
			end = end.UTC()
			// There is no end where the clocks are never changed again, and on the
			// last day of a leap year Go gives the start of that day.
			if !end.After(t) {
				end = t.Truncate(day).Add(day)
			}
			if !yield(Interval{t, end}, wall.Add(-time.Duration(offset)*time.Second)) {
				return
			}
			t = end
		}
	}
}
