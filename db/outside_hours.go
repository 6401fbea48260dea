package db

import (
	"context"
	"fmt"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// maxAffected is how many visits are listed that a change of the calendar leaves
// where they are.
const maxAffected = 50

// AppointmentsOutsideHours returns the booked visits to come that are not wholly
// within the hours of the practitioner, or lie over a break, by start; none where
// nobody has said when they work.
func (p *Practitioner) AppointmentsOutsideHours(ctx context.Context) ([]*Appointment, error) {
	b := p.batch
	found, err := b.load("appointments outside hours", func() (any, error) { return b.outsideHours(ctx) })
	if err != nil {
		return nil, err
	}
	return found.(map[uuid.UUID][]*Appointment)[p.ID], nil
}

// outsideHours returns those visits of each practitioner in b, in three
// statements however many there are.
func (b *batch) outsideHours(ctx context.Context) (map[uuid.UUID][]*Appointment, error) {
	clinic, err := b.db.Clinic(ctx)
	if err != nil {
		return nil, err
	}
	hours, err := b.db.hoursOf(ctx, b.ids())
	if err != nil || len(hours) == 0 {
		return nil, err
	}
	var all []uuid.UUID
	outside := map[uuid.UUID][]uuid.UUID{}
	s := newStatement(ctx)
	s.write(`
		SELECT t.id, t.practitioner_id, t.starts_at, t.ends_at
		FROM appointments t
		WHERE t.practitioner_id = ANY (`, s.arg(pq.Array(b.ids())), `::uuid[]) AND t.status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS')
			AND t.ends_at > `, s.arg(b.at), " AND ", s.visible("appointments", "t"), `
		ORDER BY t.starts_at, t.id`)
	err = b.db.query(ctx, s.String(), s.args, func(r *sqlx.Rows) error {
		var id, practitioner uuid.UUID
		var visit calendar.Interval
		if err := r.Scan(&id, &practitioner, &visit.Start, &visit.End); err != nil {
			return err
		}
		if weekly := hours[practitioner]; weekly != nil && len(outside[practitioner]) < maxAffected && !isWithin(clinic.location, weekly, visit) {
			outside[practitioner] = append(outside[practitioner], id)
			all = append(all, id)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read appointments outside hours: %w", err)
	}
	rows, err := byID(ctx, b.db, appointments, all)
	visits := map[uuid.UUID][]*Appointment{}
	for practitioner, ids := range outside {
		for _, id := range ids {
			if a := rows[id]; a != nil {
				visits[practitioner] = append(visits[practitioner], a)
			}
		}
	}
	return visits, err
}

// isWithin says whether a visit lies wholly within the hours and over no break.
func isWithin(zone *time.Location, hours []calendar.Weekly, visit calendar.Interval) bool {
	work, breaks := calendar.Expand(zone, hours, visit)
	c := calendar.Calendar{HasHours: true, Work: work, Breaks: breaks}
	return c.Check(calendar.Visit{Interval: visit}).Clean()
}
