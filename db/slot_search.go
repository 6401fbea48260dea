package db

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// The limits of a search for slots.
const (
	longestSearch = 92 * 24 * time.Hour
	closestStarts = 5 * time.Minute
	widestStarts  = time.Hour
)

// stretches are the ends of the parts in which a search looks, one after the
// other until its page is full: most find what they want in the first week.
var stretches = []time.Duration{7 * 24 * time.Hour, 28 * 24 * time.Hour, longestSearch + time.Hour}

// A slotSearch is a page of free times that has been asked for.
type slotSearch struct {
	db            *DB
	pool          sqlx.QueryerContext
	clinic        *Clinic
	practitioners []uuid.UUID
	room, patient *uuid.UUID
	visit, hold   *uuid.UUID // do not count
	window        calendar.Interval
	length        time.Duration
	before, after time.Duration // pauses
	every         time.Duration
	size          int
	backward      bool
	past, ahead   *slotPlace // the slots lie after the one and before the other; nil for no bound
}

// keyOf tells searches apart.
func keyOf(search SlotSearch, page Page) string {
	text, _ := json.Marshal([]any{search, page})
	return string(text)
}

// newSlotSearch checks what is asked for.
func newSlotSearch(ctx context.Context, d *DB, ask SlotSearch, page Page) (*slotSearch, error) {
	pool, err := d.pool(ctx)
	if err != nil {
		return nil, err
	}
	clinic, err := d.Clinic(ctx)
	if err != nil {
		return nil, err
	}
	s := &slotSearch{db: d, pool: pool, clinic: clinic, room: ask.RoomID, patient: ask.PatientID, every: time.Duration(ask.Every)}
	if s.size, s.backward, err = page.size(); err != nil {
		return nil, err
	}
	var found problems
	visit := Booking{Appointment: Appointment{RoomID: ask.RoomID}}
	if err := visit.setLength(ctx, pool, ask.Length, &found); err != nil {
		return nil, err
	}
	if visit.Length != nil {
		s.length, s.before, s.after = time.Duration(*visit.Length), time.Duration(visit.BufferBefore), time.Duration(visit.BufferAfter)
	}
	if s.every < closestStarts || s.every > widestStarts {
		found.add("every", OutOfRange, "is PT5M to PT1H")
	}
	switch length := ask.Until.Sub(ask.From); {
	case length < 0:
		found.add("until", EndBeforeStart, "lies before from")
	case length > longestSearch:
		found.add("until", TooLong, "lies more than 92 days after from")
	}
	if err := s.checkWho(ctx, &found); err != nil {
		return nil, err
	}
	if err := s.openCursors(ctx, page); err != nil {
		return nil, err
	}
	s.window = calendar.Interval{Start: laterOf(ask.From, now(ctx).Add(time.Minute)), End: ask.Until}
	return s, found.err()
}

// checkWho says whether room and patient can be booked at all.
func (s *slotSearch) checkWho(ctx context.Context, found *problems) error {
	if s.room != nil {
		switch room, err := get(ctx, s.db, rooms, *s.room); {
		case isNotFound(err):
			found.add("roomId", UnknownReference, "is no room")
		case err != nil:
			return err
		case !room.IsActive:
			found.add("roomId", Inactive, "is a room that is closed")
		}
	}
	if s.patient != nil {
		switch patient, err := get(ctx, s.db, patients, *s.patient); {
		case isNotFound(err):
			found.add("patientId", UnknownReference, "is no patient")
		case err != nil:
			return err
		case patient.DeceasedOn != nil:
			found.add("patientId", Deceased, "is a patient who has died")
		case patient.ArchivedAt != nil:
			found.add("patientId", Archived, "is a patient who is archived")
		}
	}
	return nil
}

func laterOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// starts hands the free starts of each practitioner to use, part by part of the
// window, until use has enough.
func (s *slotSearch) starts(ctx context.Context, use func(map[uuid.UUID][]time.Time) (enough bool)) error {
	from := s.window.Start
	if s.past != nil {
		from = laterOf(from, s.past.StartsAt)
	}
	for _, stretch := range stretches {
		part := calendar.Interval{Start: from, End: s.window.Start.Add(stretch)}
		if s.backward || part.End.After(s.window.End) {
			part.End = s.window.End
		}
		if part.Empty() {
			continue
		}
		found, err := s.part(ctx, part)
		if err != nil || use(found) || part.End.Equal(s.window.End) {
			return err
		}
		from = part.End
	}
	return nil
}

// part returns the free starts that lie in a part of the window.
func (s *slotSearch) part(ctx context.Context, part calendar.Interval) (map[uuid.UUID][]time.Time, error) {
	window := calendar.Interval{Start: part.Start, End: part.End.Add(s.length)}
	if window.End.After(s.window.End) {
		window.End = s.window.End
	}
	agendas, err := agendas{practitioners: s.practitioners, room: s.room, patient: s.patient, window: window, visit: s.visit, hold: s.hold}.read(ctx, s.pool, s.clinic)
	if err != nil {
		return nil, err
	}
	found := map[uuid.UUID][]time.Time{}
	for id, a := range agendas {
		for _, start := range a.Starts(window, s.length, s.before, s.after, s.every, 0) {
			if part.Contains(start) && s.wants(slotPlace{start, id}) {
				found[id] = append(found[id], start)
			}
		}
	}
	return found, nil
}

// ofEach returns a page of the slots of each practitioner.
func (s *slotSearch) ofEach(ctx context.Context) (map[uuid.UUID]*SlotConnection, error) {
	all := map[uuid.UUID][]slotPlace{}
	err := s.starts(ctx, func(found map[uuid.UUID][]time.Time) bool {
		isFull := !s.backward
		for _, id := range s.practitioners {
			for _, start := range found[id] {
				all[id] = append(all[id], slotPlace{start, id})
			}
			isFull = isFull && len(all[id]) > s.size
		}
		return isFull
	})
	if err != nil {
		return nil, fmt.Errorf("search slots: %w", err)
	}
	pages := map[uuid.UUID]*SlotConnection{}
	var rows []*Slot
	for _, row := range s.practitioners {
		pages[row] = s.page(all[row], &rows)
	}
	newBatch(ctx, s.db, rows)
	return pages, nil
}

// ofAll returns a page of the slots of all practitioners together.
func (s *slotSearch) ofAll(ctx context.Context) (*SlotConnection, error) {
	var all []slotPlace
	err := s.starts(ctx, func(found map[uuid.UUID][]time.Time) bool {
		var part []slotPlace
		for id, starts := range found {
			for _, start := range starts {
				part = append(part, slotPlace{start, id})
			}
		}
		slices.SortFunc(part, slotPlace.compare)
		all = append(all, part...)
		return !s.backward && len(all) > s.size
	})
	if err != nil {
		return nil, fmt.Errorf("search slots: %w", err)
	}
	var rows []*Slot
	page := s.page(all, &rows)
	newBatch(ctx, s.db, rows)
	return page, nil
}

// page makes a page of the slots at the places, of which there may be more than
// are wanted.
func (s *slotSearch) page(places []slotPlace, all *[]*Slot) *SlotConnection {
	places, info := cut(places, s.size, s.backward, s.past != nil, s.ahead != nil)
	made := &page[Slot]{info: info, cursor: s.db.slotCursor}
	for _, at := range places {
		made.rows = append(made.rows, &Slot{PractitionerID: at.Practitioner, RoomID: s.room, StartsAt: at.StartsAt, EndsAt: at.StartsAt.Add(s.length)})
	}
	*all = append(*all, made.rows...)
	return &SlotConnection{page: func(context.Context) (*page[Slot], error) { return made, nil }}
}

// noSlots is the page of those who have none.
var noSlots = &SlotConnection{page: func(context.Context) (*page[Slot], error) { return &page[Slot]{}, nil }}

// nextFree returns the first three times, from the one that was asked for on, at
// which a visit could be instead.
func (d *DB) nextFree(ctx context.Context, b *Booking) ([]FreeTime, error) {
	pool, err := d.pool(ctx)
	if err != nil {
		return nil, err
	}
	clinic, err := d.Clinic(ctx)
	if err != nil {
		return nil, err
	}
	s := &slotSearch{
		db: d, pool: pool, clinic: clinic, practitioners: []uuid.UUID{*b.PractitionerID}, room: b.RoomID, visit: b.moves, hold: b.SlotHoldID,
		length: b.EndsAt.Sub(b.StartsAt), before: time.Duration(b.BufferBefore), after: time.Duration(b.BufferAfter), every: 15 * time.Minute, size: 3,
	}
	if b.PatientID != uuid.Nil {
		s.patient = &b.PatientID
	}
	s.window.Start = laterOf(b.StartsAt, now(ctx).Add(time.Minute))
	s.window.End = s.window.Start.Add(longestSearch)
	free := []FreeTime{}
	err = s.starts(ctx, func(found map[uuid.UUID][]time.Time) bool {
		for _, start := range found[*b.PractitionerID] {
			if len(free) < s.size {
				free = append(free, FreeTime{start, start.Add(s.length)})
			}
		}
		return len(free) == s.size
	})
	return free, err
}
