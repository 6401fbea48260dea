package db

import (
	"context"

	"github.com/google/uuid"
)

// RecurrenceFrequency says how a series repeats.
type RecurrenceFrequency string

// The frequencies.
const (
	Daily   RecurrenceFrequency = "DAILY"
	Weekly  RecurrenceFrequency = "WEEKLY"
	Monthly RecurrenceFrequency = "MONTHLY"
)

// AppointmentSeries is one row of appointment_series: visits that were booked
// together and repeat.
type AppointmentSeries struct {
	Row
	PatientID      uuid.UUID           `db:"patient_id"`
	PractitionerID uuid.UUID           `db:"practitioner_id"`
	Frequency      RecurrenceFrequency `db:"frequency"`
	Every          int32               `db:"every"`
	WeekdayNames   textArray           `db:"weekdays"`
	Times          int32               `db:"times"`
}

var appointmentSeries = newTable(table[AppointmentSeries]{
	name: "appointment_series", kind: KindAppointmentSeries, wall: wall{patient: "patient_id"}, usual: []orderKey{{column: "created_at", desc: true}},
})

func (*AppointmentSeries) check(*Clinic, *problems) {}

// Weekdays returns on which days it is, where it repeats by week.
func (s *AppointmentSeries) Weekdays() []Weekday {
	days := make([]Weekday, len(s.WeekdayNames))
	for i, name := range s.WeekdayNames {
		days[i] = Weekday(name)
	}
	return days
}

// Patient returns who comes.
func (s *AppointmentSeries) Patient(ctx context.Context) (*Patient, error) {
	return one(ctx, s, patients, "patient_id")
}

// Practitioner returns who sees them.
func (s *AppointmentSeries) Practitioner(ctx context.Context) (*Practitioner, error) {
	return one(ctx, s, practitioners, "practitioner_id")
}

// Appointments returns a page of the visits of the series, earliest first.
func (s *AppointmentSeries) Appointments(ctx context.Context, first *int32, after *string, last *int32, before *string, where *AppointmentWhere, orderBy []*Order) (*AppointmentConnection, error) {
	if len(orderBy) == 0 {
		orderBy = []*Order{{Field: "STARTS_AT", Direction: Ascending}}
	}
	return many(ctx, s, appointments, "t.series_id = p.id", query{Page{first, after, last, before}, where, orderBy})
}
