package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
)

// Session is one row of sessions: a place where somebody is signed in. The hash
// of its token is no column of it.
type Session struct {
	Row
	UserID     uuid.UUID  `db:"user_id"`
	UserAgent  *string    `db:"user_agent" max:"200"`
	Address    *string    `db:"address" max:"45"`
	LastUsedAt time.Time  `db:"last_used_at"` // to within a few seconds
	ExpiresAt  time.Time  `db:"expires_at"`   // whatever is done
	EndedAt    *time.Time `db:"ended_at"`
}

var sessions = newTable(table[Session]{
	name: "sessions", kind: KindSession, wall: wall{user: "user_id"},
	usual: []orderKey{{column: "created_at", desc: true}},
})

// User returns who is signed in.
func (s *Session) User(ctx context.Context) (*User, error) { return one(ctx, s, users, "user_id") }

// IsCurrent says whether the request uses this session.
func (s *Session) IsCurrent(ctx context.Context) bool {
	actor, _ := auth.From(ctx)
	return actor.SessionID == s.ID
}

// IdleExpiresAt returns when the session ends if it is not used.
func (s *Session) IdleExpiresAt() time.Time {
	if at := s.LastUsedAt.Add(s.batch.db.SessionIdle); at.Before(s.ExpiresAt) {
		return at
	}
	return s.ExpiresAt
}

// EndSession ends a session: the actor's own, or any for administrators. An
// ended one stays as it is.
func (d *DB) EndSession(ctx context.Context, id uuid.UUID) (*Session, error) {
	return write(as(ctx, accounts), d, func(ctx context.Context, tx *Tx) (*Session, error) {
		row, err := lock(ctx, tx, sessions, id)
		if err != nil || row.EndedAt != nil {
			return row, err
		}
		err = tx.QueryRowxContext(ctx, "UPDATE sessions SET ended_at = now() WHERE id = $1 RETURNING ended_at", id).Scan(&row.EndedAt)
		if err != nil {
			return nil, translate(err)
		}
		whose, err := tx.whose(ctx, row.UserID)
		if err != nil {
			return nil, err
		}
		return row, tx.record(ctx, event{action: "SIGNED_OUT", reason: whose})
	})
}

// whose says for the audit whose something is: "of nino", or nothing of whoever acts.
func (tx *Tx) whose(ctx context.Context, user uuid.UUID) (words string, err error) {
	actor, _ := auth.From(ctx)
	if user == actor.UserID {
		return "", nil
	}
	err = tx.GetContext(ctx, &words, "SELECT 'of ' || login_name FROM users WHERE id = $1", user)
	return words, translate(err)
}

// Find returns who a session's or an API token's hash stands for, and
// auth.ErrUnknownToken when it stands for nobody: it ended, it was revoked, or
// its user may not sign in any more.
func (d *DB) Find(ctx context.Context, kind auth.TokenKind, hash []byte) (auth.Actor, error) {
	return d.find(ctx, kind, hash, true)
}

// Look is Find that leaves no trace of a use: who only listens uses nothing.
func (d *DB) Look(ctx context.Context, kind auth.TokenKind, hash []byte) (auth.Actor, error) {
	return d.find(ctx, kind, hash, false)
}

func (d *DB) find(ctx context.Context, kind auth.TokenKind, hash []byte, isUse bool) (auth.Actor, error) {
	switch kind {
	case auth.SessionToken:
		return d.findSession(ctx, hash, isUse)
	case auth.APIToken:
		return d.findToken(ctx, hash, isUse)
	}
	return auth.Actor{}, auth.ErrUnknownToken
}

// An identity is what a token's hash leads to.
type identity struct {
	ID             uuid.UUID
	UserID         uuid.UUID     `db:"user_id"`
	LoginName      string        `db:"login_name"`
	Role           auth.Role     `db:"role"`
	OwnRole        auth.Role     `db:"own_role"`
	PractitionerID uuid.NullUUID `db:"practitioner_id"`
	IsStale        bool          `db:"is_stale"` // its use was noted a while ago
	Glass          []byte        `db:"glass"`    // JSON, as auth.Glass
}

// The columns and joins of an identity beside the row t of the token.
const (
	identityColumns = `t.id, t.user_id, u.login_name, u.role AS own_role, u.practitioner_id, g.glass`
	identityJoins   = `
		JOIN users u ON u.id = t.user_id AND u.is_active
		CROSS JOIN LATERAL (
			SELECT jsonb_agg(jsonb_build_object('ID', id, 'PatientID', patient_id, 'ClosesAt', closes_at)) AS glass
			FROM glass_accesses WHERE user_id = u.id AND closes_at > now()
		) g`
)

// noteUse begins a statement that nobody waits for on a disk or on a standby: who
// reads must not depend on what is written besides.
const noteUse = "WITH unawaited AS (SELECT set_config('synchronous_commit', 'off', true)) "

// findSession returns whose session it is, and notes a use of it.
func (d *DB) findSession(ctx context.Context, hash []byte, isUse bool) (auth.Actor, error) {
	var found identity
	err := d.pools[accounts].GetContext(ctx, &found, `
		SELECT `+identityColumns+`, u.role, t.last_used_at < now() - least($2 * 0.05, 60) * interval '1 second' AS is_stale
		FROM sessions t`+identityJoins+`
		WHERE t.token_hash = $1 AND t.ended_at IS NULL AND t.expires_at > now() AND t.last_used_at > now() - $2 * interval '1 second'`,
		hash, d.SessionIdle.Seconds())
	if err != nil {
		return auth.Actor{}, unknownToken(err)
	}
	if found.IsStale && isUse {
		_, err := d.pools[accounts].ExecContext(ctx, noteUse+"UPDATE sessions SET last_used_at = now() FROM unawaited WHERE id = $1", found.ID)
		if err := translate(err); err != nil && !errors.Is(err, ErrNoWrites) { // else it ends a little sooner
			return auth.Actor{}, fmt.Errorf("note the use of a session: %w", err)
		}
	}
	actor, err := found.actor()
	actor.SessionID = found.ID
	return actor, err
}

// findToken returns for whom the token acts, in its role, as long as its user's
// role has the same rights.
func (d *DB) findToken(ctx context.Context, hash []byte, isUse bool) (auth.Actor, error) {
	var found identity
	err := d.pools[accounts].GetContext(ctx, &found, `
		SELECT `+identityColumns+`, t.role, coalesce(t.last_used_at, '-infinity') < now() - interval '1 minute' AS is_stale
		FROM api_tokens t`+identityJoins+`
		WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > now()`, hash)
	if err != nil {
		return auth.Actor{}, unknownToken(err)
	}
	if !found.OwnRole.Covers(found.Role) {
		return auth.Actor{}, auth.ErrUnknownToken
	}
	if found.IsStale && isUse {
		_, err := d.pools[accounts].ExecContext(ctx, noteUse+"UPDATE api_tokens SET last_used_at = now() FROM unawaited WHERE id = $1", found.ID)
		if err := translate(err); err != nil && !errors.Is(err, ErrNoWrites) {
			return auth.Actor{}, fmt.Errorf("note the use of a token: %w", err)
		}
	}
	actor, err := found.actor()
	actor.TokenID = found.ID
	return actor, err
}

func unknownToken(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return auth.ErrUnknownToken
	}
	return fmt.Errorf("find who is signed in: %w", translate(err))
}

func (i *identity) actor() (auth.Actor, error) {
	a := auth.Actor{Name: i.LoginName, Role: i.Role, UserID: i.UserID, PractitionerID: i.PractitionerID.UUID}
	if i.Glass == nil {
		return a, nil
	}
	return a, json.Unmarshal(i.Glass, &a.Glass)
}

// The types that lists of sessions are made of.
type (
	SessionConnection = Connection[Session]
	SessionEdge       = Edge[Session]
)
