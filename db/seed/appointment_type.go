package seed

import (
	"time"

	"github.com/clinicql/clinicql/db"
)

// usual are the types of visits, as often as they come. No visit and its pause
// are longer than a slot.
var usual = []int{0, 0, 1, 2}

func newAppointmentTypes(seed uint64) []*db.AppointmentType {
	all := []*db.AppointmentType{
		{Name: "Consultation", Length: db.Minutes(30), Color: new("#3b82f6")},
		{Name: "Follow-up", Length: db.Minutes(20), Color: new("#22c55e")},
		{Name: "Check-up", Length: db.Minutes(20), BufferAfter: db.Minutes(10), Color: new("#f59e0b")},
	}
	r := placeStream.chance(seed, 1)
	for n, t := range all {
		t.ID, t.IsActive = newID(r, db.KindAppointmentType, opened.Add(time.Duration(n-20_000)*time.Second)), true
	}
	return all
}
