package db

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
)

// newPassword checks a password that the user of the names is to have, and
// hashes it. It is done before a transaction is begun, as it takes long.
func (d *DB) newPassword(ctx context.Context, field, password string, about ...string) (hash string, err error) {
	if code, message := auth.CheckPassword(password, about...); code != "" {
		return "", Invalid(field, ProblemCode(code), message)
	}
	hash, err = d.hasher.Hash(ctx, password)
	return hash, busy(err)
}

// busy makes of a queue that is full what clients are told.
func busy(err error) error {
	if errors.Is(err, auth.ErrBusy) {
		return &RateLimitedError{RetryAfter: time.Second}
	}
	return err
}

// setPassword keeps the hash as the user's password. A link that was to set one
// is no longer good.
func (tx *Tx) setPassword(ctx context.Context, user uuid.UUID, hash string) error {
	_, err := tx.ExecContext(ctx, `
		WITH ended AS (DELETE FROM password_links WHERE user_id = $1)
		INSERT INTO passwords (user_id, hash) VALUES ($1, $2)
		ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, changed_at = now()`, user, hash)
	return translate(err)
}

// checkPassword says whether the password is the one of the user who acts. Its
// tries count as sign-ins do.
func (d *DB) checkPassword(ctx context.Context, field, password string) (*credentials, error) {
	actor, _ := auth.From(ctx)
	if actor.SessionID == uuid.Nil {
		return nil, Invalid(field, NotAllowedNow, "is asked of people who are signed in, not of programs")
	}
	c, err := d.check(ctx, actor.Name, password)
	switch {
	case errors.Is(err, ErrSignIn):
		return nil, Invalid(field, WrongSecret, "is not your password")
	case err != nil:
		return nil, err
	}
	return c, d.forgive(ctx, actor.Name)
}

// ChangePassword gives the user who acts another password. Their other sessions
// end; this one gets a new token, which is returned.
func (d *DB) ChangePassword(ctx context.Context, current, password string) (*SignedIn, error) {
	c, err := d.checkPassword(ctx, "currentPassword", current)
	if err != nil {
		return nil, err
	}
	hash, err := d.newPassword(ctx, "newPassword", password, c.LoginName, c.DisplayName)
	if err != nil {
		return nil, err
	}
	return d.startSession(ctx, &c.User, func(ctx context.Context, tx *Tx) error {
		if err := tx.setPassword(ctx, c.ID, hash); err != nil {
			return err
		}
		if err := tx.endSessions(ctx, c.ID); err != nil {
			return err
		}
		return tx.record(ctx, event{action: "SECURITY_CHANGED", fields: []string{"User.password"}})
	})
}

// ResetPassword gives a user another password without asking for the old one,
// and takes their second factor away if told to. All their sessions end.
func (d *DB) ResetPassword(ctx context.Context, u *User, password string, secondFactorToo bool) error {
	hash, err := d.newPassword(ctx, "password", password, u.LoginName, u.DisplayName)
	if err != nil {
		return err
	}
	return d.change(as(ctx, accounts), func(ctx context.Context, tx *Tx) error {
		if err := tx.setPassword(ctx, u.ID, hash); err != nil {
			return err
		}
		return tx.secureAnew(ctx, u, secondFactorToo)
	})
}

// secureAnew ends the sessions of a user whose password was changed, takes the
// second factor away if told to, and records it.
func (tx *Tx) secureAnew(ctx context.Context, u *User, secondFactorToo bool) error {
	changed := []string{"User.password"}
	if secondFactorToo {
		changed = append(changed, "User.secondFactor")
		if err := tx.removeSecondFactor(ctx, u.ID); err != nil {
			return err
		}
	}
	if err := tx.endSessions(ctx, u.ID); err != nil {
		return err
	}
	return tx.record(ctx, event{action: "SECURITY_CHANGED", fields: changed, reason: "of " + u.LoginName})
}

// endSessions ends all sessions of the user, and whatever sign-in was under way.
func (tx *Tx) endSessions(ctx context.Context, user uuid.UUID) error {
	for _, end := range []string{
		"UPDATE sessions SET ended_at = now() WHERE user_id = $1 AND ended_at IS NULL",
		"DELETE FROM sign_in_challenges WHERE user_id = $1",
	} {
		if _, err := tx.ExecContext(ctx, end, user); err != nil {
			return fmt.Errorf("end sessions: %w", translate(err))
		}
	}
	return nil
}

// normalLogin is a login name as it is kept.
func normalLogin(name string) string { return strings.ToLower(strings.TrimSpace(name)) }
