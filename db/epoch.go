package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"sync/atomic"

	"github.com/lib/pq"
)

// An epoch counts how often the server of the database was lost. What was connected
// to before is not used again: after a fail-over it may be gone or be a standby, and
// each connection would find that out by itself, at the cost of somebody's request.
type epoch struct{ atomic.Int64 }

// A datedConn is a connection of an epoch.
type datedConn struct {
	postgresConn
	now  *epoch
	born int64
	past bool // it writes nothing in any case

	prepared *preparation // nil for a connection that prepares nothing
	socket   net.Conn     // below what encrypts
}

// connect opens a connection. Its epoch is that of before, or the loss of the
// server meanwhile would be missed.
func (e *epoch) connect(ctx context.Context, inner *pq.Connector, past bool) (*datedConn, error) {
	born := e.Load()
	c := &datedConn{now: e, born: born, past: past}
	conn, err := inner.Connect(context.WithValue(ctx, socketKey{}, &c.socket))
	if err != nil {
		return nil, &connectError{err}
	}
	c.postgresConn = conn.(postgresConn)
	return c, nil
}

// ResetSession implements driver.SessionResetter.
func (c *datedConn) ResetSession(ctx context.Context) error {
	if c.now.Load() != c.born {
		return driver.ErrBadConn
	}
	return c.postgresConn.ResetSession(ctx)
}

// QueryContext implements driver.QueryerContext.
func (c *datedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := c.prepared.query(ctx, c.postgresConn, query, args)
	return rows, c.see(ctx, err)
}

// ExecContext implements driver.ExecerContext.
func (c *datedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	result, err := c.prepared.exec(ctx, c.postgresConn, query, args)
	return result, c.see(ctx, err)
}

// BeginTx implements driver.ConnBeginTx.
func (c *datedConn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	tx, err := c.postgresConn.BeginTx(ctx, options)
	var pe *pq.Error
	if errors.As(err, &pe) && pe.Code == "0A000" { // the driver asks for READ WRITE, which a standby does not know
		err = errStandby
	}
	return tx, c.see(ctx, err)
}

// see ends the epoch when err says that the server is lost, and returns what it
// means. Of all that find out at once, one ends it.
func (c *datedConn) see(ctx context.Context, err error) error {
	switch {
	case err == nil || ctx.Err() != nil:
		return err
	case !c.past && isReadOnly(err):
		err = errStandby
	case err != errStandby && !isLost(err):
		return err
	}
	c.now.CompareAndSwap(c.born, c.born+1)
	return err
}

// errStandby says that the server takes no writes: an address leads to a standby.
// Nothing took effect.
var errStandby = &standbyError{}

type standbyError struct{}

func (*standbyError) Error() string {
	return "the server of the database takes no writes: it is a standby"
}
func (*standbyError) Unwrap() error { return ErrUnavailable }

func isReadOnly(err error) bool {
	var pe *pq.Error
	return errors.As(err, &pe) && pe.Code == "25006"
}

// isLost says whether err is one of a connection that broke. The driver makes that
// of a server that shuts down too (57P01).
func isLost(err error) bool {
	var oe *net.OpError
	return errors.Is(err, driver.ErrBadConn) || errors.As(err, &oe) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// A connectError is that no connection was to be had, from any of the hosts.
type connectError struct{ err error }

func (e *connectError) Error() string { return e.err.Error() }
func (e *connectError) Unwrap() error { return e.err }

// An owner opens connections as the address says.
type owner struct {
	epoch *epoch
	inner *pq.Connector
}

// Connect implements driver.Connector.
func (o *owner) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := o.epoch.connect(ctx, o.inner, false)
	if err != nil {
		return nil, err
	}
	return conn, nil
}

// Driver implements driver.Connector.
func (*owner) Driver() driver.Driver { return &pq.Driver{} }
