package graph_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph"
)

// BenchmarkAvailableSlots answers the first 100 slots with anyone, and the last 100
// of 92 days, for which the hours and visits of 20 practitioners are gone through,
// to the front desk.
func BenchmarkAvailableSlots(b *testing.B) {
	api := graph.Handler(seeded(b, 3000).DB, nil)
	from := time.Now().UTC().Truncate(time.Hour)
	for name, page := range map[string]string{"first": "first: 100", "last": "last: 100"} {
		b.Run(name, func(b *testing.B) {
			query := fmt.Sprintf(`{ availableSlots(from: %q, until: %q, length: {duration: "PT30M"}, %s) { nodes { startsAt practitioner { displayName } } } }`,
				from.Format(time.RFC3339), from.AddDate(0, 0, 92).Format(time.RFC3339), page)
			answerAll(b, api, query, auth.Actor{Name: "desk", Role: auth.Receptionist, UserID: db.NewID(db.KindUser)})
		})
	}
}

// BenchmarkBookAppointment books one visit after the other with a practitioner
// who has hours.
func BenchmarkBookAppointment(b *testing.B) {
	c := newClinic(b, "UTC")
	patient, doctor := newPatient(b, c.db, "Beridze"), newPractitioner(b, c.db, "Doctor")
	works(c, doctor, db.Work, "00:00", "00:00")
	ctx := auth.WithActor(b.Context(), auth.Actor{Name: "desk", Role: auth.Receptionist, UserID: db.NewID(db.KindUser)})
	start := tomorrow(0)
	for b.Loop() {
		_, err := c.db.BookAppointment(ctx, &db.Booking{Appointment: db.Appointment{PatientID: patient.ID, PractitionerID: &doctor.ID, StartsAt: start, EndsAt: start.Add(20 * time.Minute)}})
		if err != nil {
			b.Fatal(err)
		}
		start = start.Add(20 * time.Minute)
	}
}
