package seed

import (
	"iter"
	"math/rand/v2"
	"time"

	"github.com/clinicql/clinicql/db"
)

// An office registers patients and fills the calendar, one day after the other.
type office struct {
	r       *rand.Rand
	now     time.Time // at the clinic
	people  []*person
	doctors []*doctor
	seen    []int // the day, counted from the first, on which each patient last came
	today   int

	rooms    []*db.Room
	types    []*db.AppointmentType
	holidays []*absence
}

func newOffice(o Options, zone *time.Location) *office {
	made := &office{
		r:       visitStream.chance(o.Seed, 0),
		now:     o.Now.In(zone),
		doctors: newDoctors(o.Seed, o.Patients),
		seen:    make([]int, o.Patients),
		rooms:   newRooms(o.Seed),
		types:   newAppointmentTypes(o.Seed),
	}
	made.holidays = newHolidays(made.now)
	if o.Each == 0 {
		newLeave(o.Seed, made.doctors, made.now)
	}
	return made
}

// registrations makes all patients, in the order in which they came first.
func (o *office) registrations(options Options) iter.Seq[registration] {
	return func(yield func(registration) bool) {
		for n := range options.Patients {
			r := patientStream.chance(options.Seed, uint64(n))
			p, row := newPatient(r, n, options.Patients)
			made := registration{patient: row}
			made.allergies, made.noneOn = newAllergies(r, p)
			o.assign(r, p, row)
			o.people = append(o.people, p)
			if !yield(made) {
				return
			}
		}
	}
}

// assign gives most patients a doctor of their own, who treats what is common.
func (o *office) assign(r *rand.Rand, p *person, row *db.Patient) {
	if percent(r, 12) {
		return
	}
	for range 200 {
		d := pick(r, o.doctors)
		if d.isGeneral() && d.takes(p.age(surveyed), p.sex) {
			row.PrimaryPractitionerID = &d.row.ID
			d.panel = append(d.panel, len(o.people))
			return
		}
	}
}

// visits makes about so many visits, in the order of their starts.
func (o *office) visits(n int) iter.Seq[visit] {
	return func(yield func(visit) bool) {
		for _, d := range newCalendar(o.now, o.holidays, n) {
			for _, v := range o.book(d) {
				if !yield(v) {
					return
				}
			}
		}
	}
}
