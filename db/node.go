package db

import (
	"context"

	"github.com/google/uuid"
)

// Nodes returns the rows with the ids, whatever their kinds, in the order of
// the ids; nil in the place of one that is not there. It takes a statement for
// each kind among them.
func (d *DB) Nodes(ctx context.Context, ids []uuid.UUID) ([]any, error) {
	byKind := map[Kind][]uuid.UUID{}
	for _, id := range ids {
		byKind[KindOf(id)] = append(byKind[KindOf(id)], id)
	}
	found := map[uuid.UUID]any{}
	for kind, ids := range byKind {
		read, ok := nodes[kind]
		if !ok || kind == KindClinic {
			continue
		}
		rows, err := read(ctx, d, ids)
		if err != nil {
			return nil, err
		}
		for id, row := range rows {
			found[id] = row
		}
	}
	rows := make([]any, len(ids))
	for i, id := range ids {
		rows[i] = found[id]
	}
	return rows, nil
}
