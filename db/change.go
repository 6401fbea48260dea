package db

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// ChangeKind says in which way something changed for whoever subscribed.
type ChangeKind string

// The kinds. Started is no change: it says from where on changes are told.
const (
	ChangesStarted ChangeKind = "STARTED"
	RowCreated     ChangeKind = "CREATED"
	RowUpdated     ChangeKind = "UPDATED"
	RowMovedAway   ChangeKind = "MOVED_AWAY"
)

// A change is one row of changes: that a patient or a visit was written, and of
// a visit when and with whom it was before and is since.
type change struct {
	ID                int64
	At                time.Time
	RowID             uuid.UUID
	Version           int32
	IsNew             bool
	PatientID         uuid.UUID
	PractitionerID    uuid.NullUUID
	StartsAt          *time.Time
	EndsAt            *time.Time
	OldPractitionerID uuid.NullUUID
	OldStartsAt       *time.Time
	OldEndsAt         *time.Time
}

// changesAtOnce is how many changes are read in one statement.
const changesAtOnce = 1000

// changesBetween reads the changes after one id, up to another, the first so
// many of them. It reads as the server, whoever asks.
func (d *DB) changesBetween(ctx context.Context, after, until int64) ([]*change, error) {
	var found []*change
	rows, err := d.pools[system].QueryxContext(ctx, `
		SELECT id, at, row_id, version, is_new, patient_id, practitioner_id, starts_at, ends_at, old_practitioner_id, old_starts_at, old_ends_at
		FROM changes
		WHERE id > $1 AND id <= $2
		ORDER BY id
		LIMIT `+fmt.Sprint(changesAtOnce), after, until)
	if err != nil {
		return nil, fmt.Errorf("read changes: %w", translate(err))
	}
	defer rows.Close()
	for rows.Next() {
		c := &change{}
		found = append(found, c)
		if err := c.scan(rows); err != nil {
			return nil, fmt.Errorf("read changes: %w", translate(err))
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read changes: %w", translate(err))
	}
	return found, nil
}

func (c *change) scan(rows *sqlx.Rows) error {
	return rows.Scan(&c.ID, &c.At, &c.RowID, &c.Version, &c.IsNew, &c.PatientID, &c.PractitionerID, &c.StartsAt, &c.EndsAt,
		&c.OldPractitionerID, &c.OldStartsAt, &c.OldEndsAt)
}

// kind is the kind of a change that matters to whoever subscribed now, or did before.
func (c *change) kind(matters bool) ChangeKind {
	switch {
	case !matters:
		return RowMovedAway
	case c.IsNew:
		return RowCreated
	}
	return RowUpdated
}
