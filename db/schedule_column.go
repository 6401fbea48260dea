package db

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
	"github.com/google/uuid"
	"github.com/lib/pq"
)

// ScheduleColumn is what the calendar shows of one practitioner or one room.
type ScheduleColumn struct {
	Practitioner *Practitioner
	Room         *Room

	id       uuid.UUID
	schedule *Schedule
}

// WorkingPeriod is a span of work, or a break, on one day.
type WorkingPeriod struct {
	Kind     WorkingHoursKind
	StartsAt time.Time
	EndsAt   time.Time
}

// WorkingPeriods returns hours and breaks that touch the days.
func (c *ScheduleColumn) WorkingPeriods(ctx context.Context) ([]*WorkingPeriod, error) {
	return shared(ctx, c, "working periods", (*Schedule).readWorkingPeriods)
}

// TimeOff returns absences and holidays that touch the days.
func (c *ScheduleColumn) TimeOff(ctx context.Context) ([]*TimeOff, error) {
	return shared(ctx, c, "time off", (*Schedule).readTimeOff)
}

// Holds returns the times that are held for somebody now.
func (c *ScheduleColumn) Holds(ctx context.Context) ([]*SlotHold, error) {
	return shared(ctx, c, "holds", (*Schedule).readHolds)
}

// Appointments returns the visits that touch the days.
func (c *ScheduleColumn) Appointments(ctx context.Context) ([]*Appointment, error) {
	return shared(ctx, c, "appointments", (*Schedule).readAppointments)
}

// byColumn holds what is shown in each column.
type byColumn[T any] map[uuid.UUID][]*T

// shared returns the column's share of what is read for all of them, in one
// statement, when the first is asked for it by a field of the query.
func shared[T any](ctx context.Context, c *ScheduleColumn, kind string, read func(*Schedule, context.Context) (byColumn[T], error)) ([]*T, error) {
	all, err := c.schedule.batch.loadWanted(wanted{by: looksIn(ctx), what: kind}, func() (any, error) { return read(c.schedule, ctx) })
	if err != nil {
		return nil, err
	}
	return all.(byColumn[T])[c.id], nil
}

// columnIDs returns whose columns there are.
func (s *Schedule) columnIDs() (practitionerIDs, roomIDs []uuid.UUID) {
	for _, c := range s.Columns {
		if c.Room != nil {
			roomIDs = append(roomIDs, c.id)
		} else {
			practitionerIDs = append(practitionerIDs, c.id)
		}
	}
	return practitionerIDs, roomIDs
}

func (s *Schedule) window() calendar.Interval {
	return calendar.Interval{Start: s.StartsAt, End: s.EndsAt}
}

func (s *Schedule) readWorkingPeriods(ctx context.Context) (byColumn[WorkingPeriod], error) {
	d, periods := s.batch.db, byColumn[WorkingPeriod]{}
	clinic, err := d.Clinic(ctx)
	if err != nil {
		return nil, err
	}
	practitionerIDs, _ := s.columnIDs()
	weekly, err := d.hoursOf(ctx, practitionerIDs)
	if err != nil {
		return nil, err
	}
	for id, spans := range weekly {
		work, breaks := calendar.Expand(clinic.location, spans, s.window())
		periods[id] = append(periodsOf(Work, work), periodsOf(Break, breaks)...)
		slices.SortStableFunc(periods[id], func(a, b *WorkingPeriod) int { return a.StartsAt.Compare(b.StartsAt) })
	}
	return periods, nil
}

func periodsOf(kind WorkingHoursKind, spans []calendar.Interval) []*WorkingPeriod {
	periods := make([]*WorkingPeriod, len(spans))
	for i, span := range spans {
		periods[i] = &WorkingPeriod{kind, span.Start, span.End}
	}
	return periods
}

func (s *Schedule) readTimeOff(ctx context.Context) (byColumn[TimeOff], error) {
	practitionerIDs, _ := s.columnIDs()
	rows, err := read(ctx, s.batch.db, timeOff, `
		SELECT `+timeOff.list("t")+`
		FROM time_off t
		WHERE t.cancelled_at IS NULL AND (t.practitioner_id = ANY ($1::uuid[]) OR t.practitioner_id IS NULL)
			AND t.starts_at < $3 AND t.ends_at > $2
		ORDER BY t.starts_at, t.id`, pq.Array(practitionerIDs), s.StartsAt, s.EndsAt)
	off := byColumn[TimeOff]{}
	for _, row := range rows {
		for _, c := range s.Columns {
			if row.PractitionerID == nil || *row.PractitionerID == c.id {
				off[c.id] = append(off[c.id], row)
			}
		}
	}
	return off, err
}

func (s *Schedule) readHolds(ctx context.Context) (byColumn[SlotHold], error) {
	practitionerIDs, roomIDs := s.columnIDs()
	rows, err := read(ctx, s.batch.db, slotHolds, `
		SELECT `+slotHolds.list("t")+`
		FROM slot_holds t
		WHERE t.released_at IS NULL AND t.expires_at > $5 AND (t.practitioner_id = ANY ($1::uuid[]) OR t.room_id = ANY ($2::uuid[]))
			AND t.starts_at < $4 AND t.ends_at > $3
		ORDER BY t.starts_at, t.id`, pq.Array(practitionerIDs), pq.Array(roomIDs), s.StartsAt, s.EndsAt, s.batch.at)
	holds := byColumn[SlotHold]{}
	for _, row := range rows {
		holds.add(row, &row.PractitionerID, row.RoomID)
	}
	return holds, err
}

// readAppointments reads the visits from an index: they last a day at most, which
// bounds the starts of those that reach into the range.
func (s *Schedule) readAppointments(ctx context.Context) (byColumn[Appointment], error) {
	practitionerIDs, roomIDs := s.columnIDs()
	p := appointments.pick(ctx, orderKey{column: "starts_at"}, orderKey{column: "practitioner_id"}, orderKey{column: "room_id"})
	q := newStatement(ctx)
	r := q.reading(p, referencesIn(ctx, appointments.noun))
	start := q.arg(s.StartsAt)
	var whose []string
	if len(practitionerIDs) > 0 {
		whose = append(whose, q.among("t.practitioner_id", practitionerIDs))
	}
	if len(roomIDs) > 0 {
		whose = append(whose, q.among("t.room_id", roomIDs))
	}
	q.write("SELECT ", r.record, " FROM appointments t", r.joins, " WHERE (", strings.Join(whose, " OR "), ") AND t.starts_at > ", q.arg(s.StartsAt.Add(-longestAppointment)),
		" AND t.starts_at < ", q.arg(s.EndsAt), " AND (t.starts_at >= ", start, " OR t.ends_at > ", start, ") AND t.status NOT IN ('CANCELLED', 'ENTERED_IN_ERROR') AND ",
		q.visible("appointments", "t"), " ORDER BY t.starts_at, t.id LIMIT ", strconv.Itoa(MaxScheduleVisits+1))
	rows, err := scan(ctx, s.batch.db, appointments, q, r, MaxScheduleVisits)
	if err != nil {
		return nil, err
	}
	if len(rows) > MaxScheduleVisits {
		return nil, Invalid("range", TooLong, "holds more than 5,000 visits: ask for fewer days or columns")
	}
	if isRecorded(ctx, appointments.wall) {
		touch(ctx, orNobody(appointments.patientsOf(rows...))...)
	}
	visits := byColumn[Appointment]{}
	for _, row := range rows {
		visits.add(row, row.PractitionerID, row.RoomID)
	}
	return visits, nil
}

// add puts row into the columns of its practitioner and its room.
func (b byColumn[T]) add(row *T, ids ...*uuid.UUID) {
	for _, id := range ids {
		if id := *cmp.Or(id, &uuid.Nil); id != uuid.Nil {
			b[id] = append(b[id], row)
		}
	}
}
