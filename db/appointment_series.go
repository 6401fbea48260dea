package db

import (
	"context"
	"time"

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

// CancelAppointmentSeries calls off what is still to come of the series of the
// expected version. It returns a ConflictError where nothing is.
func (d *DB) CancelAppointmentSeries(ctx context.Context, id uuid.UUID, expected int32, reason CancellationReason, note *string) (*AppointmentSeries, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*AppointmentSeries, error) {
		s, err := lock(ctx, tx, appointmentSeries, id)
		if err != nil {
			return nil, err
		}
		if s.Version != expected {
			return nil, staleError(ctx, tx, appointmentSeries, s, expected)
		}
		if err := checkCancellation(reason, note); err != nil {
			return nil, err
		}
		visits, err := tx.lockUpcoming(ctx, s)
		if err != nil {
			return nil, err
		}
		for _, a := range visits {
			a.callOff(ctx, tx.clinic, reason, note)
			if err := checkRow(tx, a); err != nil {
				return nil, err
			}
			if err := update(ctx, tx, appointments, a); err != nil {
				return nil, err
			}
		}
		return s, update(ctx, tx, appointmentSeries, s)
	})
}

// lockUpcoming returns the visits of the series that are to come and can be
// called off, kept so until tx ends.
func (tx *Tx) lockUpcoming(ctx context.Context, series *AppointmentSeries) ([]*Appointment, error) {
	s := newStatement(ctx)
	s.write("SELECT t.id FROM appointments t WHERE t.series_id = ", s.arg(series.ID), " AND t.starts_at > ", s.arg(time.Now()),
		" AND ", s.visible("appointments", "t"), " ORDER BY t.starts_at, t.id")
	var ids []uuid.UUID
	if err := tx.SelectContext(ctx, &ids, s.String(), s.args...); err != nil {
		return nil, translate(err)
	}
	var visits []*Appointment
	for _, id := range ids {
		a, err := lock(ctx, tx, appointments, id)
		if err != nil {
			return nil, err
		}
		if a.open(StepCancel) {
			visits = append(visits, a)
		}
	}
	if visits == nil {
		return nil, &ConflictError{"nothing of this series is still to come"}
	}
	return visits, nil
}
