package db

import (
	"context"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/jmoiron/sqlx"
)

// How many statements are kept prepared for each login, on each of its connections that
// ran them. A plan takes some 50 to 100 kB of Postgres's memory.
const keptStatements = 100

// A preparation keeps the statements of one pool that ran before prepared, those that were
// used last, so that Postgres need not plan them each time. It is safe for concurrent use.
type preparation struct {
	pool *sqlx.DB

	mu      sync.Mutex
	kept    *simplelru.LRU[string, *prepared]
	dropped []*sqlx.Stmt // to be closed
}

// prepared is a statement of a preparation.
type prepared struct {
	*sqlx.Stmt // nil until it is prepared
	isBegun    bool
	isDropped  bool
	users      int
}

func newPreparation(pool *sqlx.DB) *preparation {
	p := &preparation{pool: pool}
	kept, err := simplelru.NewLRU(keptStatements, func(_ string, s *prepared) {
		s.isDropped = true
		p.drop(s)
	})
	if err != nil {
		panic(err) // the size is constant
	}
	p.kept = kept
	return p
}

// drop has a statement closed that is no longer kept and that nobody is about to run. It is
// called under the lock.
func (p *preparation) drop(s *prepared) {
	if s.isDropped && s.users == 0 && s.Stmt != nil {
		p.dropped = append(p.dropped, s.Stmt)
		s.Stmt = nil
	}
}

// unlock ends the lock, and closes what was dropped under it, which asks the database.
func (p *preparation) unlock() {
	dropped := p.dropped
	p.dropped = nil
	p.mu.Unlock()
	for _, s := range dropped {
		_ = s.Close()
	}
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
	defer p.unlock()
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
	defer p.unlock()
	if s.Stmt = stmt; err != nil {
		s.Stmt, s.isBegun = nil, false
	}
	p.drop(s)
}

func (p *preparation) release(s *prepared) {
	p.mu.Lock()
	defer p.unlock()
	s.users--
	p.drop(s)
}
