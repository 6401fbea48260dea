package db

import (
	"context"
	"fmt"
	"slices"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
	"github.com/lib/pq"
)

// SavedQuery is one row of saved_queries: a query that somebody keeps. Whether its
// document fits the schema is for whoever has the schema to say.
type SavedQuery struct {
	Row
	UserID      uuid.UUID      `db:"user_id"`
	Name        string         `db:"name" max:"100"`
	Description *string        `db:"description" max:"1000"`
	Document    string         `db:"document" max:"20000"`
	Variables   JSON           `db:"variables"`
	IsShared    bool           `db:"is_shared"`
	WrittenAs   pq.StringArray `db:"written_as"` // the roles of those who wrote in it
}

var savedQueries = newTable(table[SavedQuery]{
	name: "saved_queries", kind: KindSavedQuery, wall: wall{user: "user_id", written: "written_as"},
	usual: []orderKey{{column: "name"}},
})

// What a user may keep.
const (
	maxSavedQueries = 500
	maxVariables    = 8 << 10 // bytes, of one query
)

// sees holds of each role those whose knowledge of persons it has: what they write in
// a query tells it nobody's name and nothing of a chart that its own role does not.
var sees = map[auth.Role][]string{
	auth.Doctor:       {"DOCTOR", "NURSE", "RECEPTIONIST", "ADMIN", "ANALYST"},
	auth.Nurse:        {"DOCTOR", "NURSE", "RECEPTIONIST", "ADMIN", "ANALYST"},
	auth.Receptionist: {"RECEPTIONIST", "ADMIN", "ANALYST"},
	auth.Admin:        {"ADMIN", "ANALYST"},
	auth.Analyst:      {"ADMIN", "ANALYST"},
}

// SavedQueryWhere holds conditions on saved queries.
type SavedQueryWhere struct{ UserID *IDFilter }

func (q *SavedQuery) check(_ *Clinic, found *problems) {
	q.Variables, _ = q.Variables.MarshalJSON() // in one form: the same values are no change
	if _, err := q.Variables.Values(); err != nil {
		found.add("variables", BadFormat, "is a JSON object")
	}
	if len(q.Variables) > maxVariables {
		found.add("variables", TooLong, fmt.Sprintf("is longer than %d bytes", maxVariables))
	}
}

// Owner returns who keeps the query.
func (q *SavedQuery) Owner(ctx context.Context) (*User, error) {
	return one(as(ctx, accounts), q, users, "user_id")
}

// ExportURL is where all that the query finds can be had as one file.
func (q *SavedQuery) ExportURL() string { return "/export/" + q.ID.String() + ".csv" }

// SavedQuery returns a query of the actor's own, or a shared one that is open to
// their role, or ErrNotFound.
func (d *DB) SavedQuery(ctx context.Context, id uuid.UUID) (*SavedQuery, error) {
	return get(ctx, d, savedQueries, id)
}

// SavedQueries returns a page of the actor's own queries by name.
func (d *DB) SavedQueries(ctx context.Context, page Page) (*SavedQueryConnection, error) {
	actor, _ := auth.From(ctx)
	return list(ctx, d, savedQueries, query{page: page, where: &SavedQueryWhere{UserID: &IDFilter{Eq: &actor.UserID}}})
}

// SaveQuery keeps q for the actor, who is a user.
func (d *DB) SaveQuery(ctx context.Context, q *SavedQuery) (*SavedQuery, error) {
	actor, _ := auth.From(ctx)
	row, err := write(as(ctx, accounts), d, func(ctx context.Context, tx *Tx) (*SavedQuery, error) {
		if actor.UserID == uuid.Nil {
			return nil, Invalid("name", NotAllowedNow, "is kept for users only")
		}
		q.UserID, q.WrittenAs = actor.UserID, pq.StringArray{string(actor.Role)}
		kept, err := tx.countSavedQueries(ctx, actor.UserID)
		if err != nil {
			return nil, err
		}
		if kept >= maxSavedQueries {
			return nil, &ConflictError{fmt.Sprintf("you keep %d queries, which is as many as there can be: delete one first", kept)}
		}
		return create(ctx, tx, savedQueries, q)
	})
	return row.toldTo(actor, err)
}

// countSavedQueries returns how many queries a user keeps, and has others who save one
// for the same user wait.
func (tx *Tx) countSavedQueries(ctx context.Context, user uuid.UUID) (n int, err error) {
	if _, err := tx.ExecContext(ctx, "SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE", user); err != nil {
		return 0, translate(err)
	}
	err = tx.GetContext(ctx, &n, "SELECT count(*) FROM saved_queries WHERE user_id = $1", user)
	return n, translate(err)
}

// UpdateSavedQuery lets change edit the actor's query of the expected version.
func (d *DB) UpdateSavedQuery(ctx context.Context, id uuid.UUID, expected int32, change func(*SavedQuery)) (*SavedQuery, error) {
	actor, _ := auth.From(ctx)
	row, err := edit(as(ctx, accounts), d, savedQueries, id, expected, func(_ context.Context, _ *Tx, q *SavedQuery) error {
		if err := q.isOf(actor); err != nil {
			return err
		}
		q.write(actor)
		change(q)
		return nil
	})
	return row.toldTo(actor, err)
}

// DeleteSavedQuery drops the actor's query of the expected version, and returns it.
func (d *DB) DeleteSavedQuery(ctx context.Context, id uuid.UUID, expected int32) (*SavedQuery, error) {
	actor, _ := auth.From(ctx)
	row, err := write(as(ctx, accounts), d, func(ctx context.Context, tx *Tx) (*SavedQuery, error) {
		q, err := lock(ctx, tx, savedQueries, id)
		if err != nil {
			return nil, err
		}
		if err := q.isOf(actor); err != nil {
			return nil, err
		}
		if q.Version != expected {
			return nil, staleError(ctx, tx, savedQueries, q, expected)
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM saved_queries WHERE id = $1", id)
		return q, translate(err)
	})
	return row.toldTo(actor, err)
}

// isOf returns an error where the query, which the actor sees, is somebody else's.
func (q *SavedQuery) isOf(actor auth.Actor) error {
	if q.UserID != actor.UserID {
		return Invalid("savedQueryId", NotAllowedNow, "is somebody else's: save one of your own")
	}
	return nil
}

// write notes in which role the actor writes.
func (q *SavedQuery) write(actor auth.Actor) {
	if role := string(actor.Role); !slices.Contains(q.WrittenAs, role) {
		q.WrittenAs = append(slices.Clone(q.WrittenAs), role)
	}
}

// toldTo keeps the answer of a write, which may be one that is repeated, from an actor
// to whose role the query is no longer open.
func (q *SavedQuery) toldTo(actor auth.Actor, err error) (*SavedQuery, error) {
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(q.WrittenAs, func(role string) bool { return !slices.Contains(sees[actor.Role], role) }) {
		return nil, ErrNotFound
	}
	return q, nil
}

// The types that lists of saved queries are made of.
type (
	SavedQueryConnection = Connection[SavedQuery]
	SavedQueryEdge       = Edge[SavedQuery]
)

// SavedQueryEdgeOf returns q as an edge of the list of saved queries.
func SavedQueryEdgeOf(q *SavedQuery) *SavedQueryEdge { return edge(savedQueries, q) }
