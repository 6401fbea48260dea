package calendar

import "time"

// Visit is time that is taken, with the pauses that are to be kept free of other
// visits before and after it. A Visit is never empty, a pause never negative.
type Visit struct {
	Interval
	Before, After time.Duration
}

// fits says whether the two keep their distance: the later one starts no earlier
// than the earlier one's end and the longer of the two pauses between them.
func (v Visit) fits(other Visit) bool {
	return !v.Start.Before(other.End.Add(max(other.After, v.Before))) ||
		!other.Start.Before(v.End.Add(max(v.After, other.Before)))
}

// tooClose returns the instants around v, without both ends, at which a visit of
// that length with these pauses would not fit.
func (v Visit) tooClose(length, before, after time.Duration) Interval {
	return Interval{
		Start: v.Start.Add(-length - max(after, v.Before)),
		End:   v.End.Add(max(v.After, before)),
	}
}
