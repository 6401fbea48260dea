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

// PasswordLink lets somebody set a password once.
type PasswordLink struct {
	Token     string
	ExpiresAt time.Time
}

// How long links are good for: the first administrator's is printed to whoever
// sits at the server, the others are sent.
const (
	setUpLinkAge    = 15 * time.Minute
	passwordLinkAge = 48 * time.Hour
)

// errUsedLink is told alike of a link that is used, late or made up.
func errUsedLink() error {
	return Invalid("token", WrongSecret, "was used before, is too late, or is none of ours")
}

// SetUpLink returns a link for the first administrator when there is no user and
// no such link that is still good; else nil. Of several servers that ask at
// once one gets it.
func (d *DB) SetUpLink(ctx context.Context) (*PasswordLink, error) {
	token, hash := auth.NewToken(auth.LinkToken)
	link := &PasswordLink{token, time.Now().Add(setUpLinkAge)}
	made := false
	err := d.change(as(ctx, accounts), func(ctx context.Context, tx *Tx) error {
		if err := tx.lockSetUp(ctx); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `
			INSERT INTO password_links AS l (token_hash, expires_at) SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM users)
			ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at WHERE l.expires_at < now()`,
			hash, link.ExpiresAt)
		if err != nil {
			return translate(err)
		}
		n, err := result.RowsAffected()
		made = n == 1
		return err
	})
	if err != nil || !made {
		return nil, err
	}
	return link, nil
}

// lockSetUp makes those who set up the first administrator take turns.
func (tx *Tx) lockSetUp(ctx context.Context) error {
	_, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(5021767300485)")
	return translate(err)
}

// SetUpFirstAdministrator makes the first user, by the link that the server
// printed, and signs them in.
func (d *DB) SetUpFirstAdministrator(ctx context.Context, token string, u *User, password string) (*SignedIn, error) {
	_, hash, ok := auth.HashToken(token)
	if !ok {
		return nil, errUsedLink()
	}
	// Looked at first, or anybody could keep those who hash busy.
	var good bool
	err := d.pools[accounts].GetContext(ctx, &good, `
		SELECT EXISTS (SELECT FROM password_links WHERE token_hash = $1 AND user_id IS NULL AND expires_at > now())`, hash)
	if err != nil {
		return nil, fmt.Errorf("read link: %w", translate(err))
	}
	if !good {
		return nil, errUsedLink()
	}
	secret, err := d.newPassword(ctx, "password", password, u.LoginName, u.DisplayName)
	if err != nil {
		return nil, err
	}
	u.Role, u.IsActive = auth.Admin, true
	who := auth.WithActor(ctx, auth.SystemActor("set-up"))
	err = d.change(as(who, accounts), func(ctx context.Context, tx *Tx) error {
		if err := tx.lockSetUp(ctx); err != nil {
			return err
		}
		err := tx.GetContext(ctx, &good, `
			WITH used AS (DELETE FROM password_links WHERE token_hash = $1 AND user_id IS NULL AND expires_at > now() RETURNING 1)
			SELECT EXISTS (SELECT FROM used) AND NOT EXISTS (SELECT FROM users)`, hash)
		if err != nil {
			return translate(err)
		}
		if !good {
			return errUsedLink()
		}
		if u, err = create(ctx, tx, users, u); err != nil {
			return err
		}
		return tx.setPassword(ctx, u.ID, secret)
	})
	if err != nil {
		return nil, err
	}
	return d.startSession(ctx, u, nil)
}

// InviteUser adds u without a password, and makes a link with which they set
// one. Programs may not, as with CreatePasswordLink.
func (d *DB) InviteUser(ctx context.Context, u *User) (*User, *PasswordLink, error) {
	if actor, _ := auth.From(ctx); actor.TokenID != uuid.Nil {
		return nil, nil, Invalid("loginName", NotAllowedNow, "is given by people who are signed in, not by programs")
	}
	row, err := d.AddUser(ctx, u, "")
	if err != nil {
		return nil, nil, err
	}
	_, link, err := d.linkTo(ctx, row.ID, false)
	return row, link, err
}

// CreatePasswordLink makes a link with which the user sets a password, in the
// place of any other. Until it is used the old password stays good. Programs may
// not: their token would be worth a session of anybody.
func (d *DB) CreatePasswordLink(ctx context.Context, user uuid.UUID, secondFactorToo bool) (*User, *PasswordLink, error) {
	if actor, _ := auth.From(ctx); actor.TokenID != uuid.Nil {
		return nil, nil, Invalid("userId", NotAllowedNow, "is given a link by people who are signed in, not by programs")
	}
	return d.linkTo(ctx, user, secondFactorToo)
}

func (d *DB) linkTo(ctx context.Context, user uuid.UUID, secondFactorToo bool) (*User, *PasswordLink, error) {
	token, hash := auth.NewToken(auth.LinkToken)
	link := &PasswordLink{token, time.Now().Add(passwordLinkAge)}
	var row *User
	err := d.change(as(ctx, accounts), func(ctx context.Context, tx *Tx) (err error) {
		if row, err = lock(ctx, tx, users, user); err != nil {
			return err
		}
		if !row.IsActive {
			return Invalid("userId", Inactive, "is a user who is not active")
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO password_links (token_hash, user_id, expires_at) VALUES ($1, $2, $3)
			ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at, created_at = now()`,
			hash, user, link.ExpiresAt)
		if err != nil {
			return translate(err)
		}
		changed := []string{"User.passwordLink"}
		if secondFactorToo {
			changed = append(changed, "User.secondFactor")
			if err := tx.removeSecondFactor(ctx, user); err != nil {
				return err
			}
		}
		return tx.record(ctx, event{action: "SECURITY_CHANGED", fields: changed, reason: "of " + row.LoginName})
	})
	if err != nil {
		return nil, nil, err
	}
	return row, link, nil
}

// UsePasswordLink sets the password of the user whose link it is, ends their
// other sessions and signs them in, or asks for a code first.
func (d *DB) UsePasswordLink(ctx context.Context, token, password string) (*SignedIn, error) {
	_, hash, ok := auth.HashToken(token)
	if !ok {
		return nil, errUsedLink()
	}
	u, err := d.linkedUser(ctx, hash)
	if err != nil {
		return nil, err
	}
	secret, err := d.newPassword(ctx, "password", password, u.LoginName, u.DisplayName)
	if err != nil {
		return nil, err
	}
	who := auth.WithActor(ctx, auth.Actor{Name: u.LoginName, Role: u.Role, UserID: u.ID})
	err = d.change(as(who, accounts), func(ctx context.Context, tx *Tx) error {
		used, err := tx.ExecContext(ctx, "DELETE FROM password_links WHERE token_hash = $1 AND expires_at > now()", hash)
		if err != nil {
			return translate(err)
		}
		if n, err := used.RowsAffected(); err != nil || n == 0 {
			return errUsedLink()
		}
		if err := tx.setPassword(ctx, u.ID, secret); err != nil {
			return err
		}
		return tx.secureAnew(ctx, u, false)
	})
	if err != nil {
		return nil, err
	}
	c, err := d.credentials(ctx, u.LoginName)
	if err != nil {
		return nil, err
	}
	if c.Secret.Valid {
		return d.challenge(ctx, c)
	}
	return d.startSession(ctx, u, c.hold)
}

// linkedUser returns whose link has the hash.
func (d *DB) linkedUser(ctx context.Context, hash []byte) (*User, error) {
	u := &User{}
	row := d.pools[accounts].QueryRowxContext(ctx, `
		SELECT `+users.list("t")+`
		FROM users t
		JOIN password_links l ON l.user_id = t.id
		WHERE l.token_hash = $1 AND l.expires_at > now() AND t.is_active`, hash)
	switch err := row.Scan(users.targets(u)...); {
	case errors.Is(err, sql.ErrNoRows):
		return nil, errUsedLink()
	case err != nil:
		return nil, fmt.Errorf("read link: %w", translate(err))
	}
	return u, nil
}
