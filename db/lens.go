package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"net/url"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

type lensKey struct{}

// AsOf returns a context whose reads see the clinic as it was at an instant
// that is past. Who may read what is decided as it is now.
func AsOf(ctx context.Context, at time.Time) (context.Context, error) {
	if at.After(time.Now()) {
		return nil, Invalid("at", InTheFuture, "lies in the future")
	}
	if at.Before(firstInstant) {
		at = firstInstant
	}
	return context.WithValue(ctx, lensKey{}, at.UTC().Truncate(time.Microsecond)), nil
}

// firstInstant stands for all that lie before it. There is no year 0 in Postgres,
// which an offset leads to.
var firstInstant = time.Date(1, 1, 2, 0, 0, 0, 0, time.UTC)

// pastOf returns the instant that ctx looks at, when that is not now.
func pastOf(ctx context.Context) (time.Time, bool) {
	at, ok := ctx.Value(lensKey{}).(time.Time)
	return at, ok
}

// live returns a context that looks at what is now.
func live(ctx context.Context) context.Context { return context.WithValue(ctx, lensKey{}, nil) }

// now is the instant that ctx looks at.
func now(ctx context.Context) time.Time {
	if at, ok := pastOf(ctx); ok {
		return at
	}
	return time.Now()
}

// The sizes of the pools that look at the past, which analysts do not.
var pastPoolSizes = map[login]int{reception: 2, care: 4, glass: 2, admin: 2, system: 2}

// What connections to the past are opened with besides: they find the views of
// what was before the tables of what is, and write nothing.
var pastParameters = url.Values{"search_path": {"asof, public"}, "default_transaction_read_only": {"on"}}

// poolOf returns the connections of l that see what ctx looks at. Accounts are
// a matter of now.
func (d *DB) poolOf(ctx context.Context, l login) *sqlx.DB {
	if _, past := pastOf(ctx); past && d.past[l] != nil {
		return d.past[l]
	}
	return d.pools[l]
}

// A pastConn is a connection to the past. Before each statement it sees to it
// that the instant is that of the statement's context. It runs nothing else: a
// transaction that ends takes an instant back that was set in it, and a prepared
// statement can be run in another context.
type pastConn struct {
	postgresConn
	at *time.Time // nil where the session's may be another
}

// postgresConn is what the driver's connections do.
type postgresConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.NamedValueChecker
	driver.Pinger
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
}

var errPast = errors.New("the past is read, one statement at a time")

// QueryContext implements driver.QueryerContext.
func (c *pastConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if err := c.look(ctx); err != nil {
		return nil, err
	}
	return c.postgresConn.QueryContext(ctx, query, args)
}

// ExecContext implements driver.ExecerContext.
func (c *pastConn) ExecContext(context.Context, string, []driver.NamedValue) (driver.Result, error) {
	return nil, errPast
}

// BeginTx implements driver.ConnBeginTx.
func (c *pastConn) BeginTx(context.Context, driver.TxOptions) (driver.Tx, error) {
	return nil, errPast
}

// PrepareContext implements driver.ConnPrepareContext.
func (c *pastConn) PrepareContext(context.Context, string) (driver.Stmt, error) {
	return nil, errPast
}

// look sets the instant. A context that has none looks at nothing.
func (c *pastConn) look(ctx context.Context) error {
	at, ok := pastOf(ctx)
	if !ok {
		return errPast
	}
	if c.at != nil && at.Equal(*c.at) {
		return nil
	}
	c.at = nil
	_, err := c.postgresConn.ExecContext(ctx, "SET clinicql.as_of = "+pq.QuoteLiteral(at.Format(time.RFC3339Nano)), nil)
	if err == nil {
		c.at = &at
	}
	return err
}
