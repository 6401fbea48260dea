package db

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
)

// AppointmentStatus says where a visit stands.
type AppointmentStatus string

// The statuses, in the order of a visit's life; the last three end it early.
const (
	Requested          AppointmentStatus = "REQUESTED"
	Booked             AppointmentStatus = "BOOKED"
	CheckedIn          AppointmentStatus = "CHECKED_IN"
	InProgress         AppointmentStatus = "IN_PROGRESS"
	Completed          AppointmentStatus = "COMPLETED"
	Cancelled          AppointmentStatus = "CANCELLED"
	NoShow             AppointmentStatus = "NO_SHOW"
	AppointmentInError AppointmentStatus = "ENTERED_IN_ERROR"
)

// The limits of a visit that is to take place.
const (
	shortestAppointment = time.Minute
	longestAppointment  = 24 * time.Hour
	furthestAppointment = 5 * 366 * 24 * time.Hour
)

// upcoming are the statuses of visits that are still to be dealt with.
var upcoming = []AppointmentStatus{Requested, Booked, CheckedIn, InProgress}

// steps holds the statuses that can follow each status. A cancellation has a
// verb of its own.
var steps = map[AppointmentStatus][]AppointmentStatus{
	Requested:  {Booked, AppointmentInError},
	Booked:     {CheckedIn, NoShow, AppointmentInError},
	CheckedIn:  {InProgress, AppointmentInError},
	InProgress: {Completed, AppointmentInError},
	Completed:  {AppointmentInError},
	Cancelled:  {AppointmentInError},
	NoShow:     {AppointmentInError},
}

// CancellationReason says why a visit was called off.
type CancellationReason string

// The reasons that the record itself gives or asks for.
const (
	RescheduledReason CancellationReason = "RESCHEDULED"
	OtherReason       CancellationReason = "OTHER"
)

// Appointment is one row of appointments: a visit, asked for, to come or past.
type Appointment struct {
	Row
	PatientID          uuid.UUID           `db:"patient_id"`
	PractitionerID     *uuid.UUID          `db:"practitioner_id"` // null only of imported visits that are over
	StartsAt           time.Time           `db:"starts_at"`
	EndsAt             time.Time           `db:"ends_at"`
	Status             AppointmentStatus   `db:"status"`
	Type               *string             `db:"type" max:"200"`
	Reason             *string             `db:"reason" max:"1000"`
	CancellationReason *CancellationReason `db:"cancellation_reason"`
	CancellationNote   *string             `db:"cancellation_note" max:"500"`
	RescheduledFromID  *uuid.UUID          `db:"rescheduled_from_id"`
}

var appointments = newTable(table[Appointment]{
	name: "appointments", kind: KindAppointment, wall: wall{patient: "patient_id"},
	usual:  []orderKey{{column: "starts_at", desc: true}},
	listed: "t.status <> 'ENTERED_IN_ERROR'", unless: "Status",
})

// AppointmentWhere holds conditions on appointments.
type AppointmentWhere struct {
	ID                 *IDFilter
	PatientID          *IDFilter
	PractitionerID     *IDFilter
	Status             *AppointmentStatusFilter
	CancellationReason *CancellationReasonFilter
	StartsAt           *DateTimeFilter
	EndsAt             *DateTimeFilter
	Type               *StringFilter
	Reason             *StringFilter
	UpdatedAt          *DateTimeFilter
	Patient            *PatientWhere       `via:"patients.id = patient_id"`
	Practitioner       *PractitionerWhere  `via:"practitioners.id = practitioner_id"`
	HasMedicalRecord   *MedicalRecordWhere `via:"medical_records.appointment_id = id"`
	And, Or            []*AppointmentWhere
	Not                *AppointmentWhere
}

func (a *Appointment) check(*Clinic, *problems) {}

// checkTime says what is wrong with the time of a visit that is to take place.
func (a *Appointment) checkTime(found *problems) {
	now := time.Now()
	switch length := a.EndsAt.Sub(a.StartsAt); {
	case length < shortestAppointment:
		found.add("endsAt", OutOfRange, "lies less than a minute after startsAt")
	case length > longestAppointment:
		found.add("endsAt", OutOfRange, "lies more than 24 hours after startsAt")
	}
	switch {
	case a.StartsAt.Before(now):
		found.add("startsAt", InThePast, "lies in the past")
	case a.StartsAt.After(now.Add(furthestAppointment)):
		found.add("startsAt", InTheFuture, "lies more than five years ahead")
	}
}

// Patient returns who comes.
func (a *Appointment) Patient(ctx context.Context) (*Patient, error) {
	return one(ctx, a, patients, "patient_id")
}

// Practitioner returns who sees them, or nil.
func (a *Appointment) Practitioner(ctx context.Context) (*Practitioner, error) {
	return one(ctx, a, practitioners, "practitioner_id")
}

// RescheduledFrom returns the visit whose place this one took, or nil.
func (a *Appointment) RescheduledFrom(ctx context.Context) (*Appointment, error) {
	return one(ctx, a, appointments, "rescheduled_from_id")
}

// RescheduledTo returns the visit that took this one's place, or nil.
func (a *Appointment) RescheduledTo(ctx context.Context) (*Appointment, error) {
	page, err := many(ctx, a, appointments, "t.rescheduled_from_id = p.id", query{})
	if err != nil {
		return nil, err
	}
	return page.first(ctx)
}

// MedicalRecords returns a page of the records of this visit.
func (a *Appointment) MedicalRecords(ctx context.Context, first *int32, after *string, last *int32, before *string, where *MedicalRecordWhere, orderBy []*Order) (*MedicalRecordConnection, error) {
	return many(ctx, a, medicalRecords, "t.appointment_id = p.id", query{Page{first, after, last, before}, where, orderBy})
}

// Appointment returns the appointment with the id, or ErrNotFound.
func (d *DB) Appointment(ctx context.Context, id uuid.UUID) (*Appointment, error) {
	return get(ctx, d, appointments, id)
}

// Appointments returns a page of all appointments, latest start first.
func (d *DB) Appointments(ctx context.Context, page Page, where *AppointmentWhere, orderBy []*Order) (*AppointmentConnection, error) {
	return list(ctx, d, appointments, query{page, where, orderBy})
}

// BookAppointment books a. It returns a SlotTakenError when practitioner or
// patient has another visit then.
func (d *DB) BookAppointment(ctx context.Context, a *Appointment) (*Appointment, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*Appointment, error) {
		booked := *a
		booked.Status = Booked
		return tx.book(ctx, &booked)
	})
}

// book checks who and when, and adds the visit.
func (tx *Tx) book(ctx context.Context, a *Appointment) (*Appointment, error) {
	if err := tx.lockCalendars(ctx, a); err != nil {
		return nil, err
	}
	var found problems
	a.checkTime(&found)
	if err := tx.checkPeople(ctx, a, &found); err != nil {
		return nil, err
	}
	found.texts(a)
	if err := found.err(); err != nil {
		return nil, err
	}
	return a, insert(ctx, tx, appointments, a)
}

// lockCalendars makes those who write into the same calendars wait for each
// other, in one order, so that none of them is chosen as a deadlock's victim.
func (tx *Tx) lockCalendars(ctx context.Context, a *Appointment) error {
	calendars := []string{a.PatientID.String()}
	if a.PractitionerID != nil {
		calendars = append(calendars, a.PractitionerID.String())
	}
	slices.Sort(calendars)
	for _, c := range calendars {
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", c); err != nil {
			return translate(err)
		}
	}
	return nil
}

// checkPeople says whether the patient and the practitioner of a can be booked,
// and keeps both as they are until tx ends.
func (tx *Tx) checkPeople(ctx context.Context, a *Appointment, found *problems) error {
	var patient struct{ Archived, Deceased bool }
	err := tx.GetContext(ctx, &patient, `
		SELECT archived_at IS NOT NULL AS archived, deceased_on IS NOT NULL AS deceased
		FROM patients
		WHERE id = $1
		FOR SHARE`, a.PatientID)
	switch err := translate(err); {
	case isNotFound(err):
		found.add("patientId", UnknownReference, "is no patient")
	case err != nil:
		return err
	case patient.Archived:
		found.add("patientId", Inactive, "is a patient who is archived")
	case patient.Deceased:
		found.add("patientId", Inactive, "is a patient who has died")
	}
	var active *bool
	err = tx.GetContext(ctx, &active, "SELECT hold_practitioner($1)", a.PractitionerID)
	switch {
	case err != nil:
		return translate(err)
	case active == nil:
		found.add("practitionerId", UnknownReference, "is no practitioner")
	case !*active:
		found.add("practitionerId", Inactive, "is a practitioner who is not active")
	}
	return nil
}

// RescheduleAppointment moves the visit of the expected version to where move
// puts it, by a new visit that takes its place. The old one's time is free only
// together with the new one being taken. The new visit is returned.
func (d *DB) RescheduleAppointment(ctx context.Context, id uuid.UUID, expected int32, move func(*Appointment)) (*Appointment, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*Appointment, error) {
		old, err := lock(ctx, tx, appointments, id)
		if err != nil {
			return nil, err
		}
		if old.Version != expected {
			return nil, staleError(ctx, tx, appointments, old, expected)
		}
		if old.Status != Booked && old.Status != Requested {
			return nil, &ConflictError{"an appointment that is " + string(old.Status) + " is not moved"}
		}
		next := *old
		next.Row = Row{}
		next.RescheduledFromID = &old.ID
		move(&next)
		if err := tx.lockCalendars(ctx, &next); err != nil {
			return nil, err
		}
		reason := RescheduledReason
		old.Status, old.CancellationReason = Cancelled, &reason
		if err := update(ctx, tx, appointments, old); err != nil {
			return nil, err
		}
		return tx.book(ctx, &next)
	})
}

// CancelAppointment calls the visit of the expected version off.
func (d *DB) CancelAppointment(ctx context.Context, id uuid.UUID, expected int32, reason CancellationReason, note *string) (*Appointment, error) {
	return edit(ctx, d, appointments, id, expected, func(_ context.Context, _ *Tx, a *Appointment) error {
		switch {
		case !slices.Contains(upcoming, a.Status) || a.Status == InProgress:
			return &ConflictError{"an appointment that is " + string(a.Status) + " is not called off"}
		case reason == RescheduledReason:
			return Invalid("reason", NotAllowedNow, "is given by rescheduleAppointment only")
		case reason == OtherReason && note == nil:
			return Invalid("note", Required, "is needed with the reason OTHER")
		}
		a.Status, a.CancellationReason, a.CancellationNote = Cancelled, &reason, note
		return nil
	})
}

// SetAppointmentStatus takes the visit of the expected version one step on.
func (d *DB) SetAppointmentStatus(ctx context.Context, id uuid.UUID, expected int32, status AppointmentStatus) (*Appointment, error) {
	return edit(ctx, d, appointments, id, expected, func(ctx context.Context, tx *Tx, a *Appointment) error {
		if !slices.Contains(steps[a.Status], status) {
			return Invalid("status", NotAllowedNow, fmt.Sprintf("cannot become %s from %s", status, a.Status))
		}
		if status == NoShow && time.Now().Before(a.StartsAt) {
			return Invalid("status", NotAllowedNow, "is NO_SHOW from the start of the visit on")
		}
		if status == AppointmentInError {
			if err := tx.refuseSignedRecords(ctx, id); err != nil {
				return err
			}
			a.CancellationReason, a.CancellationNote = nil, nil
		}
		if status == Booked {
			if err := tx.lockCalendars(ctx, a); err != nil {
				return err
			}
		}
		a.Status = status
		return nil
	})
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

// The types that lists of appointments are made of.
type (
	AppointmentConnection    = Connection[Appointment]
	AppointmentEdge          = Edge[Appointment]
	AppointmentOrder         = Order
	AppointmentStatusFilter  = EnumFilter[AppointmentStatus]
	CancellationReasonFilter = EnumFilter[CancellationReason]
)

// AppointmentEdgeOf returns a as an edge of the list of appointments.
func AppointmentEdgeOf(a *Appointment) *AppointmentEdge { return edge(appointments, a) }

// MoveTo sets the start, and the end so that the visit stays as long as it was.
func (a *Appointment) MoveTo(start time.Time) {
	a.StartsAt, a.EndsAt = start, start.Add(a.EndsAt.Sub(a.StartsAt))
}
