package calendar

import (
	"slices"
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

// sorted returns a copy in the order of the starts.
func sorted(intervals []Interval) []Interval {
	return slices.SortedFunc(slices.Values(intervals), func(a, b Interval) int {
		if order := a.Start.Compare(b.Start); order != 0 {
			return order
		}
		return a.End.Compare(b.End)
	})
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
