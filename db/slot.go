package db

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// SlotLength says how long a visit takes, by exactly one of its fields.
type SlotLength struct {
	Duration          *Duration
	AppointmentTypeID *uuid.UUID
}

// Slot is a free time that can be booked at once.
type Slot struct {
	Row
	PractitionerID uuid.UUID  `db:"practitioner_id"`
	RoomID         *uuid.UUID `db:"room_id"`
	StartsAt       time.Time
	EndsAt         time.Time
}

// Practitioner returns with whom.
func (s *Slot) Practitioner(ctx context.Context) (*Practitioner, error) {
	return one(ctx, s, practitioners, "practitioner_id")
}

// Room returns where, or nil where no room was asked for.
func (s *Slot) Room(ctx context.Context) (*Room, error) { return one(ctx, s, rooms, "room_id") }

// LocalStart returns the start on the clinic's wall clock.
func (s *Slot) LocalStart(ctx context.Context) (LocalDateTime, error) {
	clinic, err := s.batch.db.Clinic(ctx)
	if err != nil {
		return "", err
	}
	return clinic.LocalTime(s.StartsAt), nil
}

// The types that lists of slots are made of.
type (
	SlotConnection = Connection[Slot]
	SlotEdge       = Edge[Slot]
)

// AvailableSlots returns a page of the free times with the practitioner.
func (p *Practitioner) AvailableSlots(ctx context.Context, from, until time.Time, length SlotLength, roomID, patientID *uuid.UUID, every Duration, first *int32, after *string, last *int32, before *string) (*SlotConnection, error) {
	panic("not written")
}
