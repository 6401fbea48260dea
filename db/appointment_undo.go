package db

import (
	"context"
	"slices"

	"github.com/google/uuid"
)

// taking are the statuses of visits that take their time.
var taking = []AppointmentStatus{Booked, CheckedIn, InProgress}

// UndoAppointmentStep takes the last step of the visit of the expected version
// back, once and within the clinic's undo period. A move is taken back by its old
// visit. It returns a SlotTakenError when the time has gone meanwhile.
func (d *DB) UndoAppointmentStep(ctx context.Context, id uuid.UUID, expected int32) (*Appointment, error) {
	var asked Booking
	row, err := edit(ctx, d, appointments, id, expected, func(ctx context.Context, tx *Tx, a *Appointment) error {
		if a.undoableUntil(ctx, tx.clinic) == nil {
			return Invalid("appointmentId", IllegalStep, "is a visit with no step that can be taken back now")
		}
		from, to := a.Status, *a.PreviousStatus
		if from == Cancelled && *a.CancellationReason == RescheduledReason {
			if err := tx.undoMove(ctx, a); err != nil {
				return err
			}
		}
		a.back(to)
		if !slices.Contains(taking, to) || slices.Contains(taking, from) {
			return nil
		}
		asked = Booking{Appointment: *a, moves: &a.ID}
		if err := tx.lockCalendars(ctx, &a.PatientID, a.PractitionerID, a.RoomID); err != nil {
			return err
		}
		return tx.stillFree(ctx, &asked)
	})
	return row, d.suggest(ctx, err, &asked)
}

// back takes the visit to the status before the last step, and forgets the step.
func (a *Appointment) back(to AppointmentStatus) {
	switch a.Status {
	case Booked:
		a.RuleNames, a.OverrideReason, a.IsOverbooked = textArray{}, nil, false
	case CheckedIn:
		a.CheckedInAt = nil
	case InProgress:
		a.StartedAt = nil
	case Completed:
		a.CompletedAt = nil
	case Cancelled:
		a.clearCancellation()
	}
	a.Status, a.PreviousStatus, a.SteppedAt = to, nil, nil
}

// undoMove takes back the visit that took the place of old.
func (tx *Tx) undoMove(ctx context.Context, old *Appointment) error {
	var id uuid.UUID
	err := translate(tx.GetContext(ctx, &id, `
		SELECT id
		FROM appointments
		WHERE rescheduled_from_id = $1 AND status <> 'ENTERED_IN_ERROR'`, old.ID))
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	next, err := lock(ctx, tx, appointments, id)
	if err != nil {
		return err
	}
	if next.Status != *old.PreviousStatus {
		return &ConflictError{"the visit that took this one's place has gone on"}
	}
	if err := tx.refuseSignedRecords(ctx, next.ID); err != nil {
		return err
	}
	next.step(AppointmentInError)
	next.PreviousStatus, next.SteppedAt = nil, nil
	return update(ctx, tx, appointments, next)
}

// stillFree says whether a visit may take its time again. The rules of the
// calendar were looked at when it was booked.
func (tx *Tx) stillFree(ctx context.Context, b *Booking) error {
	b.Override = &BookingOverride{Rules: []BookingRule{RuleOutsideHours, RuleTimeOff, RuleBuffer}}
	if b.IsOverbooked {
		b.Override.Rules = append(b.Override.Rules, RuleOverbooking)
	}
	b.RuleNames = nil
	return tx.clear(ctx, b)
}
