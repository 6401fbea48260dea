package seed

import (
	"fmt"
	"iter"
	"time"

	"github.com/clinicql/clinicql/db"
)

// maxEach is how many visits each patient of an even clinic may have.
const maxEach = 50

// evenSlots are when a doctor of an even clinic sees patients on every day.
var evenSlots = []int{0, 2, 4, 6, 9, 11, 13, 15}

// An evenCalendar has the days around today on which the clinic is open.
type evenCalendar struct {
	office        *office
	behind, ahead []day
}

// on returns the nth open day from tomorrow on, or for -1 the last one before today, for -2 the one
// before that.
func (c *evenCalendar) on(n int) day {
	days, step := &c.ahead, 1
	if n < 0 {
		days, step, n = &c.behind, -1, -1-n
	}
	for len(*days) <= n {
		next := c.office.now
		if some := *days; len(some) > 0 {
			next = some[len(some)-1].at
		}
		*days = append(*days, c.office.openDay(next, step))
	}
	return (*days)[n]
}

// openDay returns the next day, or with a step of -1 the one before, that is no weekend and no holiday.
func (o *office) openDay(from time.Time, step int) day {
	for {
		from = time.Date(from.Year(), from.Month(), from.Day()+step, 0, 0, 0, 0, from.Location())
		closed := from.Weekday() == time.Saturday || from.Weekday() == time.Sunday
		for _, h := range o.holidays {
			closed = closed || h.covers(db.DateOf(from))
		}
		if !closed {
			return day{at: from}
		}
	}
}

// evenly makes so many visits of each patient, eight in ten of them past, and as many records: of
// the visits that took place, and of others a year before. Each round is of all patients, who are
// dealt to the doctors in turns.
func (o *office) evenly(each int) iter.Seq[visit] {
	return func(yield func(visit) bool) {
		calendar, doctors := &evenCalendar{office: o}, len(o.doctors)
		dealt, past := (len(o.people)+doctors-1)/doctors, each*8/10
		for round := range each {
			for n, p := range o.people {
				place := (round-past)*dealt + n/doctors
				in := ((place % len(evenSlots)) + len(evenSlots)) % len(evenSlots)
				d := calendar.on((place - in) / len(evenSlots))
				if !yield(o.evenVisit(d.slot(evenSlots[in]), p, n, o.doctors[(n+round)%doctors])) {
					return
				}
			}
		}
	}
}

func (o *office) evenVisit(start time.Time, p *person, n int, doctor *doctor) visit {
	age := max(0, p.age(start))
	c := newCondition(o.r, doctor.specialty, n, age, p.sex)
	for c == nil { // a cough anybody may have
		c = newCondition(o.r, specialties[0], n, age, p.sex)
	}
	a := o.newAppointment(start, p, doctor, c)
	if a.Status == db.Completed {
		return visit{a, o.writeRecord(a, c)}
	}
	earlier := *a
	earlier.StartsAt, earlier.EndsAt = a.StartsAt.AddDate(0, 0, -364), a.EndsAt.AddDate(0, 0, -364)
	record := o.writeRecord(&earlier, c)
	record.AppointmentID = nil
	return visit{a, record}
}

func checkEach(each int) error {
	if each < 0 || each > maxEach {
		return fmt.Errorf("%d is not a number of visits of each patient: 1 to %d", each, maxEach)
	}
	return nil
}
