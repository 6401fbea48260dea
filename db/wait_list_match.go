package db

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// mostMatches is how many wishes are told of for each visit.
const mostMatches = 5

// WaitListMatches returns the wishes that the time of a visit fits that was
// called off and is to come, in the order of the list, at most five. A wish of
// the patient who was to come is among them only where it is about another visit.
func (a *Appointment) WaitListMatches(ctx context.Context) ([]*WaitListEntry, error) {
	found, err := a.batch.load("wait list matches", func() (any, error) { return a.batch.waitListMatches(ctx) })
	if err != nil {
		return nil, fmt.Errorf("match the wait list: %w", err)
	}
	return found.(map[uuid.UUID][]*WaitListEntry)[a.ID], nil
}

// freed are the times of visits that were called off, a list for each column of
// a statement. What the clinic's calendar and clock show then is said here, as
// Postgres makes nothing of zones.
type freed struct {
	ids, patients, practitioners pq.StringArray
	instants, days               pq.StringArray
	starts, lengths              pq.Int64Array // in minutes, since midnight
}

func (b *batch) freed(clinic *Clinic) (f freed) {
	for _, row := range b.rows {
		a := row.(*Appointment)
		if a.Status != Cancelled || a.PractitionerID == nil || !a.StartsAt.After(b.at) {
			continue
		}
		start := a.StartsAt.In(clinic.location)
		f.ids, f.patients = append(f.ids, a.ID.String()), append(f.patients, a.PatientID.String())
		f.practitioners, f.instants = append(f.practitioners, a.PractitionerID.String()), append(f.instants, start.Format(time.RFC3339Nano))
		f.days, f.starts = append(f.days, string(DateOf(start))), append(f.starts, int64(LocalTimeOf(start)))
		f.lengths = append(f.lengths, int64(time.Duration(a.Length())/time.Minute))
	}
	return f
}

// waitListMatches reads the wishes that fit the visits of b, in one statement.
func (b *batch) waitListMatches(ctx context.Context) (map[uuid.UUID][]*WaitListEntry, error) {
	matches := map[uuid.UUID][]*WaitListEntry{}
	clinic, err := b.db.Clinic(ctx)
	if err != nil {
		return nil, err
	}
	f := b.freed(clinic)
	if f.ids == nil {
		return matches, nil
	}
	s := newStatement(ctx)
	s.args = []any{f.ids, f.patients, f.practitioners, f.instants, f.days, f.starts, f.lengths, b.at, mostMatches}
	s.write(`
		SELECT v.id, `, waitList.list("t"), `
		FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::date[], $6::integer[], $7::integer[])
			WITH ORDINALITY v (id, patient_id, practitioner_id, starts_at, day, start, length, place)
		JOIN practitioners w ON w.id = v.practitioner_id AND w.is_active
		CROSS JOIN LATERAL (
			SELECT `, waitList.list("t"), `
			FROM wait_list_entries t
			JOIN patients o ON o.id = t.patient_id AND o.archived_at IS NULL AND o.deceased_on IS NULL
			LEFT JOIN slot_holds h ON h.id = t.slot_hold_id
			WHERE `, s.visible("wait_list_entries", "t"), `
			AND (t.status = 'WAITING' OR t.status = 'OFFERED' AND (h.released_at IS NOT NULL OR h.expires_at <= $8))
			AND (t.practitioner_id = w.id OR lower(t.specialty) = lower(w.specialty))
			AND t.length <= v.length
			AND v.day BETWEEN t.starts_on AND t.ends_on
			AND (t.earliest_time IS NULL OR v.start >= extract(epoch FROM t.earliest_time) / 60)
			AND (t.latest_time IS NULL OR v.start + t.length <= extract(epoch FROM t.latest_time) / 60)
			AND (t.patient_id <> v.patient_id OR t.replaces_appointment_id <> v.id)
			AND NOT EXISTS (
				SELECT FROM appointments a
				WHERE a.practitioner_id = w.id AND a.status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS')
				AND tstzrange(a.starts_at, a.ends_at) && tstzrange(v.starts_at, v.starts_at + t.length * interval '1 minute'))
			ORDER BY t.is_urgent DESC, t.created_at, t.id
			LIMIT $9) t
		ORDER BY v.place, t.is_urgent DESC, t.created_at, t.id`)
	var all []*WaitListEntry
	err = b.db.query(ctx, s.String(), s.args, func(r *sqlx.Rows) error {
		var id uuid.UUID
		w := new(WaitListEntry)
		err := r.Scan(append([]any{&id}, waitList.targets(w)...)...)
		matches[id], all = append(matches[id], w), append(all, w)
		return err
	})
	newBatch(ctx, b.db, all)
	return matches, err
}
