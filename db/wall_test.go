package db_test

import (
	"context"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

// That a patient has no allergies is walled off in SQL too, and not only by what
// looks at the chart's access before.
func TestWall_absencesOfAllergies(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	p, err := d.CreatePatient(acting(t), registering(person("Beridze")))
	if err == nil {
		_, err = d.ConfirmNoAllergies(acting(t), p.ID, 1)
	}
	if err != nil {
		t.Fatal(err)
	}
	d.SQL.MustExec("UPDATE patients SET is_restricted = true")
	doctor := auth.WithActor(t.Context(), auth.Actor{Name: "doctor", Role: auth.Doctor, PractitionerID: db.NewID(db.KindPractitioner)})
	for ctx, isTold := range map[context.Context]bool{acting(t): true, doctor: false} {
		p, err := d.Patient(ctx, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if on, err := p.NoAllergiesOn(ctx); err != nil || (on != "") != isTold {
			t.Errorf("got %q, %v", on, err)
		}
	}
}
