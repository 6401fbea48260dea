package db

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// MaxProblems is how many problems are told of one patient, and maxSpellings how
// many codes and spellings of diagnoses are looked at to find them.
const (
	MaxProblems  = 50
	maxSpellings = 200
)

// CurrentProblems returns the newest record of each problem of the patient,
// newest first: of each code, and without one of each diagnosis, whatever its
// case, accents and script. It is nil when the chart is closed to the actor, and
// else never.
func (p *Patient) CurrentProblems(ctx context.Context) ([]*MedicalRecord, error) {
	if access, err := p.ChartAccess(ctx); err != nil || access == ChartClosed {
		return nil, err
	}
	found, err := p.batch.load("current problems", func() (any, error) { return p.batch.problems(ctx) })
	if err != nil {
		return nil, err
	}
	return append([]*MedicalRecord{}, found.(map[uuid.UUID][]*MedicalRecord)[p.ID]...), nil
}

// problems reads the newest records of the problems of all patients of b.
func (b *batch) problems(ctx context.Context) (map[uuid.UUID][]*MedicalRecord, error) {
	s := newStatement(ctx)
	s.write(`
		SELECT p.id, `, medicalRecords.list("t"), `
		FROM unnest(`, s.arg(pq.Array(b.ids())), `::uuid[]) WITH ORDINALITY p (id, place)
		CROSS JOIN LATERAL (
			SELECT newest.* FROM (
				SELECT DISTINCT ON (coalesce(t.code, lower(t.diagnosis))) t.*
				FROM medical_records t
				WHERE t.patient_id = p.id AND `, medicalRecords.listed, ` AND `, s.visible(medicalRecords.name, "t"), `
				ORDER BY coalesce(t.code, lower(t.diagnosis)), t.recorded_on DESC, t.id DESC
			) newest
			ORDER BY newest.recorded_on DESC, newest.id DESC
			LIMIT `, s.arg(maxSpellings), `
		) t
		ORDER BY p.place, t.recorded_on DESC, t.id DESC`)
	found := map[uuid.UUID][]*MedicalRecord{}
	seen := map[string]bool{}
	var all []*MedicalRecord
	err := b.db.query(ctx, s.String(), s.args, func(rows *sqlx.Rows) error {
		var id uuid.UUID
		r := new(MedicalRecord)
		if err := rows.Scan(append([]any{&id}, medicalRecords.targets(r)...)...); err != nil {
			return err
		}
		if key := id.String() + r.problem(); !seen[key] && len(found[id]) < MaxProblems {
			seen[key] = true
			found[id], all = append(found[id], r), append(all, r)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list problems: %w", err)
	}
	newBatch(ctx, b.db, all)
	return found, b.touchCharts(ctx, all)
}

// problem tells the problem of the record from others.
func (r *MedicalRecord) problem() string {
	if r.Code != nil {
		return "code " + *r.Code
	}
	if folded := Fold(r.Diagnosis); folded != "" {
		return "text " + folded
	}
	return "text " + r.Diagnosis
}

// touchCharts notes that the charts of the patients of b were looked into, as
// far as they are open, and those of the records that were found.
func (b *batch) touchCharts(ctx context.Context, found []*MedicalRecord) error {
	open, err := b.openCharts(ctx)
	touch(ctx, slices.Concat(medicalRecords.patientsOf(found...), open)...)
	return err
}
