package seed

import (
	"time"

	"github.com/clinicql/clinicql/db"
)

// visitsOfOne is how many visits there are for each patient, past and to come.
const visitsOfOne = 6

// A visit is an appointment, and its record where there is one.
type visit struct {
	appointment *db.Appointment
	record      *db.MedicalRecord
}

// book makes the visits of a day in the order of their starts. No doctor sees
// two patients in one slot, or somebody at lunch or on leave; no room is taken
// twice, and no patient comes twice on a day.
func (o *office) book(d day) []visit {
	o.today++
	full := o.plan(d)
	rooms := &roomPlan{}
	bySlot := [slots][]visit{}
	for range d.visits {
		n, slot := o.free(full)
		if n < 0 {
			break
		}
		if v, ok := o.newVisit(d, o.doctors[n], slot); ok {
			full[n][slot] = true
			v.appointment.RoomID = rooms.take(o.r, o.rooms, slot)
			bySlot[slot] = append(bySlot[slot], v)
		}
	}
	var all []visit
	for _, visits := range bySlot {
		all = append(all, visits...)
	}
	return all
}

// plan returns the slots of each doctor that are taken before anybody is booked.
func (o *office) plan(d day) [][slots]bool {
	full := make([][slots]bool, len(o.doctors))
	for n, doctor := range o.doctors {
		full[n][lunch] = true
		for slot := range slots {
			full[n][slot] = full[n][slot] || doctor.leave.covers(db.DateOf(d.at))
		}
	}
	return full
}

// free looks for a doctor who has time, and when; a negative number says that
// the day is full.
func (o *office) free(full [][slots]bool) (doctor, slot int) {
	for range 200 {
		doctor, slot = o.r.IntN(len(full)), o.r.IntN(slots)
		if !full[doctor][slot] {
			return doctor, slot
		}
	}
	return -1, 0
}

// newVisit finds somebody for a doctor's slot.
func (o *office) newVisit(d day, doctor *doctor, slot int) (visit, bool) {
	for range 50 {
		n := o.r.IntN(len(o.people))
		if len(doctor.panel) > 0 && percent(o.r, 60) {
			n = pick(o.r, doctor.panel)
		}
		p := o.people[n]
		age := p.age(d.at)
		if o.seen[n] == o.today || d.at.Before(p.born) || !p.lives(db.DateOf(d.at)) {
			continue
		}
		c := newCondition(o.r, doctor.specialty, n, age, p.sex)
		if c == nil {
			continue
		}
		o.seen[n] = o.today
		return o.visit(d.slot(slot), p, doctor, c), true
	}
	return visit{}, false
}

func (o *office) visit(start time.Time, p *person, doctor *doctor, c *condition) visit {
	a := o.newAppointment(start, p, doctor, c)
	return visit{a, o.newRecord(a, c)}
}

func (o *office) newAppointment(start time.Time, p *person, doctor *doctor, c *condition) *db.Appointment {
	kind := o.types[pick(o.r, usual)]
	a := &db.Appointment{PatientID: p.id, PractitionerID: &doctor.row.ID,
		StartsAt: start.UTC(), EndsAt: start.Add(time.Duration(kind.Length)).UTC(),
		Type: &kind.Name, AppointmentTypeID: &kind.ID, BufferBefore: kind.BufferBefore, BufferAfter: kind.BufferAfter}
	if percent(o.r, 80) {
		a.Reason = &c.reason
	}
	booked := start.AddDate(0, 0, -7)
	if booked.After(o.now) {
		booked = o.now
	}
	a.ID = newID(o.r, db.KindAppointment, booked)
	o.settle(a)
	return a
}

// settle says how the visit stands now.
func (o *office) settle(a *db.Appointment) {
	switch n := o.r.IntN(100); {
	case !a.EndsAt.After(o.now) && n < 85:
		a.Status = db.Completed
	case !a.EndsAt.After(o.now) && n < 92:
		a.Status = db.NoShow
	case !a.EndsAt.After(o.now), n >= 96 && a.StartsAt.After(o.now):
		o.cancel(a)
	case !a.StartsAt.After(o.now):
		a.Status = db.InProgress
	case n < 70 && a.StartsAt.Sub(o.now) <= time.Hour:
		a.Status = db.CheckedIn
	default:
		a.Status = db.Booked
	}
}

var cancellationNotes = []string{"Power cut in the building", "The laboratory's results are not there yet", "Snow on the road"}

func (o *office) cancel(a *db.Appointment) {
	reason := db.OtherReason
	switch n := o.r.IntN(100); {
	case n < 65:
		reason = "PATIENT"
	case n < 85:
		reason = "PRACTITIONER"
	case n < 94:
		reason = "CLINIC"
	default:
		note := pick(o.r, cancellationNotes)
		a.CancellationNote = &note
	}
	a.Status, a.CancellationReason = db.Cancelled, &reason
}
