package db

import (
	"context"
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

// upcoming are the statuses of visits that are still to be dealt with.
var upcoming = []AppointmentStatus{Requested, Booked, CheckedIn, InProgress}

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
	RoomID             *uuid.UUID          `db:"room_id"`
	AppointmentTypeID  *uuid.UUID          `db:"appointment_type_id"`
	BufferBefore       Duration            `db:"buffer_before"`
	BufferAfter        Duration            `db:"buffer_after"`
	SeriesID           *uuid.UUID          `db:"series_id"`
	IsOverbooked       bool                `db:"is_overbooked"`
	RuleNames          textArray           `db:"overridden_rules"`
	OverrideReason     *string             `db:"override_reason" max:"500"`
	CheckedInAt        *time.Time          `db:"checked_in_at"`
	StartedAt          *time.Time          `db:"started_at"`
	CompletedAt        *time.Time          `db:"completed_at"`
	CancelledAt        *time.Time          `db:"cancelled_at"`
	CancelledByID      *uuid.UUID          `db:"cancelled_by_id"`
	IsLateCancellation *bool               `db:"is_late_cancellation"`
	PreviousStatus     *AppointmentStatus  `db:"previous_status" history:"-"` // before the last step, as long as it can be undone
	SteppedAt          *time.Time          `db:"stepped_at" history:"-"`
}

var appointments = newTable(table[Appointment]{
	name: "appointments", kind: KindAppointment, wall: wall{patient: "patient_id"},
	usual:  []orderKey{{column: "starts_at", desc: true}},
	listed: "t.status <> 'ENTERED_IN_ERROR'", unless: "Status",
	looksAt: map[string]string{
		"patient": "patient_id", "practitioner": "practitioner_id", "room": "room_id", "appointmentType": "appointment_type_id", "series": "series_id",
		"cancelledBy": "cancelled_by_id", "rescheduledFrom": "rescheduled_from_id", "rescheduledTo": "", "medicalRecords": "patient_id",
		"length": "starts_at ends_at", "localStart": "starts_at", "overriddenRules": "overridden_rules",
	},
})

// AppointmentWhere holds conditions on appointments.
type AppointmentWhere struct {
	ID                 *IDFilter
	PatientID          *IDFilter
	PractitionerID     *IDFilter
	RoomID             *IDFilter
	AppointmentTypeID  *IDFilter
	SeriesID           *IDFilter
	IsOverbooked       *bool
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

// Patient returns who comes.
func (a *Appointment) Patient(ctx context.Context) (*Patient, error) {
	return one(ctx, a, patients, "patient_id")
}

// Practitioner returns who sees them, or nil.
func (a *Appointment) Practitioner(ctx context.Context) (*Practitioner, error) {
	return one(ctx, a, practitioners, "practitioner_id")
}

// Room returns where it is, or nil.
func (a *Appointment) Room(ctx context.Context) (*Room, error) { return one(ctx, a, rooms, "room_id") }

// AppointmentType returns the type that it was booked as, or nil.
func (a *Appointment) AppointmentType(ctx context.Context) (*AppointmentType, error) {
	return one(ctx, a, appointmentTypes, "appointment_type_id")
}

// Series returns the series that it belongs to, or nil.
func (a *Appointment) Series(ctx context.Context) (*AppointmentSeries, error) {
	return one(ctx, a, appointmentSeries, "series_id")
}

// CancelledBy returns who called it off, or nil.
func (a *Appointment) CancelledBy(ctx context.Context) (*User, error) {
	return one(ctx, a, users, "cancelled_by_id")
}

// Length returns how long the visit is planned to be.
func (a *Appointment) Length() Duration { return Duration(a.EndsAt.Sub(a.StartsAt)) }

// LocalStart returns the start on the clinic's wall clock.
func (a *Appointment) LocalStart(ctx context.Context) (LocalDateTime, error) {
	clinic, err := a.batch.db.Clinic(ctx)
	if err != nil {
		return "", err
	}
	return clinic.LocalTime(a.StartsAt), nil
}

// OverriddenRules returns the rules that were broken for it on purpose.
func (a *Appointment) OverriddenRules() []BookingRule {
	rules := make([]BookingRule, len(a.RuleNames))
	for i, name := range a.RuleNames {
		rules[i] = BookingRule(name)
	}
	return rules
}

// RescheduledFrom returns the visit whose place this one took, or nil.
func (a *Appointment) RescheduledFrom(ctx context.Context) (*Appointment, error) {
	return one(ctx, a, appointments, "rescheduled_from_id")
}

// RescheduledTo returns the visit that took this one's place, or nil.
func (a *Appointment) RescheduledTo(ctx context.Context) (*Appointment, error) {
	page, err := many(ctx, a, appointments, "t.rescheduled_from_id = p.id AND t.status <> 'ENTERED_IN_ERROR'", query{})
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
