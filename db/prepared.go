package db

import (
	"context"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/jmoiron/sqlx"
)

// How many statements are kept prepared for each login, on each of its connections that
// ran them. A plan takes some 50 kB of Postgres's memory.
const keptStatements = 200

// A preparation keeps the statements of one pool that ran before prepared, those that were
// used last, so that Postgres need not plan them each time. It is safe for concurrent use.
type preparation struct {
	pool *sqlx.DB

	mu   sync.Mutex
	kept *simplelru.LRU[string, *prepared]
}

// A statement that is prepared is closed when it is no longer kept and nobody is about to
// run it.
type prepared struct {
	*sqlx.Stmt // nil until it is prepared
	isBegun    bool
	isDropped  bool
	users      int
}

func newPreparation(pool *sqlx.DB) *preparation {
	kept, err := simplelru.NewLRU(keptStatements, func(_ string, p *prepared) {
		if p.isDropped = true; p.users == 0 {
			p.close()
		}
	})
	if err != nil {
		panic(err) // the size is constant
	}
	return &preparation{pool: pool, kept: kept}
}

// query runs a statement, prepared from the second time on.
func (p *preparation) query(ctx context.Context, query string, args []any) (*sqlx.Rows, error) {
	s, isSecond := p.take(query)
	if isSecond {
		p.prepare(ctx, s, query)
	}
	if s == nil || isSecond {
		return p.pool.QueryxContext(ctx, query, args...)
	}
	defer p.release(s)
	return s.QueryxContext(ctx, args...)
}

// take returns a statement to be run or, the second time that it is asked for, to be prepared;
// nil where there is none yet.
func (p *preparation) take(query string) (s *prepared, isSecond bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s, ok := p.kept.Get(query)
	switch {
	case !ok:
		p.kept.Add(query, &prepared{})
		return nil, false
	case s.Stmt != nil:
		s.users++
		return s, false
	case s.isBegun:
		return nil, false
	}
	s.isBegun = true
	return s, true
}

// prepare has a statement prepared. One that cannot be fails when it is run, in the words of that.
func (p *preparation) prepare(ctx context.Context, s *prepared, query string) {
	stmt, err := p.pool.PreparexContext(ctx, query)
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil {
		s.isBegun = false
		return
	}
	if s.Stmt = stmt; s.isDropped {
		s.close()
	}
}

func (p *preparation) release(s *prepared) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s.users--; s.users == 0 && s.isDropped {
		s.close()
	}
}

func (p *prepared) close() {
	if p.Stmt != nil {
		_ = p.Close()
	}
}
