package db

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// ImportPractitioners adds those who are not known yet, in one transaction, and
// returns the ids of all of them. Somebody is known by the resource or by an
// identifier, and is left as they are. Those who break a rule are left out, and
// told in the result.
func (d *DB) ImportPractitioners(ctx context.Context, people []Imported[Practitioner]) (map[Source]uuid.UUID, *ImportResult, error) {
	var in *practitionerImport
	_, err := write(ctx, d, func(ctx context.Context, tx *Tx) (*Practitioner, error) {
		in = &practitionerImport{tx: tx, ids: map[Source]uuid.UUID{}, result: newImportResult()}
		return nil, in.run(ctx, people)
	})
	if err != nil {
		return nil, nil, fmt.Errorf("import practitioners: %w", err)
	}
	return in.ids, in.result, nil
}

// A practitionerImport is the work of one transaction.
type practitionerImport struct {
	tx     *Tx
	ids    map[Source]uuid.UUID
	byID   map[uuid.UUID]*Practitioner
	owners map[Identifier]uuid.UUID
	rows   []*Practitioner
	fresh  []Source // resources that were not known
	result *ImportResult
}

func (in *practitionerImport) run(ctx context.Context, people []Imported[Practitioner]) error {
	sources := make([]Source, len(people))
	var numbers []Identifier
	for i, p := range people {
		sources[i] = p.Source
		numbers = append(numbers, p.Row.Identifiers.values()...)
	}
	if err := in.tx.lockPeople(ctx, sources, numbers); err != nil {
		return err
	}
	known, err := in.tx.imported(ctx, sources)
	if err != nil {
		return err
	}
	for s, row := range known {
		in.ids[s] = row.ID
	}
	if err := in.find(ctx, numbers); err != nil {
		return err
	}
	for _, p := range people {
		if err := in.add(p); err != nil {
			return err
		}
	}
	if err := insertAll(ctx, in.tx, practitioners, in.rows); err != nil {
		return err
	}
	ids := make([]uuid.UUID, len(in.fresh))
	for i, s := range in.fresh {
		ids[i] = in.ids[s]
	}
	return in.tx.keepImported(ctx, in.fresh, ids)
}

// find reads who has the identifiers.
func (in *practitionerImport) find(ctx context.Context, numbers []Identifier) error {
	var found []*Practitioner
	systems, values := columnsOfIdentifiers(numbers)
	err := in.tx.SelectContext(ctx, &found, `
		SELECT `+practitioners.list("t")+`
		FROM practitioners t
		WHERE t.id IN (
			SELECT i.owner_id FROM practitioner_identifiers i JOIN unnest($1::text[], $2::text[]) n (system, value) USING (system, value))
		ORDER BY t.id`, systems, values)
	if err != nil {
		return fmt.Errorf("find practitioners: %w", translate(err))
	}
	in.byID, in.owners = map[uuid.UUID]*Practitioner{}, map[Identifier]uuid.UUID{}
	for _, p := range found {
		in.own(p)
	}
	return nil
}

// own notes whose identifiers p's are.
func (in *practitionerImport) own(p *Practitioner) {
	in.byID[p.ID] = p
	for _, i := range p.Identifiers.values() {
		in.owners[i] = p.ID
	}
}

// add settles which row p becomes.
func (in *practitionerImport) add(p Imported[Practitioner]) error {
	if _, known := in.ids[p.Source]; known {
		in.result.Known[p.Source.Type]++
		return nil
	}
	if err := checkRow(in.tx, p.Row); err != nil {
		in.result.Refused, err = refuse(in.result.Refused, p.Source, err)
		return err
	}
	for n, i := range p.Row.Identifiers.values() {
		id, taken := in.owners[i]
		if !taken {
			continue
		}
		if other, found := in.ids[p.Source]; found && other != id || !sameName(&in.byID[id].Name, &p.Row.Name) {
			delete(in.ids, p.Source)
			in.result.Refused = append(in.result.Refused, Refusal{p.Source, []Problem{belongsToAnother(n)}})
			return nil
		}
		in.ids[p.Source] = id
	}
	in.fresh = append(in.fresh, p.Source)
	if _, known := in.ids[p.Source]; known {
		in.result.Known[p.Source.Type]++
		return nil
	}
	p.Row.ID = NewID(KindPractitioner)
	in.ids[p.Source] = p.Row.ID
	in.own(p.Row)
	in.rows = append(in.rows, p.Row)
	in.result.Written[p.Source.Type]++
	return nil
}

// PractitionersIdentified returns the ids of those who have the identifiers.
func (d *DB) PractitionersIdentified(ctx context.Context, numbers []Identifier) (map[Identifier]uuid.UUID, error) {
	found := map[Identifier]uuid.UUID{}
	systems, values := columnsOfIdentifiers(numbers)
	err := d.query(ctx, `
		SELECT i.system, i.value, i.owner_id
		FROM practitioner_identifiers i
		JOIN unnest($1::text[], $2::text[]) n (system, value) USING (system, value)`,
		[]any{systems, values}, func(rows *sqlx.Rows) error {
			var i Identifier
			var id uuid.UUID
			err := rows.Scan(&i.System, &i.Value, &id)
			found[i] = id
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("find practitioners: %w", err)
	}
	return found, nil
}
