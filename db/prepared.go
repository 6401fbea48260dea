package db

import (
	"context"
	"database/sql/driver"
	"errors"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/lib/pq"
)

// How many statements each connection keeps prepared. A plan takes some 50 to 100 kB of
// Postgres's memory.
const keptStatements = 100

type preparedKey struct{}

// preparing returns a context whose statements run prepared from the second time on that a
// connection has them, so that Postgres need not parse and plan them each time; or, where
// isPrepared is false, as they are: those whose best plan depends on their arguments, and
// those whose text is hardly ever the same.
func preparing(ctx context.Context, isPrepared bool) context.Context {
	return context.WithValue(ctx, preparedKey{}, isPrepared)
}

// A preparation keeps the statements of one connection prepared that were used last. A
// transaction that is undone leaves them as they are, and they end with their connection.
type preparation struct {
	conn driver.ConnPrepareContext
	kept *simplelru.LRU[string, driver.Stmt] // nil for one that was asked for once
}

func newPreparation(conn driver.ConnPrepareContext) *preparation {
	kept, err := simplelru.NewLRU(keptStatements, func(_ string, s driver.Stmt) {
		if s != nil {
			_ = s.Close() // where that fails, so does what the connection is asked next
		}
	})
	if err != nil {
		panic(err) // the size is constant
	}
	return &preparation{conn, kept}
}

// take returns a statement that is prepared, or nil where it is to be run as it is.
func (p *preparation) take(ctx context.Context, query string) (driver.Stmt, error) {
	if p == nil {
		return nil, nil
	}
	if isPrepared, _ := ctx.Value(preparedKey{}).(bool); !isPrepared {
		return nil, nil
	}
	s, isSecond := p.kept.Get(query)
	if s != nil {
		return s, nil
	}
	if isSecond {
		var err error
		if s, err = p.conn.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
	}
	p.kept.Add(query, s)
	return s, nil
}

// look forgets a statement that cannot be run any more: a migration changed what it answers,
// or somebody between here and the database took it away.
func (p *preparation) look(query string, err error) {
	var pe *pq.Error
	if errors.As(err, &pe) && (pe.Code == "0A000" || pe.Code == "26000") {
		p.kept.Remove(query)
	}
}

// query runs a statement for its rows, prepared where its context says so.
func (p *preparation) query(ctx context.Context, conn driver.QueryerContext, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := p.take(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return conn.QueryContext(ctx, query, args)
	}
	rows, err := s.(driver.StmtQueryContext).QueryContext(ctx, args)
	p.look(query, err)
	return rows, err
}

// exec runs a statement for what it does, prepared where its context says so.
func (p *preparation) exec(ctx context.Context, conn driver.ExecerContext, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := p.take(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return conn.ExecContext(ctx, query, args)
	}
	result, err := s.(driver.StmtExecContext).ExecContext(ctx, args)
	p.look(query, err)
	return result, err
}
