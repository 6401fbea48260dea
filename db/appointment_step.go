package db

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// AppointmentStep is a step that a visit can take.
type AppointmentStep string

// NextSteps returns the steps that are open now.
func (a *Appointment) NextSteps(ctx context.Context) ([]AppointmentStep, error) {
	panic("not written")
}

// UndoableUntil returns until when the last step can be taken back, or nil.
func (a *Appointment) UndoableUntil(ctx context.Context) (*time.Time, error) { panic("not written") }

// CancelAppointment calls the visit of the expected version off.
func (d *DB) CancelAppointment(ctx context.Context, id uuid.UUID, expected int32, reason CancellationReason, note *string) (*Appointment, error) {
	panic("not written")
}

// CheckInAppointment notes that the patient is here.
func (d *DB) CheckInAppointment(ctx context.Context, id uuid.UUID, expected int32) (*Appointment, error) {
	panic("not written")
}

// StartVisit begins the visit.
func (d *DB) StartVisit(ctx context.Context, id uuid.UUID, expected int32) (*Appointment, error) {
	panic("not written")
}

// CompleteVisit ends the visit.
func (d *DB) CompleteVisit(ctx context.Context, id uuid.UUID, expected int32) (*Appointment, error) {
	panic("not written")
}

// MarkNoShow notes that the patient did not come.
func (d *DB) MarkNoShow(ctx context.Context, id uuid.UUID, expected int32) (*Appointment, error) {
	panic("not written")
}

// MarkAppointmentInError takes back a visit that was never meant.
func (d *DB) MarkAppointmentInError(ctx context.Context, id uuid.UUID, expected int32, reason string) (*Appointment, error) {
	panic("not written")
}

// UndoAppointmentStep takes the last step back.
func (d *DB) UndoAppointmentStep(ctx context.Context, id uuid.UUID, expected int32) (*Appointment, error) {
	panic("not written")
}
