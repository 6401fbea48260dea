package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
)

// SignedIn is what came of a sign-in: a session with its token, or, where a
// second factor is asked for, a challenge.
type SignedIn struct {
	User         *User
	SessionToken string
	ExpiresAt    time.Time
	Challenge    *SecondFactorChallenge
}

// SecondFactorChallenge waits for a code after the password was right. Its
// token opens nothing else.
type SecondFactorChallenge struct {
	Token     string
	ExpiresAt time.Time
}

// challengeAge is how long a code is waited for.
const challengeAge = 5 * time.Minute

// credentials are a user with what proves who they are.
type credentials struct {
	User
	Hash   sql.NullString // of the password
	Secret sql.NullString // of the second factor, once it is confirmed
}

// SignIn starts a session for whoever knows the password, or asks for a code. A
// name that nobody has is refused with the same words after the same work.
func (d *DB) SignIn(ctx context.Context, name, password string) (*SignedIn, error) {
	c, err := d.check(ctx, normalLogin(name), password)
	if err != nil {
		return nil, err
	}
	if c.Secret.Valid {
		return d.challenge(ctx, c)
	}
	if err := d.forgive(ctx, c.LoginName); err != nil {
		return nil, err
	}
	return d.startSession(ctx, &c.User, c.hold)
}

// hold returns ErrSignIn when the password is another by now, and keeps it from
// being changed until tx ends: who changes it finds whatever began with the old one.
func (c *credentials) hold(ctx context.Context, tx *Tx) error {
	var same bool
	err := tx.GetContext(ctx, &same, "SELECT hash = $2 FROM passwords WHERE user_id = $1 FOR SHARE", c.ID, c.Hash)
	if err == nil && !same {
		return ErrSignIn
	}
	return translate(err)
}

// check returns the user with the name when the password is theirs, and ErrSignIn
// when it is not or there is no such user. Each call counts as a failure until
// forgive says otherwise.
func (d *DB) check(ctx context.Context, name, password string) (*credentials, error) {
	if err := d.countTry(ctx, name); err != nil {
		return nil, err
	}
	c, err := d.credentials(ctx, name)
	if err != nil {
		return nil, err
	}
	right, err := d.hasher.Verify(ctx, password, c.Hash.String)
	if err != nil { // nobody has looked at the password
		if err := d.takeBack(context.WithoutCancel(ctx), name, false); err != nil {
			return nil, err
		}
		return nil, busy(err)
	}
	if right && c.IsActive {
		return c, nil
	}
	who := auth.Anonymous
	if c.ID != uuid.Nil {
		who = auth.Actor{Name: c.LoginName, UserID: c.ID, Role: c.Role}
	}
	if err := d.recordEvents(as(auth.WithActor(ctx, who), accounts), event{action: "SIGN_IN_FAILED"}); err != nil {
		return nil, err
	}
	return nil, ErrSignIn
}

// credentials returns the user with the name; an empty one when there is none.
func (d *DB) credentials(ctx context.Context, name string) (*credentials, error) {
	c := &credentials{}
	targets := append(users.targets(&c.User), &c.Hash, &c.Secret)
	row := d.pools[accounts].QueryRowxContext(ctx, `
		SELECT `+users.list("t")+`, p.hash, f.secret
		FROM users t
		LEFT JOIN passwords p ON p.user_id = t.id
		LEFT JOIN second_factors f ON f.user_id = t.id AND f.confirmed_at IS NOT NULL
		WHERE t.login_name = $1`, name)
	if err := row.Scan(targets...); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("read user: %w", translate(err))
	}
	return c, nil
}

// challenge asks for a code.
func (d *DB) challenge(ctx context.Context, c *credentials) (*SignedIn, error) {
	token, hash := auth.NewToken(auth.ChallengeToken)
	expires := time.Now().Add(challengeAge)
	err := d.change(as(ctx, accounts), func(ctx context.Context, tx *Tx) error {
		if err := c.hold(ctx, tx); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `
			WITH ended AS (DELETE FROM sign_in_challenges WHERE user_id = $2 OR expires_at < now())
			INSERT INTO sign_in_challenges (token_hash, user_id, expires_at) VALUES ($1, $2, $3)`, hash, c.ID, expires)
		return translate(err)
	})
	if err != nil {
		return nil, err
	}
	return &SignedIn{Challenge: &SecondFactorChallenge{token, expires}}, nil
}

// startSession signs a user in. Whatever session the request came with ends, so
// that nobody goes on with a token from before. Before is done in the same
// transaction. Whoever was deactivated in the meantime gets ErrSignIn.
func (d *DB) startSession(ctx context.Context, u *User, before func(context.Context, *Tx) error) (*SignedIn, error) {
	now := time.Now()
	token, hash := auth.NewToken(auth.SessionToken)
	visit := auth.VisitFrom(ctx)
	old, _ := auth.From(ctx)
	signedIn := &SignedIn{User: u, SessionToken: token, ExpiresAt: now.Add(d.SessionMax)}
	ctx = auth.WithActor(ctx, auth.Actor{Name: u.LoginName, Role: u.Role, UserID: u.ID})
	err := d.change(as(ctx, accounts), func(ctx context.Context, tx *Tx) error {
		var active bool
		if err := tx.GetContext(ctx, &active, "SELECT is_active FROM users WHERE id = $1 FOR SHARE", u.ID); err != nil {
			return translate(err)
		}
		if !active {
			return ErrSignIn
		}
		if before != nil {
			if err := before(ctx, tx); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `
			WITH ended AS (UPDATE sessions SET ended_at = now() WHERE id = $7 AND ended_at IS NULL)
			INSERT INTO sessions (id, user_id, token_hash, user_agent, address, expires_at)
			VALUES ($1, $2, $3, nullif($4, ''), nullif($5, ''), $6)`,
			NewID(KindSession), u.ID, hash, visit.UserAgent, addressOf(visit), signedIn.ExpiresAt, old.SessionID)
		if err != nil {
			return fmt.Errorf("start a session: %w", translate(err))
		}
		return tx.record(ctx, event{action: "SIGNED_IN"})
	})
	if err != nil {
		return nil, err
	}
	newBatch(ctx, d, []*User{u})
	return signedIn, nil
}

// SignOut ends the session of whoever acts.
func (d *DB) SignOut(ctx context.Context) error {
	actor, _ := auth.From(ctx)
	if actor.SessionID == uuid.Nil {
		return &ConflictError{"programs have no session: revoke their token"}
	}
	return d.change(as(ctx, accounts), func(ctx context.Context, tx *Tx) error {
		if _, err := tx.ExecContext(ctx, "UPDATE sessions SET ended_at = now() WHERE id = $1 AND ended_at IS NULL", actor.SessionID); err != nil {
			return translate(err)
		}
		return tx.record(ctx, event{action: "SIGNED_OUT"})
	})
}
