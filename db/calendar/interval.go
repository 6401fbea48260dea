package calendar

import (
	"slices"
	"sort"
	"time"
)

// Interval is half open: it holds its Start and what follows, but not its End.
// One whose End does not lie after its Start is empty.
type Interval struct{ Start, End time.Time }

// Empty says that the interval holds no instant.
func (i Interval) Empty() bool { return !i.Start.Before(i.End) }

// Contains says whether the interval holds t.
func (i Interval) Contains(t time.Time) bool { return !t.Before(i.Start) && t.Before(i.End) }

// Overlaps says whether there is an instant that both hold.
func (i Interval) Overlaps(other Interval) bool {
	return later(i.Start, other.Start).Before(earlier(i.End, other.End))
}

// union joins what overlaps or touches; the result is sorted and has no empty
// intervals.
func union(intervals []Interval) []Interval {
	var joined []Interval
	for _, next := range sorted(intervals) {
		if last := len(joined) - 1; last >= 0 && !next.Start.After(joined[last].End) {
			joined[last].End = later(joined[last].End, next.End)
		} else if !next.Empty() {
			joined = append(joined, next)
		}
	}
	return joined
}

// around returns the interval of a union that holds t, or an empty one.
func around(joined []Interval, t time.Time) Interval {
	i := sort.Search(len(joined), func(i int) bool { return joined[i].End.After(t) })
	if i == len(joined) || !joined[i].Contains(t) {
		return Interval{}
	}
	return joined[i]
}

func overlapsAny(intervals []Interval, one Interval) bool {
	return slices.ContainsFunc(intervals, one.Overlaps)
}

// sorted returns a copy in the order of the starts.
func sorted(intervals []Interval) []Interval {
	intervals = slices.Clone(intervals)
	slices.SortFunc(intervals, func(a, b Interval) int {
		if order := a.Start.Compare(b.Start); order != 0 {
			return order
		}
		return a.End.Compare(b.End)
	})
	return intervals
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
