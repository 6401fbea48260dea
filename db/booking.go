package db

import (
	"context"

	"github.com/google/uuid"
)

// BookingRule is a rule of the calendar that may be broken on purpose.
type BookingRule string

// The rules.
const (
	RuleOutsideHours BookingRule = "OUTSIDE_HOURS"
	RuleTimeOff      BookingRule = "TIME_OFF"
	RuleBuffer       BookingRule = "BUFFER"
	RuleOverbooking  BookingRule = "OVERBOOKING"
	RuleLateEntry    BookingRule = "LATE_ENTRY"
)

// BookingOverride says which rules may be broken, and why.
type BookingOverride struct {
	Rules  []BookingRule
	Reason string
}

// Booking is what a visit is booked with: the row to be, and how its time was said.
type Booking struct {
	Appointment
	LocalStart      *LocalDateTime
	Length          *Duration
	SlotHoldID      *uuid.UUID
	WaitListEntryID *uuid.UUID
	Override        *BookingOverride
}

// BookAppointment books what b says.
func (d *DB) BookAppointment(ctx context.Context, b *Booking) (*Appointment, error) {
	panic("not written")
}

// RequestAppointment notes a wish for a visit, which holds no time.
func (d *DB) RequestAppointment(ctx context.Context, b *Booking) (*Appointment, error) {
	panic("not written")
}

// ConfirmAppointment books a visit that was requested.
func (d *DB) ConfirmAppointment(ctx context.Context, id uuid.UUID, expected int32, override *BookingOverride) (*Appointment, error) {
	panic("not written")
}

// RescheduleAppointment moves the visit of the expected version to where move
// puts it, by a new visit that takes its place.
func (d *DB) RescheduleAppointment(ctx context.Context, id uuid.UUID, expected int32, move func(*Booking)) (*Appointment, error) {
	panic("not written")
}
