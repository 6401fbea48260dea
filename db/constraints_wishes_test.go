package db_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/lib/pq"
)

// What docs/data-model.md says of series and of the wait list.
func TestDatabaseRefuses_seriesAndWishes(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	ctx := auth.WithActor(t.Context(), auth.SystemActor("tester"))
	patient := func(family string) *db.Patient {
		p := person(family)
		p.BirthDate, p.BirthDatePrecision = ptr(db.Date("1990-02-28")), db.DayPrecision
		p, err := d.CreatePatient(ctx, &db.Registration{Patient: *p})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	a, b, doctor := patient("A"), patient("B"), &db.Practitioner{}
	doctor.FamilyName = ptr("Doctor")
	doctor, err := d.CreatePractitioner(ctx, doctor)
	if err != nil {
		t.Fatal(err)
	}
	booking := &db.SeriesBooking{Length: db.SlotLength{Duration: ptr(db.Minutes(30))}, Recurrence: db.Recurrence{Frequency: db.Daily, Every: 1, Times: 2}}
	booking.PatientID, booking.PractitionerID, booking.StartsAt = a.ID, &doctor.ID, time.Now().UTC().Truncate(24*time.Hour).Add(33*time.Hour)
	series, err := d.BookAppointmentSeries(ctx, booking)
	if err != nil {
		t.Fatal(err)
	}
	var visit string
	if err := d.SQL.Get(&visit, "SELECT id FROM appointments WHERE series_id = $1 ORDER BY starts_at LIMIT 1", series.ID); err != nil {
		t.Fatal(err)
	}
	values := strings.NewReplacer("$A", "'"+a.ID.String()+"'", "$B", "'"+b.ID.String()+"'", "$DOCTOR", "'"+doctor.ID.String()+"'", "$VISIT", "'"+visit+"'",
		"$NEW_WISH", "'"+db.NewID(db.KindWaitListEntry).String()+"'")
	const newWish = `INSERT INTO wait_list_entries (id, patient_id, practitioner_id, specialty, length, starts_on, ends_on, status, replaces_appointment_id, appointment_id) VALUES `
	for name, test := range map[string]struct{ statement, constraint string }{
		"a frequency that there is not":       {`UPDATE appointment_series SET frequency = 'HOURLY'`, "appointment_series_frequency_check"},
		"a weekday that there is not":         {`UPDATE appointment_series SET weekdays = '{PAYDAY}'`, "appointment_series_weekdays_check"},
		"a series of one visit":               {`UPDATE appointment_series SET times = 1`, "appointment_series_times_check"},
		"the series of another patient":       {`UPDATE appointments SET patient_id = $B WHERE id = $VISIT`, "appointments_series_id"},
		"a wish for nobody":                   {newWish + `($NEW_WISH, $A, NULL, NULL, 30, '2026-03-01', '2026-03-02', 'WAITING', NULL, NULL)`, "wait_list_entries_with_whom"},
		"a wish for somebody and for anyone":  {newWish + `($NEW_WISH, $A, $DOCTOR, 'X', 30, '2026-03-01', '2026-03-02', 'WAITING', NULL, NULL)`, "wait_list_entries_with_whom"},
		"a wish that ends before it starts":   {newWish + `($NEW_WISH, $A, $DOCTOR, NULL, 30, '2026-03-02', '2026-03-01', 'WAITING', NULL, NULL)`, "wait_list_entries_ends_after_start"},
		"an offer of no time":                 {newWish + `($NEW_WISH, $A, $DOCTOR, NULL, 30, '2026-03-01', '2026-03-02', 'OFFERED', NULL, NULL)`, "wait_list_entries_offer"},
		"a wish that led to no visit":         {newWish + `($NEW_WISH, $A, $DOCTOR, NULL, 30, '2026-03-01', '2026-03-02', 'BOOKED', NULL, NULL)`, "wait_list_entries_booked"},
		"a wish that led to another's visit":  {newWish + `($NEW_WISH, $B, $DOCTOR, NULL, 30, '2026-03-01', '2026-03-02', 'BOOKED', NULL, $VISIT)`, "wait_list_entries_appointment_id"},
		"a wish that would give up another's": {newWish + `($NEW_WISH, $B, $DOCTOR, NULL, 30, '2026-03-01', '2026-03-02', 'WAITING', $VISIT, NULL)`, "wait_list_entries_replaces_appointment_id"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.SQL.Exec(values.Replace(test.statement))
			var refusal *pq.Error
			if !errors.As(err, &refusal) || refusal.Constraint != test.constraint {
				t.Errorf("answers %v, not by %s", err, test.constraint)
			}
		})
	}
}
