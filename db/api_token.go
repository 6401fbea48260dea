package db

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
)

// ApiToken is one row of api_tokens: that with which a program acts for a user.
// The hash of the token is no column of it.
type ApiToken struct {
	Row
	UserID     uuid.UUID  `db:"user_id"`
	Name       string     `db:"name" max:"100"`
	Role       auth.Role  `db:"role"` // never more than the user's
	LastUsedAt *time.Time `db:"last_used_at"`
	ExpiresAt  time.Time  `db:"expires_at"`
	RevokedAt  *time.Time `db:"revoked_at"`
}

var apiTokens = newTable(table[ApiToken]{
	name: "api_tokens", kind: KindAPIToken, wall: wall{user: "user_id"},
	usual: []orderKey{{column: "created_at", desc: true}},
})

// maxTokenAge is the longest that a token is good for.
const maxTokenAge = 366 * 24 * time.Hour

func (t *ApiToken) check(_ *Clinic, found *problems) {
	switch age := time.Until(t.ExpiresAt); {
	case age <= 0:
		found.add("expiresAt", InThePast, "lies in the past")
	case age > maxTokenAge:
		found.add("expiresAt", InTheFuture, "lies more than 366 days ahead")
	}
}

// User returns for whom the token acts.
func (t *ApiToken) User(ctx context.Context) (*User, error) { return one(ctx, t, users, "user_id") }

// CreateApiToken makes a token of the user who acts, and returns it with its
// row; it cannot be shown again. Tokens are made by people, not by programs.
func (d *DB) CreateApiToken(ctx context.Context, t *ApiToken) (row *ApiToken, token string, err error) {
	actor, _ := auth.From(ctx)
	if actor.SessionID == uuid.Nil {
		return nil, "", Invalid("name", NotAllowedNow, "is given by people who are signed in, not by programs")
	}
	if !actor.Role.Covers(t.Role) {
		return nil, "", Invalid("role", OutOfRange, "is more than your own role allows")
	}
	t.UserID = actor.UserID
	row, err = write(as(ctx, accounts), d, func(ctx context.Context, tx *Tx) (*ApiToken, error) {
		if err := checkRow(tx, t); err != nil {
			return nil, err
		}
		identify(apiTokens, t)
		var hash []byte
		token, hash = auth.NewToken(auth.APIToken)
		_, err := tx.ExecContext(ctx, `
			INSERT INTO api_tokens (id, user_id, name, role, token_hash, expires_at)
			VALUES ($1, $2, $3, $4, $5, $6)`, t.ID, t.UserID, t.Name, t.Role, hash, t.ExpiresAt)
		if err != nil {
			return nil, fmt.Errorf("make a token: %w", translate(err))
		}
		if err := tx.record(ctx, event{action: "SECURITY_CHANGED", fields: []string{"User.apiTokens"}, reason: t.Name}); err != nil {
			return nil, err
		}
		return lock(ctx, tx, apiTokens, t.ID)
	})
	return row, token, err
}

// RevokeApiToken ends a token: the actor's own, or any for administrators.
func (d *DB) RevokeApiToken(ctx context.Context, id uuid.UUID) (*ApiToken, error) {
	return write(as(ctx, accounts), d, func(ctx context.Context, tx *Tx) (*ApiToken, error) {
		row, err := lock(ctx, tx, apiTokens, id)
		if err != nil || row.RevokedAt != nil {
			return row, err
		}
		err = tx.QueryRowxContext(ctx, "UPDATE api_tokens SET revoked_at = now() WHERE id = $1 RETURNING revoked_at", id).Scan(&row.RevokedAt)
		if err != nil {
			return nil, translate(err)
		}
		whose, err := tx.whose(ctx, row.UserID)
		if err != nil {
			return nil, err
		}
		return row, tx.record(ctx, event{action: "SECURITY_CHANGED", fields: []string{"User.apiTokens"}, reason: strings.TrimSpace(row.Name + " " + whose)})
	})
}

// The types that lists of tokens are made of.
type (
	ApiTokenConnection = Connection[ApiToken]
	ApiTokenEdge       = Edge[ApiToken]
)
