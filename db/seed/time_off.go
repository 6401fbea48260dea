package seed

import (
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/calendar"
)

// away is how many of the doctors have leave to come, in percent.
const away = 60

// An absence is some whole days on which nothing is booked.
type absence struct {
	from, until db.Date // the first, and the day after the last
	reason      string
}

func (a *absence) covers(on db.Date) bool { return a != nil && a.from <= on && on < a.until }

// newHolidays closes the clinic on two weekdays to come.
func newHolidays(now time.Time) []*absence {
	return []*absence{newAbsence(now, 17, 1, "Public holiday"), newAbsence(now, 31, 1, "Training of the staff")}
}

// newLeave sends the first and most other doctors off for some days in the weeks to come.
func newLeave(seed uint64, doctors []*doctor, now time.Time) {
	for n, d := range doctors {
		if r := leaveStream.chance(seed, uint64(n)); n == 0 || percent(r, away) {
			d.leave = newAbsence(now, 3+r.IntN(daysAhead-10), 1+r.IntN(7), pick(r, []string{"Leave", "Leave", "Conference"}))
		}
	}
}

// newAbsence begins so many days after now, or on the next weekday.
func newAbsence(now time.Time, ahead, days int, reason string) *absence {
	from := calendar.DayOf(now.Location(), now).Add(ahead)
	for from.Weekday() == time.Saturday || from.Weekday() == time.Sunday {
		from = from.Add(1)
	}
	return &absence{db.Date(from), db.Date(from.Add(days)), reason}
}

// timeOff returns the holidays, and the leave of the doctors, as rows.
func (o *office) timeOff(seed uint64) []*db.TimeOff {
	r := placeStream.chance(seed, 3)
	var all []*db.TimeOff
	row := func(a *absence) *db.TimeOff {
		span := calendar.Span(o.now.Location(), calendar.Date(a.from), calendar.Date(a.until))
		off := &db.TimeOff{StartsAt: span.Start, EndsAt: span.End, Reason: &a.reason}
		off.ID = newID(r, db.KindTimeOff, o.now)
		all = append(all, off)
		return off
	}
	for _, holiday := range o.holidays {
		row(holiday)
	}
	for _, d := range o.doctors {
		if d.leave != nil {
			row(d.leave).PractitionerID = &d.row.ID
		}
	}
	return all
}
