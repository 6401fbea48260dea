package db

import (
	"context"
	"database/sql/driver"
	"fmt"

	"github.com/lib/pq"
)

// errOnOneServer says that Postgres gave up to wait for a standby: what was
// written is there, and is lost if a standby takes over now.
var errOnOneServer = fmt.Errorf("%w: the change may be on one server only", ErrUnavailable)

// A liveConn is a connection that does not take a change for done that was
// committed without the standby that was to have it. Postgres says so in a
// warning, and success besides: somebody cancelled the wait.
type liveConn struct {
	postgresConn
	isAlone bool // since the last statement or COMMIT began, Postgres said so

	dated     *datedConn
	values    []driver.Value // of the row that is being read
	isGivenUp bool
}

func newLiveConn(conn *datedConn) *liveConn {
	conn.prepared = newPreparation(conn.postgresConn)
	c := &liveConn{postgresConn: conn, dated: conn}
	pq.SetNoticeHandler(conn.postgresConn, c.hear)
	return c
}

// hear takes what Postgres says beside its answers. Texts are in the language of
// the server, and the code is that of any warning: who says it tells it apart.
func (c *liveConn) hear(notice *pq.Error) {
	if notice.Routine == "SyncRepWaitForLSN" {
		c.isAlone = true
	}
}

// ended is err, unless something was committed on one server only.
func (c *liveConn) ended(err error) error {
	if c.isAlone {
		return errOnOneServer
	}
	return err
}

// ExecContext implements driver.ExecerContext. Outside of a transaction it
// commits; no statement that is queried for rows writes without one.
func (c *liveConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.isAlone = false
	result, err := c.postgresConn.ExecContext(ctx, query, args)
	return result, c.ended(err)
}

// BeginTx implements driver.ConnBeginTx.
func (c *liveConn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	c.isAlone = false
	tx, err := c.postgresConn.BeginTx(ctx, options)
	return &liveTx{tx, c}, err
}

type liveTx struct {
	driver.Tx
	conn *liveConn
}

// Commit implements driver.Tx.
func (tx *liveTx) Commit() error {
	tx.conn.isAlone = false
	return tx.conn.ended(tx.Tx.Commit())
}
