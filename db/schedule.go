package db

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
	"github.com/google/uuid"
)

// The limits of a calendar.
const (
	longestSchedule   = 31 // days
	widestSchedule    = 50 // columns of practitioners, and as many of rooms
	MaxScheduleVisits = 5000
)

// ScheduleRange says which days a calendar shows, by exactly one of its fields.
type ScheduleRange struct {
	Date   *Date
	WeekOf *Date
	Days   *DateRange
}

// Schedule is the calendar of some days, a column per practitioner and room.
type Schedule struct {
	StartsOn, EndsOn Date // the first day, and the one after the last
	StartsAt, EndsAt time.Time
	TimeZone         string
	Columns          []*ScheduleColumn

	batch *batch // of the columns: what one asks for is read for all
}

// Schedule returns the calendar of the practitioners and the rooms, each once
// and in the order of their ids. Where no practitioners are named, not even none,
// and no rooms are, it is that of the active practitioners by name.
func (d *DB) Schedule(ctx context.Context, r ScheduleRange, practitionerIDs, roomIDs []uuid.UUID) (*Schedule, error) {
	if _, err := d.pool(ctx); err != nil { // the clinic is read whoever asks
		return nil, err
	}
	clinic, err := d.Clinic(ctx)
	if err != nil {
		return nil, err
	}
	found := &problems{}
	from, until := r.days(found)
	checkWidth(found, "practitionerIds", practitionerIDs)
	checkWidth(found, "roomIds", roomIDs)
	if err := found.err(); err != nil {
		return nil, err
	}
	span := calendar.Span(clinic.location, from, until)
	s := &Schedule{
		StartsOn: Date(from), EndsOn: Date(until), StartsAt: span.Start, EndsAt: span.End, TimeZone: clinic.TimeZone,
		batch: &batch{db: d, at: now(ctx)},
	}
	whose, err := named(ctx, d, practitioners, "practitionerIds", practitionerIDs, found)
	if err == nil && practitionerIDs == nil && len(roomIDs) == 0 {
		whose, err = d.activePractitioners(ctx)
	}
	if err != nil {
		return nil, err
	}
	where, err := named(ctx, d, rooms, "roomIds", roomIDs, found)
	if err != nil {
		return nil, err
	}
	for _, p := range whose {
		s.Columns = append(s.Columns, &ScheduleColumn{Practitioner: p, id: p.ID, schedule: s})
	}
	for _, room := range where {
		s.Columns = append(s.Columns, &ScheduleColumn{Room: room, id: room.ID, schedule: s})
	}
	return s, found.err()
}

// activePractitioners returns those who have columns when nobody is named.
func (d *DB) activePractitioners(ctx context.Context) ([]*Practitioner, error) {
	return read(ctx, d, practitioners, `
		SELECT `+practitioners.list("t")+`
		FROM practitioners t
		WHERE t.is_active
		ORDER BY t.family_key, t.given_key, t.id
		LIMIT `+fmt.Sprint(widestSchedule))
}

// named returns the rows with the ids, in their order and each once, and adds a
// problem for each id of the argument that is of none.
func named[T any, P pointer[T]](ctx context.Context, d *DB, t *table[T], argument string, ids []uuid.UUID, found *problems) ([]*T, error) {
	byID, err := byID[T, P](ctx, d, t, ids)
	if err != nil {
		return nil, err
	}
	var rows []*T
	seen := map[uuid.UUID]bool{}
	for i, id := range ids {
		switch row := byID[id]; {
		case row == nil:
			found.at(UnknownReference, "is no "+strings.ToLower(t.noun), argument, i)
		case !seen[id]:
			seen[id] = true
			rows = append(rows, row)
		}
	}
	return rows, nil
}

func checkWidth(found *problems, argument string, ids []uuid.UUID) {
	if len(ids) > widestSchedule {
		found.add(argument, TooLong, fmt.Sprintf("has more than %d items", widestSchedule))
	}
}

// days returns the first day and the one after the last.
func (r ScheduleRange) days(found *problems) (from, until calendar.Date) {
	switch {
	case r.Date != nil:
		from = checkDay(found, *r.Date, "range", "date")
		return from, from.Add(1)
	case r.WeekOf != nil:
		day := checkDay(found, *r.WeekOf, "range", "weekOf")
		from = day.Add(-((int(day.Weekday()) + 6) % 7)) // Sunday, which is 0, ends the week
		return from, from.Add(7)
	case r.Days == nil:
		found.add("range", Required, "must say which days")
		return "", ""
	}
	from = checkDay(found, r.Days.From, "range", "days", "from")
	until = checkDay(found, r.Days.Until, "range", "days", "until")
	switch {
	case from == "" || until == "":
	case until <= from:
		found.at(EndBeforeStart, "must be after the first day", "range", "days", "until")
	case until > from.Add(longestSchedule):
		found.at(TooLong, fmt.Sprintf("must be at most %d days after the first", longestSchedule), "range", "days", "until")
	}
	return from, until
}

// checkDay returns the day, or "" with a problem where days around it have no
// name or their instants no text.
func checkDay(found *problems, day Date, path ...any) calendar.Date {
	if day < "0002-01-01" || day > "9998-12-31" {
		found.at(OutOfRange, "must lie in the years 2 to 9998", path...)
		return ""
	}
	return calendar.Date(day)
}
