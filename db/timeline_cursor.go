package db

import (
	"bytes"
	"cmp"
	"encoding/json"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
	"github.com/google/uuid"
)

// A timelinePlace is where an item stands on a timeline.
type timelinePlace struct {
	At time.Time
	ID uuid.UUID
}

func (t *timeline) placeOf(item TimelineItem) timelinePlace {
	return timelinePlace{item.happened(t.clinic), item.row().ID}
}

func (p timelinePlace) compare(other timelinePlace) int {
	return cmp.Or(p.At.Compare(other.At), bytes.Compare(p.ID[:], other.ID[:]))
}

// ofVisits returns the place in the order of visits.
func (p timelinePlace) ofVisits() []*string {
	at, id := p.At.UTC().Format(time.RFC3339Nano), p.ID.String()
	return []*string{&at, &id}
}

// ofRecords returns the place in the order of records, which is by days: on its
// day when it is where the day starts, and else after all records of the day.
func (p timelinePlace) ofRecords(clinic *Clinic) []*string {
	day, id := string(clinic.DayOf(p.At)), p.ID.String()
	if start := calendar.StartOfDay(clinic.location, calendar.Date(day)); start.Before(p.At) {
		id = uuid.Max.String()
	}
	return []*string{&day, &id}
}

// timelineBinding is what cursors of timelines are bound to.
var timelineBinding = []byte("timeline")

func (t *timeline) seal(p timelinePlace) (string, error) {
	plain, err := json.Marshal(p)
	if err != nil {
		return "", err
	}
	return t.key.seal(plain, timelineBinding), nil
}

// open reads a cursor that a client gave as the argument called name.
func (t *timeline) open(name string, cursor *string) (*timelinePlace, error) {
	if cursor == nil {
		return nil, nil
	}
	place := &timelinePlace{}
	plain, ok := t.key.unseal(*cursor, timelineBinding)
	if !ok || json.Unmarshal(plain, place) != nil {
		return nil, Invalid(name, BadCursor, "is no cursor of this list in this order")
	}
	return place, nil
}
