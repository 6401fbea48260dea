package calendar

import "slices"

// Verdict is the rules that a visit would break. The zero value breaks none.
type Verdict struct {
	OutsideHours bool // not wholly in working hours
	OnBreak      bool
	TimeOff      bool // somebody is away, or it is a holiday
	Buffer       bool // closer to another visit than the pauses allow, without overlapping it
	Busy         bool // the practitioner or the room is taken
	PatientBusy  bool // the patient has another visit
}

// Clean says that no rule is broken.
func (v Verdict) Clean() bool { return v == Verdict{} }

// Check returns the rules that the visit would break. It may start at any instant,
// not only at one that Starts offers; where nobody has said when the practitioner
// works, hours do not limit it.
func (c *Calendar) Check(visit Visit) Verdict {
	verdict := Verdict{
		OutsideHours: c.HasHours && around(union(c.Work), visit.Start).End.Before(visit.End),
		OnBreak:      overlapsAny(c.Breaks, visit.Interval),
		TimeOff:      overlapsAny(c.Away, visit.Interval),
		PatientBusy:  overlapsAny(c.Patient, visit.Interval),
	}
	verdict.Busy = slices.ContainsFunc(c.Busy, func(other Visit) bool { return other.Overlaps(visit.Interval) })
	verdict.Buffer = slices.ContainsFunc(c.Busy, func(other Visit) bool {
		return !other.Overlaps(visit.Interval) && !visit.fits(other)
	})
	return verdict
}
