package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// maxConnections is how many connections are tried for one statement: those that were open
// before the server was lost are found out when they are used.
const maxConnections = 3

// readLive runs a SELECT on a connection of its own and hands each row to scan.
func readLive(ctx context.Context, pool *sqlx.DB, s *statement, query string, scan func([]driver.Value) error) error {
	for try := 1; ; try++ {
		conn, err := pool.Conn(ctx)
		if err != nil {
			return err
		}
		isRead := false
		err = conn.Raw(func(c any) error {
			return c.(*liveConn).read(ctx, query, s.args, !s.isVaried, func(values []driver.Value) error {
				isRead = true
				return scan(values)
			})
		})
		_ = conn.Close()
		if isRead || try == maxConnections || !errors.Is(err, driver.ErrBadConn) {
			return err
		}
	}
}

// read runs a SELECT and hands each row to scan, which keeps none of its values. It is what
// database/sql and the driver do, without what they start for each statement to see its
// context end: that is seen here, and the connection is given up then.
func (c *liveConn) read(ctx context.Context, query string, args []any, prepare bool, scan func([]driver.Value) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	named, err := c.named(args)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, c.interrupt)
	defer func() {
		if !stop() {
			c.isGivenUp, err = true, ctx.Err()
		} else {
			err = c.dated.see(ctx, err)
		}
	}()
	as := forever
	if prepare {
		as = foreverPrepared
	}
	rows, err := c.dated.prepared.query(as, c.dated.postgresConn, query, named) // what an error says of the server is looked at above, by a context that ends
	if err != nil {
		return err
	}
	if cap(c.values) < len(rows.Columns()) {
		c.values = make([]driver.Value, len(rows.Columns()))
	}
	values := c.values[:len(rows.Columns())]
	defer clear(values)
	for {
		if err = rows.Next(values); err != nil {
			break
		}
		if err = scan(values); err != nil {
			break
		}
	}
	closed := rows.Close()
	if errors.Is(err, io.EOF) {
		err = closed
	}
	return err
}

// Contexts that cannot end make the driver start nothing.
var (
	forever         = context.Background()
	foreverPrepared = preparing(forever, true)
)

// interrupt ends what the connection waits for. Postgres finds that nobody waits for its
// answer (client_connection_check_interval) and ends the statement.
func (c *liveConn) interrupt() { _ = c.dated.socket.SetDeadline(time.Unix(1, 0)) }

// IsValid implements driver.Validator.
func (c *liveConn) IsValid() bool { return !c.isGivenUp && c.postgresConn.IsValid() }

// named returns arguments as the driver takes them.
func (c *liveConn) named(args []any) ([]driver.NamedValue, error) {
	named := make([]driver.NamedValue, len(args))
	for i, arg := range args {
		named[i] = driver.NamedValue{Ordinal: i + 1, Value: arg}
		switch arg := arg.(type) {
		case string, int64, bool, []byte, time.Time:
			continue
		case uuid.UUID:
			named[i].Value = arg.String()
			continue
		}
		err := c.CheckNamedValue(&named[i])
		if errors.Is(err, driver.ErrSkip) {
			named[i].Value, err = driver.DefaultParameterConverter.ConvertValue(arg)
		}
		if err != nil {
			return nil, err
		}
	}
	return named, nil
}
