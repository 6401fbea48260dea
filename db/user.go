package db

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
)

// User is one row of users: somebody who can sign in.
type User struct {
	Row
	LoginName       string     `db:"login_name" max:"63"` // unique, and never given to another
	DisplayName     string     `db:"display_name" max:"200"`
	Role            auth.Role  `db:"role"`
	PractitionerID  *uuid.UUID `db:"practitioner_id"` // who they are among the practitioners
	IsActive        bool       `db:"is_active"`
	IsDemonstration bool       `db:"is_demonstration"` // of a made-up clinic, whose passwords are printed
}

var users = newTable(table[User]{
	name: "users", kind: KindUser,
	usual: []orderKey{{column: "login_name"}},
})

// UserWhere holds conditions on users.
type UserWhere struct {
	ID             *IDFilter
	LoginName      *StringFilter `text:"exact"`
	Role           *RoleFilter
	PractitionerID *IDFilter
	IsActive       *bool
	And, Or        []*UserWhere
	Not            *UserWhere
}

var loginName = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{1,62}$`)

func (u *User) check(_ *Clinic, found *problems) {
	if !loginName.MatchString(u.LoginName) {
		found.add("loginName", BadFormat, "has 2 to 63 of a-z, 0-9 and . _ @ -, and begins with a letter or digit")
	}
}

// Practitioner returns who the user is among the practitioners, or nil.
func (u *User) Practitioner(ctx context.Context) (*Practitioner, error) {
	return one(ctx, u, practitioners, "practitioner_id")
}

// Sessions returns a page of where the user is and was signed in, newest first.
func (u *User) Sessions(ctx context.Context, first *int32, after *string, last *int32, before *string) (*SessionConnection, error) {
	return many(ctx, u, sessions, "t.user_id = p.id", query{page: Page{first, after, last, before}})
}

// ApiTokens returns a page of the user's tokens, newest first, ended ones included.
func (u *User) ApiTokens(ctx context.Context, first *int32, after *string, last *int32, before *string) (*ApiTokenConnection, error) {
	return many(ctx, u, apiTokens, "t.user_id = p.id", query{page: Page{first, after, last, before}})
}

// HasSecondFactor says whether the user is asked for a code at sign-in.
func (u *User) HasSecondFactor(ctx context.Context) (bool, error) {
	found, err := u.batch.load("second_factors", func() (any, error) { return u.batch.db.withSecondFactor(ctx, u.batch.ids()) })
	if err != nil {
		return false, err
	}
	return found.(map[uuid.UUID]bool)[u.ID], nil
}

// LastSignedInAt returns when the user last signed in, or nil.
func (u *User) LastSignedInAt(ctx context.Context) (*time.Time, error) {
	one := int32(1)
	page, err := u.Sessions(ctx, &one, nil, nil, nil)
	if err != nil {
		return nil, err
	}
	latest, err := page.first(ctx)
	if err != nil || latest == nil {
		return nil, err
	}
	return &latest.CreatedAt, nil
}

// User returns the user with the id, or ErrNotFound.
func (d *DB) User(ctx context.Context, id uuid.UUID) (*User, error) { return get(ctx, d, users, id) }

// Users returns a page of all users.
func (d *DB) Users(ctx context.Context, page Page, where *UserWhere) (*UserConnection, error) {
	return list(ctx, d, users, query{page: page, where: where})
}

// AddUser adds u with a password; "" leaves them without one until they use a link.
func (d *DB) AddUser(ctx context.Context, u *User, password string) (*User, error) {
	hash := ""
	if password != "" {
		var err error
		if hash, err = d.newPassword(ctx, "password", password, u.LoginName, u.DisplayName); err != nil {
			return nil, err
		}
	}
	return write(as(ctx, accounts), d, func(ctx context.Context, tx *Tx) (*User, error) {
		u.IsActive = true
		row, err := create(ctx, tx, users, u)
		if err == nil && hash != "" {
			err = tx.setPassword(ctx, row.ID, hash)
		}
		return row, err
	})
}

// UpdateUser lets change edit the user of the expected version. The last
// administrator stays one.
func (d *DB) UpdateUser(ctx context.Context, id uuid.UUID, expected int32, change func(*User)) (*User, error) {
	return edit(as(ctx, accounts), d, users, id, expected, func(ctx context.Context, tx *Tx, u *User) error {
		was := u.Role
		change(u)
		if was == auth.Admin && u.Role != auth.Admin {
			return tx.keepAdministrator(ctx, u)
		}
		return nil
	})
}

// DeactivateUser ends all sessions and tokens of the user, who cannot sign in any more.
func (d *DB) DeactivateUser(ctx context.Context, id uuid.UUID, expected int32, reason string) (*User, error) {
	return edit(as(ctx, accounts), d, users, id, expected, func(ctx context.Context, tx *Tx, u *User) error {
		if code, message := CheckText(reason, 500); code != "" {
			return Invalid("reason", code, message)
		}
		if !u.IsActive {
			return &ConflictError{"this user is not active"}
		}
		u.IsActive = false
		if err := tx.explain(ctx, reason); err != nil {
			return err
		}
		if err := tx.keepAdministrator(ctx, u); err != nil {
			return err
		}
		for _, end := range []string{
			"UPDATE api_tokens SET revoked_at = now() WHERE user_id = $1 AND revoked_at IS NULL",
			"DELETE FROM password_links WHERE user_id = $1",
		} {
			if _, err := tx.ExecContext(ctx, end, id); err != nil {
				return translate(err)
			}
		}
		return tx.endSessions(ctx, id)
	})
}

// ReactivateUser lets the user sign in again, with the password they had.
func (d *DB) ReactivateUser(ctx context.Context, id uuid.UUID, expected int32) (*User, error) {
	return edit(as(ctx, accounts), d, users, id, expected, func(_ context.Context, _ *Tx, u *User) error {
		u.IsActive = true
		return nil
	})
}

// keepAdministrator refuses to go on when u is the last active administrator.
func (tx *Tx) keepAdministrator(ctx context.Context, u *User) error {
	// One at a time, or two administrators could each remove the other.
	if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(5021767300484)"); err != nil {
		return translate(err)
	}
	var last bool
	err := tx.GetContext(ctx, &last, `
		SELECT role = 'ADMIN' AND is_active AND NOT EXISTS (SELECT FROM users o WHERE o.role = 'ADMIN' AND o.is_active AND o.id <> u.id)
		FROM users u
		WHERE u.id = $1`, u.ID)
	if err == nil && last {
		return &ConflictError{"this is the last administrator"}
	}
	return translate(err)
}

// HasUsers says whether anybody can sign in.
func (d *DB) HasUsers(ctx context.Context) (some bool, err error) {
	err = d.pools[accounts].GetContext(ctx, &some, "SELECT EXISTS (SELECT FROM users)")
	if err != nil {
		return false, fmt.Errorf("look for users: %w", translate(err))
	}
	return some, nil
}

// UserNamed returns the user with the login name, or ErrNotFound.
func (d *DB) UserNamed(ctx context.Context, name string) (*User, error) {
	return find(ctx, d, users, &UserWhere{LoginName: &StringFilter{Eq: &name}})
}

// The types that lists of users are made of.
type (
	UserConnection = Connection[User]
	UserEdge       = Edge[User]
	RoleFilter     = EnumFilter[auth.Role]
)

// UserEdgeOf returns u as an edge of the list of users.
func UserEdgeOf(u *User) *UserEdge { return edge(users, u) }
