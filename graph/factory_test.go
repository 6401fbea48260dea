package graph_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

// acting returns a context for arranging rows.
func acting(t testing.TB) context.Context {
	return auth.WithActor(t.Context(), auth.SystemActor("tester"))
}

func ptr[T any](v T) *T { return &v }

// newPatient registers somebody called Test and the family name, whoever is like them.
func newPatient(t testing.TB, d *dbtest.Database, family string, change ...func(*db.Patient)) *db.Patient {
	t.Helper()
	p := &db.Patient{BirthDate: ptr(db.Date("1980-05-17")), BirthDatePrecision: db.DayPrecision, Sex: db.Female}
	p.GivenName, p.FamilyName = ptr("Test"), &family
	for _, c := range change {
		c(p)
	}
	p, err := d.CreatePatient(acting(t), &db.Registration{Patient: *p, ConfirmNotDuplicate: true})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// newPractitioner adds Dr. Test and the family name.
func newPractitioner(t testing.TB, d *dbtest.Database, family string) *db.Practitioner {
	t.Helper()
	p := &db.Practitioner{Prefix: ptr("Dr.")}
	p.GivenName, p.FamilyName = ptr("Test"), &family
	p, err := d.CreatePractitioner(acting(t), p)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// firstMorning is nine o'clock of the day after that on which the tests began:
// one and the same for all of them, though midnight may pass meanwhile.
var firstMorning = time.Now().UTC().Truncate(24 * time.Hour).Add(33 * time.Hour)

// tomorrow is nine o'clock of the next day, and n half hours on.
func tomorrow(n int) time.Time { return firstMorning.Add(time.Duration(n) * 30 * time.Minute) }

// sunday is the nth Sunday of a month of next year, when many clocks are changed.
func sunday(month time.Month, n int) string {
	day := time.Date(firstMorning.Year()+1, month, 1, 0, 0, 0, 0, time.UTC)
	return day.AddDate(0, 0, (7-int(day.Weekday()))%7+7*(n-1)).Format(time.DateOnly)
}

// onOneDay returns an answer that has to do with the day, and the day in the zone
// on which it was given; where midnight passed meanwhile it asks again.
func onOneDay(t testing.TB, zone string, ask func(day db.Date) answer) (got answer, day db.Date) {
	t.Helper()
	location, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	for next := db.DateOf(time.Now().In(location)); next != day; next = db.DateOf(time.Now().In(location)) {
		day = next
		got = ask(day)
	}
	return got, day
}

// newAppointment books the n-th half hour of tomorrow.
func newAppointment(t testing.TB, d *dbtest.Database, patient *db.Patient, practitioner *db.Practitioner, n int) *db.Appointment {
	t.Helper()
	a, err := d.BookAppointment(acting(t), &db.Booking{Appointment: db.Appointment{
		PatientID: patient.ID, PractitionerID: &practitioner.ID, StartsAt: tomorrow(n), EndsAt: tomorrow(n + 1),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// newRecord drafts a record of the n-th day of March 2026.
func newRecord(t testing.TB, d *dbtest.Database, patient *db.Patient, practitioner *db.Practitioner, n int) *db.MedicalRecord {
	t.Helper()
	r, err := d.CreateMedicalRecord(acting(t), &db.MedicalRecord{
		PatientID: patient.ID, PractitionerID: &practitioner.ID, RecordedOn: db.Date(fmt.Sprintf("2026-03-%02d", n)), Diagnosis: "Diagnosis",
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// password is that of every user of newUser.
const password = "four words of nobody"

// newUser adds somebody who can sign in by the name.
func newUser(t testing.TB, d *dbtest.Database, name string, role auth.Role) *db.User {
	t.Helper()
	u, err := d.AddUser(acting(t), &db.User{LoginName: name, DisplayName: "Display of " + name, Role: role}, password)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
