package db

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

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

// SlotLength says how long a visit takes, by exactly one of its fields.
type SlotLength struct {
	Duration          *Duration
	AppointmentTypeID *uuid.UUID
}

// setLength fills in how long the visit is and which pauses it needs.
func (b *Booking) setLength(ctx context.Context, q sqlx.QueryerContext, length SlotLength, found *problems) error {
	if b.Length = length.Duration; b.Length == nil && length.AppointmentTypeID != nil {
		kind, err := findAppointmentType(ctx, q, *length.AppointmentTypeID, found, "length", "appointmentTypeId")
		if err != nil || kind == nil {
			return err
		}
		b.AppointmentTypeID, b.Type = length.AppointmentTypeID, &kind.Name
		b.Length, b.BufferBefore, b.BufferAfter = &kind.Length, kind.BufferBefore, kind.BufferAfter
	}
	switch {
	case b.Length == nil:
		found.add("length", Required, "takes exactly one field")
	case *b.Length < Duration(shortestAppointment) || *b.Length > Duration(longestAppointment):
		found.at(OutOfRange, "is PT1M to PT24H", "length", "duration")
	}
	return nil
}

// SlotSearch says what free time is wanted.
type SlotSearch struct {
	From, Until time.Time // earliest start, latest end
	Length      SlotLength
	RoomID      *uuid.UUID // must be free too; nil for none
	PatientID   *uuid.UUID // must have no other visit then; nil for nobody
	Every       Duration   // how far the starts lie apart
}

// AvailableSlots returns a page of the free times with the practitioner,
// earliest first.
func (p *Practitioner) AvailableSlots(ctx context.Context, from, until time.Time, length SlotLength, roomID, patientID *uuid.UUID, every Duration, first *int32, after *string, last *int32, before *string) (*SlotConnection, error) {
	search := SlotSearch{from, until, length, roomID, patientID, every}
	page := Page{first, after, last, before}
	// Practitioners who are read together are searched together: a statement of each kind serves them all.
	found, err := p.batch.load("slots "+keyOf(search, page), func() (any, error) {
		search, err := newSlotSearch(ctx, p.batch.db, search, page)
		if err != nil {
			return nil, err
		}
		for _, row := range p.batch.rows {
			if p, ok := row.(*Practitioner); ok && p.IsActive {
				search.practitioners = append(search.practitioners, p.ID)
			}
		}
		return search.ofEach(ctx)
	})
	if err != nil {
		return nil, err
	}
	if slots := found.(map[uuid.UUID]*SlotConnection)[p.ID]; slots != nil {
		return slots, nil
	}
	return noSlots, nil // they cannot be booked
}

// AvailableSlots returns a page of the free times with any of the practitioners,
// or with anyone of a specialty, earliest first. Nil stands for everybody.
func (d *DB) AvailableSlots(ctx context.Context, practitioners []uuid.UUID, specialty *string, s SlotSearch, page Page) (*SlotConnection, error) {
	search, err := newSlotSearch(ctx, d, s, page)
	if err != nil {
		return nil, err
	}
	if search.practitioners, err = d.bookable(ctx, practitioners, specialty); err != nil {
		return nil, err
	}
	return search.ofAll(ctx)
}

// mostSearched is how many practitioners are searched at once.
const mostSearched = 50

// bookable returns the active ones among the practitioners, or of a specialty.
func (d *DB) bookable(ctx context.Context, ids []uuid.UUID, specialty *string) ([]uuid.UUID, error) {
	if len(ids) > mostSearched {
		return nil, Invalid("practitionerIds", TooLong, "has more than 50 items")
	}
	where := &PractitionerWhere{}
	if ids != nil {
		where.ID = &IDFilter{In: ids}
	}
	if specialty != nil {
		where.Specialty = &StringFilter{Eq: specialty}
	}
	most := int32(MaxPageSize)
	page, err := d.Practitioners(ctx, Page{First: &most}, where, nil)
	if err != nil {
		return nil, err
	}
	rows, err := page.Nodes(ctx)
	if err != nil {
		return nil, err
	}
	known := map[uuid.UUID]bool{}
	var active []uuid.UUID
	for _, p := range rows {
		if known[p.ID] = true; p.IsActive {
			active = append(active, p.ID)
		}
	}
	var found problems
	for i, id := range ids {
		if !known[id] && specialty == nil {
			found.at(UnknownReference, "is no practitioner", "practitionerIds", i)
		}
	}
	if len(active) > mostSearched {
		found.at(TooLong, "are needed: there are more than 50 who could be meant", "practitionerIds")
	}
	return active, found.err()
}
