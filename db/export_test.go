package db

import (
	"context"

	"github.com/jmoiron/sqlx"
)

// SetPoolSize bounds the connections, to show what waits for one while it holds another.
func (d *DB) SetPoolSize(n int) {
	for _, pool := range d.pools {
		pool.SetMaxOpenConns(n)
	}
}

// ConstraintFields are the constraints whose errors are told as problems of a field.
var ConstraintFields = constraintFields

// Logins are those as which the application connects.
var Logins = []string{string(accounts), string(reception), string(care), string(glass), string(admin), string(analyst), string(system)}

// Pool returns the connections of a login.
func (d *DB) Pool(name string) *sqlx.DB { return d.pools[login(name)] }

// MakeLogin makes a login, and returns its name in the cluster and its password.
func (d *DB) MakeLogin(ctx context.Context, name string) (user, password string, err error) {
	return d.makeLogin(ctx, login(name))
}
