package db

import (
	"context"
	"errors"
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

// The limits of how long a time is held.
const (
	shortestHold = time.Minute
	longestHold  = 15 * time.Minute
)

// HoldSlot keeps a free time for a moment. It returns a SlotTakenError when it
// is not free.
func (d *DB) HoldSlot(ctx context.Context, practitioner uuid.UUID, room *uuid.UUID, startsAt time.Time, length SlotLength, holdFor Duration) (*SlotHold, error) {
	var asked Booking
	row, err := write(ctx, d, func(ctx context.Context, tx *Tx) (*SlotHold, error) {
		asked = Booking{Appointment: Appointment{PractitionerID: &practitioner, RoomID: room, StartsAt: startsAt}}
		var found problems
		if holdFor < Duration(shortestHold) || holdFor > Duration(longestHold) {
			found.add("holdFor", OutOfRange, "is PT1M to PT15M")
		}
		if err := asked.setLength(ctx, tx, length, &found); err != nil {
			return nil, err
		}
		return tx.hold(ctx, &asked, time.Duration(holdFor), &found)
	})
	return row, d.suggest(ctx, err, &asked)
}

// hold keeps the time of b, which has no patient, or returns what is wrong with
// it and what was found before.
func (tx *Tx) hold(ctx context.Context, b *Booking, holdFor time.Duration, found *problems) (*SlotHold, error) {
	if len(found.found) == 0 {
		b.resolveTime(tx.clinic, found)
	}
	if err := tx.lockCalendars(ctx, b.PractitionerID, b.RoomID); err != nil {
		return nil, err
	}
	if err := errors.Join(tx.checkPractitioner(ctx, b, found), tx.checkRoom(ctx, b, found)); err != nil {
		return nil, err
	}
	if err := found.err(); err != nil {
		return nil, err
	}
	if err := tx.clear(ctx, b); err != nil {
		return nil, err
	}
	h := &SlotHold{
		PractitionerID: *b.PractitionerID, RoomID: b.RoomID, StartsAt: b.StartsAt, EndsAt: b.EndsAt,
		BufferBefore: b.BufferBefore, BufferAfter: b.BufferAfter, ExpiresAt: instant().Add(holdFor), HeldByID: actingUser(ctx),
	}
	return h, insert(ctx, tx, slotHolds, h)
}

// checkHold says whether the hold that a booking names is for its time. One that
// is over is no obstacle: the time is as free as anybody's.
func (tx *Tx) checkHold(ctx context.Context, b *Booking, found *problems) error {
	if b.SlotHoldID == nil {
		return nil
	}
	h, err := lock(ctx, tx, slotHolds, *b.SlotHoldID)
	switch {
	case isNotFound(err):
		found.add("slotHoldId", UnknownReference, "is no hold")
	case err != nil:
		return err
	case h.ReleasedAt != nil || !time.Now().Before(h.ExpiresAt):
		b.SlotHoldID = nil
	case !sameID(&h.PractitionerID, b.PractitionerID) || h.RoomID != nil && !sameID(h.RoomID, b.RoomID),
		b.StartsAt.Before(h.StartsAt), b.EndsAt.After(h.EndsAt):
		found.add("slotHoldId", NotAllowedNow, "is a hold of another time, practitioner or room")
	}
	return nil
}

// release ends a hold.
func (tx *Tx) release(ctx context.Context, id uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE slot_holds
		SET released_at = clock_timestamp(), version = version + 1, updated_at = change_instant()
		WHERE id = $1 AND released_at IS NULL`, id)
	return translate(err)
}

// ReleaseSlotHold gives a hold up. Repeated, it changes nothing.
func (d *DB) ReleaseSlotHold(ctx context.Context, id uuid.UUID) (*SlotHold, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*SlotHold, error) {
		if err := tx.release(ctx, id); err != nil {
			return nil, err
		}
		return lock(ctx, tx, slotHolds, id)
	})
}
