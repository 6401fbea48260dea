package db

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// An AllergyAbsence says that a patient was asked for allergies on a day and has none.
type AllergyAbsence struct {
	PatientID uuid.UUID
	NotedOn   Date
}

// noAllergiesOn returns the day on which the patient had no allergies, or "".
func (p *Patient) noAllergiesOn(ctx context.Context) (Date, error) {
	b := p.batch
	found, err := b.load("allergy_absences", func() (any, error) {
		days := map[uuid.UUID]Date{}
		s := newStatement(ctx)
		s.write("SELECT id, noted_on FROM allergy_absences t WHERE id = ANY(", s.arg(pq.Array(b.ids())), "::uuid[]) AND ", s.visible("allergy_absences", "t"))
		err := b.db.query(ctx, s.String(), s.args, func(r *sqlx.Rows) error {
			var id uuid.UUID
			var on Date
			err := r.Scan(&id, &on)
			days[id] = on
			return err
		})
		return days, err
	})
	if err != nil {
		return "", fmt.Errorf("read absences of allergies: %w", err)
	}
	return found.(map[uuid.UUID]Date)[p.ID], nil
}

// noteNoAllergies notes that patients were asked and have none. An earlier day
// than the one that is known changes nothing.
func (tx *Tx) noteNoAllergies(ctx context.Context, absences ...AllergyAbsence) error {
	ids, days := make([]uuid.UUID, len(absences)), make([]string, len(absences))
	for i, a := range absences {
		ids[i], days[i] = a.PatientID, string(a.NotedOn)
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO allergy_absences AS known (id, noted_on)
		SELECT * FROM unnest($1::uuid[], $2::date[])
		ON CONFLICT (id) DO UPDATE SET noted_on = excluded.noted_on WHERE excluded.noted_on > known.noted_on`, pq.Array(ids), pq.Array(days))
	if err != nil {
		return fmt.Errorf("note that there are no allergies: %w", translate(err))
	}
	return nil
}
