package db

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
)

// A slotPlace is where a slot stands in the order of slots: by start, then by
// practitioner.
type slotPlace struct {
	StartsAt     time.Time
	Practitioner uuid.UUID
}

func (p slotPlace) compare(other slotPlace) int {
	if n := p.StartsAt.Compare(other.StartsAt); n != 0 {
		return n
	}
	return bytes.Compare(p.Practitioner[:], other.Practitioner[:])
}

// wants says whether a place lies between the cursors.
func (s *slotSearch) wants(p slotPlace) bool {
	return (s.past == nil || p.compare(*s.past) > 0) && (s.ahead == nil || p.compare(*s.ahead) < 0)
}

// slotBinding is what cursors of slots are bound to.
var slotBinding = []byte("slots")

// slotCursor returns the place of a slot.
func (d *DB) slotCursor(s *Slot) (string, error) {
	plain, err := json.Marshal(slotPlace{s.StartsAt, s.PractitionerID})
	if err != nil {
		return "", err
	}
	return d.cursors.Load().seal(plain, slotBinding), nil
}

// openCursors reads the cursors that a client gave.
func (s *slotSearch) openCursors(ctx context.Context, page Page) (err error) {
	if err := s.db.loadCursorKey(ctx); err != nil {
		return err
	}
	if s.past, err = s.db.slotAt("after", page.After); err != nil {
		return err
	}
	s.ahead, err = s.db.slotAt("before", page.Before)
	return err
}

func (d *DB) slotAt(name string, cursor *string) (*slotPlace, error) {
	if cursor == nil {
		return nil, nil
	}
	place := &slotPlace{}
	plain, ok := d.cursors.Load().unseal(*cursor, slotBinding)
	if !ok || json.Unmarshal(plain, place) != nil {
		return nil, Invalid(name, BadCursor, "is no cursor of this list in this order")
	}
	return place, nil
}
