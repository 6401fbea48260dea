package db

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
)

// AppointmentStep is a step that a visit can take.
type AppointmentStep string

// The steps.
const (
	StepConfirm     AppointmentStep = "CONFIRM"
	StepCheckIn     AppointmentStep = "CHECK_IN"
	StepStart       AppointmentStep = "START"
	StepComplete    AppointmentStep = "COMPLETE"
	StepMarkNoShow  AppointmentStep = "MARK_NO_SHOW"
	StepReschedule  AppointmentStep = "RESCHEDULE"
	StepCancel      AppointmentStep = "CANCEL"
	StepMarkInError AppointmentStep = "MARK_IN_ERROR"
	StepUndo        AppointmentStep = "UNDO"
)

// steps is the state machine: from which statuses each step can be taken. All
// but an undo are in it.
var steps = []struct {
	step AppointmentStep
	from []AppointmentStatus
}{
	{StepConfirm, []AppointmentStatus{Requested}},
	{StepCheckIn, []AppointmentStatus{Booked}},
	{StepStart, []AppointmentStatus{CheckedIn}},
	{StepComplete, []AppointmentStatus{InProgress}},
	{StepMarkNoShow, []AppointmentStatus{Booked}},
	{StepReschedule, []AppointmentStatus{Requested, Booked}},
	{StepCancel, []AppointmentStatus{Requested, Booked, CheckedIn}},
	{StepMarkInError, []AppointmentStatus{Requested, Booked, CheckedIn, InProgress, Completed, Cancelled, NoShow}},
}

// open says whether a visit can take a step that is no undo.
func (a *Appointment) open(step AppointmentStep) bool {
	for _, s := range steps {
		if s.step == step {
			return slices.Contains(s.from, a.Status)
		}
	}
	return false
}

// allow returns an error when a visit cannot take a step from where it stands.
func (a *Appointment) allow(step AppointmentStep) error {
	if a.open(step) {
		return nil
	}
	return Invalid("appointmentId", IllegalStep, "is a visit that is "+string(a.Status)+": it cannot take the step "+string(step))
}

// step takes the visit to a status, and notes from which and when.
func (a *Appointment) step(to AppointmentStatus) {
	from := a.Status
	a.Status, a.PreviousStatus, a.SteppedAt = to, &from, instant()
}

// NextSteps returns the steps that are open now.
func (a *Appointment) NextSteps(ctx context.Context) ([]AppointmentStep, error) {
	found := []AppointmentStep{}
	for _, s := range steps {
		if a.open(s.step) && (s.step != StepMarkNoShow || !now(ctx).Before(a.StartsAt)) {
			found = append(found, s.step)
		}
	}
	until, err := a.UndoableUntil(ctx)
	if err == nil && until != nil {
		found = append(found, StepUndo)
	}
	return found, err
}

// UndoableUntil returns until when the last step can be taken back, or nil.
func (a *Appointment) UndoableUntil(ctx context.Context) (*time.Time, error) {
	clinic, err := a.batch.db.Clinic(ctx)
	if err != nil {
		return nil, err
	}
	return a.undoableUntil(ctx, clinic), nil
}

func (a *Appointment) undoableUntil(ctx context.Context, clinic *Clinic) *time.Time {
	if a.SteppedAt == nil {
		return nil
	}
	until := a.SteppedAt.Add(time.Duration(clinic.UndoPeriod))
	if !now(ctx).Before(until) {
		return nil
	}
	return &until
}

// takeStep takes the visit of the expected version one step on.
func (d *DB) takeStep(ctx context.Context, id uuid.UUID, expected int32, step AppointmentStep, take func(context.Context, *Tx, *Appointment) error) (*Appointment, error) {
	return edit(ctx, d, appointments, id, expected, func(ctx context.Context, tx *Tx, a *Appointment) error {
		if err := a.allow(step); err != nil {
			return err
		}
		return take(ctx, tx, a)
	})
}

// CheckInAppointment notes that the patient is here.
func (d *DB) CheckInAppointment(ctx context.Context, id uuid.UUID, expected int32) (*Appointment, error) {
	return d.takeStep(ctx, id, expected, StepCheckIn, func(_ context.Context, _ *Tx, a *Appointment) error {
		a.step(CheckedIn)
		a.CheckedInAt = a.SteppedAt
		return nil
	})
}

// StartVisit begins the visit.
func (d *DB) StartVisit(ctx context.Context, id uuid.UUID, expected int32) (*Appointment, error) {
	return d.takeStep(ctx, id, expected, StepStart, func(_ context.Context, _ *Tx, a *Appointment) error {
		a.step(InProgress)
		a.StartedAt = a.SteppedAt
		return nil
	})
}

// CompleteVisit ends the visit.
func (d *DB) CompleteVisit(ctx context.Context, id uuid.UUID, expected int32) (*Appointment, error) {
	return d.takeStep(ctx, id, expected, StepComplete, func(_ context.Context, _ *Tx, a *Appointment) error {
		a.step(Completed)
		a.CompletedAt = a.SteppedAt
		return nil
	})
}

// MarkNoShow notes that the patient did not come. Never before the start.
func (d *DB) MarkNoShow(ctx context.Context, id uuid.UUID, expected int32) (*Appointment, error) {
	return d.takeStep(ctx, id, expected, StepMarkNoShow, func(_ context.Context, _ *Tx, a *Appointment) error {
		if time.Now().Before(a.StartsAt) {
			return Invalid("appointmentId", NotAllowedNow, "is a visit that has not begun: a patient is not late before the start")
		}
		a.step(NoShow)
		return nil
	})
}

// CancelAppointment calls the visit of the expected version off.
func (d *DB) CancelAppointment(ctx context.Context, id uuid.UUID, expected int32, reason CancellationReason, note *string) (*Appointment, error) {
	return d.takeStep(ctx, id, expected, StepCancel, func(ctx context.Context, tx *Tx, a *Appointment) error {
		if err := checkCancellation(reason, note); err != nil {
			return err
		}
		a.callOff(ctx, tx.clinic, reason, note)
		return nil
	})
}

// checkCancellation says what is wrong with why a visit is called off.
func checkCancellation(reason CancellationReason, note *string) error {
	switch {
	case reason == RescheduledReason:
		return Invalid("reason", NotAllowedNow, "is given by rescheduleAppointment only")
	case reason == OtherReason && note == nil:
		return Invalid("note", Required, "is needed with the reason OTHER")
	}
	return nil
}

// callOff says that the visit is cancelled, why, by whom, and whether late.
func (a *Appointment) callOff(ctx context.Context, clinic *Clinic, reason CancellationReason, note *string) {
	isLate := a.Status != Requested && time.Now().After(a.StartsAt.Add(-time.Duration(clinic.CancellationNotice)))
	a.step(Cancelled)
	a.CancellationReason, a.CancellationNote, a.CancelledAt, a.IsLateCancellation = &reason, note, a.SteppedAt, &isLate
	a.CancelledByID = actingUser(ctx)
}

// MarkAppointmentInError takes back a visit that was never meant. It returns a
// ConflictError when a signed record belongs to it.
func (d *DB) MarkAppointmentInError(ctx context.Context, id uuid.UUID, expected int32, reason string) (*Appointment, error) {
	return d.takeStep(ctx, id, expected, StepMarkInError, func(ctx context.Context, tx *Tx, a *Appointment) error {
		if err := checkReason(reason); err != nil {
			return err
		}
		if err := tx.refuseSignedRecords(ctx, id); err != nil {
			return err
		}
		wasCancelled := a.Status == Cancelled
		a.step(AppointmentInError)
		a.clearCancellation()
		if wasCancelled {
			a.PreviousStatus, a.SteppedAt = nil, nil // why it was called off is no longer known
		}
		return tx.explain(ctx, reason)
	})
}

// clearCancellation forgets how the visit was called off.
func (a *Appointment) clearCancellation() {
	a.CancellationReason, a.CancellationNote, a.CancelledAt, a.CancelledByID, a.IsLateCancellation = nil, nil, nil, nil, nil
}

// refuseSignedRecords returns a ConflictError when a signed record belongs to the visit.
func (tx *Tx) refuseSignedRecords(ctx context.Context, id uuid.UUID) error {
	var signed bool
	err := tx.GetContext(ctx, &signed, "SELECT holds_signed_records($1)", id)
	if err == nil && signed {
		err = &ConflictError{"a signed record belongs to this visit"}
	}
	return translate(err)
}
