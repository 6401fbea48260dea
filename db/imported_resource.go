package db

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// A Source names a resource of another system: its type in FHIR and its id there.
type Source struct{ Type, ID string }

// Imported is what another system says that a row holds.
type Imported[T any] struct {
	Source Source
	Row    *T
}

// An importedRow is what a resource became, and of which patient.
type importedRow struct {
	ID        uuid.UUID     `db:"row_id"`
	PatientID uuid.NullUUID `db:"patient_id"`
}

// ImportedRows returns the ids of the rows that the resources became; those that
// were never imported are missing.
func (d *DB) ImportedRows(ctx context.Context, sources []Source) (map[Source]uuid.UUID, error) {
	found := map[Source]uuid.UUID{}
	types, ids := columnsOf(sources)
	err := d.query(ctx, `
		SELECT r.resource_type, r.source_id, r.row_id
		FROM unnest($1::text[], $2::text[]) s (type, id)
		JOIN imported_resources r ON r.resource_type = s.type AND r.source_id = s.id`,
		[]any{types, ids}, func(rows *sqlx.Rows) error {
			var s Source
			var id uuid.UUID
			err := rows.Scan(&s.Type, &s.ID, &id)
			found[s] = id
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read imported resources: %w", err)
	}
	return found, nil
}

// imported returns what the resources became before.
func (tx *Tx) imported(ctx context.Context, sources []Source) (map[Source]importedRow, error) {
	types, ids := columnsOf(sources)
	var found []struct {
		Type string `db:"resource_type"`
		ID   string `db:"source_id"`
		importedRow
	}
	err := tx.SelectContext(ctx, &found, `
		SELECT r.resource_type, r.source_id, r.row_id,
			CASE r.resource_type WHEN 'Patient' THEN r.row_id ELSE coalesce(a.patient_id, m.patient_id, l.patient_id, p.id) END AS patient_id
		FROM unnest($1::text[], $2::text[]) s (type, id)
		JOIN imported_resources r ON r.resource_type = s.type AND r.source_id = s.id
		LEFT JOIN appointments a ON a.id = r.row_id
		LEFT JOIN medical_records m ON m.id = r.row_id
		LEFT JOIN allergies l ON l.id = r.row_id
		LEFT JOIN patients p ON p.id = r.row_id`, types, ids)
	if err != nil {
		return nil, fmt.Errorf("read imported resources: %w", translate(err))
	}
	known := make(map[Source]importedRow, len(found))
	for _, f := range found {
		known[Source{f.Type, f.ID}] = f.importedRow
	}
	return known, nil
}

// keepImported notes what resources became, so that they are known from now on.
func (tx *Tx) keepImported(ctx context.Context, sources []Source, ids []uuid.UUID) error {
	if len(sources) == 0 {
		return nil
	}
	types, sourceIDs := columnsOf(sources)
	_, err := tx.ExecContext(ctx, `
		INSERT INTO imported_resources (resource_type, source_id, row_id)
		SELECT * FROM unnest($1::text[], $2::text[], $3::uuid[])`, types, sourceIDs, pq.Array(ids))
	if err != nil {
		return fmt.Errorf("keep imported resources: %w", translate(err))
	}
	return nil
}

// columnsOf returns the types and the ids of sources.
func columnsOf(sources []Source) (types, ids pq.StringArray) {
	types, ids = make(pq.StringArray, len(sources)), make(pq.StringArray, len(sources))
	for i, s := range sources {
		types[i], ids[i] = s.Type, s.ID
	}
	return types, ids
}

// lockPeople makes imports of the same people wait for each other. People are
// the same by the resource or by an identifier. All take the locks in one order.
func (tx *Tx) lockPeople(ctx context.Context, sources []Source, identifiers []Identifier) error {
	var keys []int64
	add := func(parts ...string) {
		h := fnv.New64a()
		for _, p := range append([]string{"import"}, parts...) {
			h.Write([]byte(p))
			h.Write([]byte{0})
		}
		keys = append(keys, int64(h.Sum64()))
	}
	for _, s := range sources {
		add(s.Type, s.ID)
	}
	for _, i := range identifiers {
		add(i.System, i.Value)
	}
	slices.Sort(keys)
	_, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(k) FROM unnest($1::bigint[]) k", pq.Array(slices.Compact(keys)))
	if err != nil {
		return fmt.Errorf("lock those imported: %w", translate(err))
	}
	return nil
}
