package db

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/calendar"
	"github.com/google/uuid"
)

// usualVisit is the length of the slots that thirdNextAvailable looks for.
const usualVisit = 30 * time.Minute

// asksForUse says whether the answer has how much of working time is booked.
func (a *statsAsked) asksForUse() bool {
	return a.statistics == appointmentStats && a.wants("utilisation") && a.span.closed() &&
		a.groupedOnlyBy("PRACTITIONER", "SPECIALTY", "WEEKDAY", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER")
}

// asksForSlots says whether the answer has when somebody is free.
func (a *statsAsked) asksForSlots() bool {
	return a.statistics == appointmentStats && a.wants("thirdNextAvailable") && a.groupedOnlyBy("PRACTITIONER", "SPECIALTY")
}

// A statsPractitioner is whose time is looked at.
type statsPractitioner struct {
	ID        uuid.UUID `db:"id"`
	IsActive  bool      `db:"is_active"`
	Specialty string    `db:"specialty"`
}

// statsStaff returns the practitioners whom the conditions let through. Whoever
// asks, working hours are read by the server itself: nothing of a patient is in them.
func (d *DB) statsStaff(ctx context.Context, a *statsAsked) ([]*statsPractitioner, error) {
	ctx = auth.WithActor(ctx, auth.SystemActor("statistics"))
	s := newStatement(ctx)
	s.write("SELECT t.id, t.is_active, coalesce(t.specialty, '') AS specialty FROM practitioners t WHERE true")
	if w := a.visits; w != nil {
		joined := &AppointmentWhere{And: w.And, Or: w.Or, Not: w.Not}
		if mentions(joined, "PractitionerID") || mentions(joined, "Practitioner") {
			return nil, Invalid("where", OutOfRange, "names practitioners within and, or, not: utilisation and thirdNextAvailable take them outside only")
		}
		s.write(" AND ", compileWhere(s, w.Practitioner, "t"))
		if w.PractitionerID != nil {
			for _, c := range w.PractitionerID.sql(s, "t.id", "") {
				s.write(" AND ", c)
			}
		}
	}
	start := time.Now()
	defer count(ctx, start)
	pool, err := d.pool(ctx)
	if err != nil {
		return nil, err
	}
	var staff []*statsPractitioner
	return staff, translate(pool.SelectContext(ctx, &staff, s.String(), s.args...))
}

// workingMinutes returns the minutes in which the practitioners of each cell work,
// by the parts of its key.
func (d *DB) workingMinutes(ctx context.Context, a *statsAsked) (map[string]float64, error) {
	staff, err := d.statsStaff(ctx, a)
	if err != nil {
		return nil, err
	}
	asServer := auth.WithActor(ctx, auth.SystemActor("statistics"))
	pool, err := d.pool(asServer)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(staff))
	for i, p := range staff {
		ids[i] = p.ID
	}
	asked := agendas{practitioners: ids, window: calendar.Interval{Start: *a.span.from, End: *a.span.until}}
	found := map[uuid.UUID]*agenda{}
	for _, id := range ids {
		found[id] = &agenda{}
	}
	for _, read := range []func() error{
		func() error { return asked.readHours(asServer, pool, a.clinic, found) }, func() error { return asked.readTimeOff(asServer, pool, a.clinic, found) },
	} {
		start := time.Now()
		err := read()
		count(ctx, start)
		if err != nil {
			return nil, fmt.Errorf("read working hours: %w", translate(err))
		}
	}
	minutes := map[string]float64{}
	for _, p := range staff {
		for _, open := range found[p.ID].Open(asked.window) {
			calendar.Days(a.location(), open, slices.Contains(a.GroupBy, "HOUR"), func(part calendar.Interval) {
				minutes[strings.Join(a.keyAt(p, part.Start.In(a.location())), "\x00")] += part.End.Sub(part.Start).Minutes()
			})
		}
	}
	return minutes, nil
}

// addUse divides the booked minutes of each cell by its working minutes.
func addUse(cells []*StatsCell, minutes map[string]float64) {
	for _, c := range cells {
		booked, available := c.values["bookedMinutes"], minutes[strings.Join(c.Key.values, "\x00")]
		if booked != nil && available > 0 {
			share := *booked / available
			c.values["utilisation"] = &share
		}
	}
}

// keyAt returns the key of the cell to which a practitioner's time at an instant
// belongs, as the facts have it.
func (a *statsAsked) keyAt(p *statsPractitioner, at time.Time) []string {
	key := make([]string, len(a.GroupBy))
	day := func(back int) string { return at.AddDate(0, 0, -back).Format(time.DateOnly) }
	for i, g := range a.GroupBy {
		switch g {
		case "PRACTITIONER":
			key[i] = p.ID.String()
		case "SPECIALTY":
			key[i] = p.Specialty
		case "WEEKDAY":
			key[i] = strconv.Itoa((int(at.Weekday())+6)%7 + 1)
		case "HOUR":
			key[i] = strconv.Itoa(at.Hour())
		case "DAY":
			key[i] = at.Format(time.DateOnly)
		case "WEEK":
			key[i] = day((int(at.Weekday()) + 6) % 7)
		case "MONTH":
			key[i] = at.Format("2006-01") + "-01"
		case "QUARTER":
			key[i] = fmt.Sprintf("%04d-%02d-01", at.Year(), (int(at.Month())-1)/3*3+1)
		}
	}
	return key
}

// addThirdNext adds how long it is until the third free slot, the mean of those
// who have one within 92 days.
func (d *DB) addThirdNext(ctx context.Context, a *statsAsked, cells []*StatsCell) error {
	staff, err := d.statsStaff(ctx, a)
	if err != nil {
		return err
	}
	third, length := int32(3), Duration(usualVisit)
	at := now(ctx)
	asked := SlotSearch{From: at, Until: at.Add(longestSearch), Length: SlotLength{Duration: &length}, Every: Duration(15 * time.Minute)}
	search, err := newSlotSearch(ctx, d, asked, Page{First: &third})
	if err != nil {
		return err
	}
	for _, p := range staff {
		if p.IsActive {
			search.practitioners = append(search.practitioners, p.ID)
		}
	}
	if len(search.practitioners) > mostSearched {
		return Invalid("where", TooLong, "leaves more than 50 practitioners: thirdNextAvailable is looked for with at most 50, so name them or a specialty")
	}
	slots, err := search.ofEach(ctx)
	if err != nil {
		return err
	}
	sums, counts := map[string]float64{}, map[string]float64{}
	for _, p := range staff {
		if slots[p.ID] == nil {
			continue
		}
		if free, err := slots[p.ID].Nodes(ctx); err != nil {
			return err
		} else if len(free) == int(third) {
			key := strings.Join(a.keyAt(p, at), "\x00")
			sums[key] += free[2].StartsAt.Sub(at).Minutes()
			counts[key]++
		}
	}
	for _, c := range cells {
		if key := strings.Join(c.Key.values, "\x00"); counts[key] > 0 {
			mean := sums[key] / counts[key]
			c.values["thirdNextAvailable"] = &mean
		}
	}
	return nil
}
