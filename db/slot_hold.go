package db

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// SlotHold is one row of slot_holds: a time that is kept for somebody until it
// expires or is released.
type SlotHold struct {
	Row
	PractitionerID uuid.UUID  `db:"practitioner_id"`
	RoomID         *uuid.UUID `db:"room_id"`
	StartsAt       time.Time  `db:"starts_at"`
	EndsAt         time.Time  `db:"ends_at"`
	BufferBefore   Duration   `db:"buffer_before"`
	BufferAfter    Duration   `db:"buffer_after"`
	HeldByID       *uuid.UUID `db:"held_by_id"`
	ExpiresAt      time.Time  `db:"expires_at"`
	ReleasedAt     *time.Time `db:"released_at"`
}

var slotHolds = newTable(table[SlotHold]{name: "slot_holds", kind: KindSlotHold, usual: []orderKey{{column: "starts_at"}}})

func (*SlotHold) check(*Clinic, *problems) {}

// Practitioner returns whose time it is.
func (h *SlotHold) Practitioner(ctx context.Context) (*Practitioner, error) {
	return one(ctx, h, practitioners, "practitioner_id")
}

// Room returns which room is kept, or nil.
func (h *SlotHold) Room(ctx context.Context) (*Room, error) { return one(ctx, h, rooms, "room_id") }

// HeldBy returns who asked for it, or nil.
func (h *SlotHold) HeldBy(ctx context.Context) (*User, error) {
	return one(ctx, h, users, "held_by_id")
}
