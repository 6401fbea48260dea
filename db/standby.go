package db

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/dsn"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// How long a read waits for a standby to have replayed what it must see, and to
// have a connection, before it asks the primary instead.
const standbyPatience = 100 * time.Millisecond

// How often it is looked whether a standby that was away is back.
const (
	lookSoon   = 200 * time.Millisecond
	lookSeldom = 5 * time.Second

	lookPatience = 5 * time.Second
)

// standbys serve reads of those who are asked for anything but their account. They
// answer nothing that is older than what the primary would have answered when the
// read began, so that whoever reads need not know of them. docs/decisions/0022.
type standbys struct {
	db        *DB
	url       *url.URL
	pools     map[login]*sqlx.DB
	epoch     epoch
	positions positions
	served    atomic.Int64 // statements
	isAway    atomic.Bool  // the primary serves reads
	life      context.Context
	stop      context.CancelFunc
}

// UseStandbys has reads that may be answered by a standby go to those at an address,
// which names their hosts, the database and how to connect. The logins are those of
// the primary. It is called once, before anything is read.
func (d *DB) UseStandbys(address string) error {
	u, err := dsn.ParseStandbys(address)
	if err != nil {
		return err
	}
	u.RawQuery = withParameters(u.Query()).Encode()
	s := &standbys{db: d, url: u, pools: map[login]*sqlx.DB{}}
	s.life, s.stop = context.WithCancel(context.Background())
	for _, l := range []login{reception, care, glass, admin, analyst} {
		s.pools[l] = newPool(&connector{db: d, login: l, standbys: s}, poolSizes[l])
	}
	s.positions.pool = newPool(&connector{db: d, login: system}, 1)
	d.standbys = s
	s.away()
	return nil
}

func (s *standbys) close() error {
	s.stop()
	errs := []error{s.positions.pool.Close()}
	for _, pool := range s.pools {
		errs = append(errs, pool.Close())
	}
	return errors.Join(errs...)
}

type readingKey struct{}

// A reading is what one operation reads. All of it is as new as when it began.
type reading struct {
	once     sync.Once
	position position
	err      error
}

// WithStandbys returns a context whose reads may be answered by a standby, if there
// are any. It is for operations that change nothing, and decide nothing that is written.
func WithStandbys(ctx context.Context) context.Context {
	if c, ok := ctx.(*Collected); ok {
		c.asksStandbys = true
		return c
	}
	return context.WithValue(ctx, readingKey{}, &reading{})
}

// query runs a SELECT on a standby. It returns false where the primary has to: the
// context's reads are not for standbys, or none has caught up, or answered.
func (s *standbys) query(ctx context.Context, query string, args []any) (rows *sqlx.Rows, release func(), ok bool) {
	if s == nil || s.isAway.Load() {
		return nil, nil, false
	}
	r, reads := ctx.Value(readingKey{}).(*reading)
	if _, past := pastOf(ctx); !reads || past {
		return nil, nil, false
	}
	actor, _ := auth.From(ctx)
	l, is := ctx.Value(loginKey{}).(login)
	if !is {
		l = loginOf(actor)
	}
	if s.pools[l] == nil {
		return nil, nil, false
	}
	r.once.Do(func() { r.position, r.err = s.positions.take(ctx) })
	if r.err != nil {
		return nil, nil, false
	}
	conn, rows, err := s.ask(ctx, s.pools[l], standbyPatience, r.position, query, args)
	if err != nil {
		s.failed(ctx, err)
		return nil, nil, false
	}
	s.served.Add(1)
	return rows, func() { _ = conn.Close() }, true
}

// ask runs a statement on a connection that is had within patience.
func (s *standbys) ask(ctx context.Context, pool *sqlx.DB, patience time.Duration, p position, query string, args []any) (*sqlx.Conn, *sqlx.Rows, error) {
	soon, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := pool.Connx(soon)
	if use := pool.Stats(); err != nil && use.InUse == use.MaxOpenConnections {
		return nil, nil, errBusy
	} else if err != nil {
		return nil, nil, err
	}
	rows, err := conn.QueryxContext(context.WithValue(ctx, positionKey{}, p), query, args...)
	if err != nil {
		_ = conn.Close()
		return nil, nil, err
	}
	return conn, rows, nil
}

// failed leaves reads to the primary for a while, unless it is the statement or who
// asks that failed, or too many ask at once.
func (s *standbys) failed(ctx context.Context, err error) {
	var refused *pq.Error
	isOfStatement := errors.As(err, &refused) && refused.Code.Class() != "28" && refused.Code.Class() != "57"
	if ctx.Err() == nil && !errors.Is(err, errBusy) && (!isOfStatement || errors.As(err, new(*connectError))) {
		s.away()
	}
}

// away leaves reads to the primary until standbys are seen to have caught up.
func (s *standbys) away() {
	if !s.isAway.CompareAndSwap(false, true) {
		return
	}
	go func() {
		said := ""
		for wait := lookSoon; pause(s.life, wait) == nil; wait = min(2*wait, lookSeldom) {
			err := s.look(s.life)
			if err == nil {
				s.isAway.Store(false)
				return
			}
			if text := translate(err).Error(); text != said && wait == lookSeldom && s.life.Err() == nil {
				said = text
				slog.Warn("standbys are away: the primary serves all reads", "error", text)
			}
		}
	}()
}

// look has every login ask a standby for something, which also connects it.
func (s *standbys) look(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, lookPatience)
	defer cancel()
	p, err := s.positions.take(ctx)
	for _, pool := range s.pools {
		if err != nil {
			return err
		}
		var conn *sqlx.Conn
		var rows *sqlx.Rows
		if conn, rows, err = s.ask(ctx, pool, lookPatience, p, "SELECT 1", nil); err == nil {
			_ = rows.Close()
			_ = conn.Close()
		}
	}
	return err
}

// lag returns how many bytes of what the primary wrote one of the standbys lacks.
func (s *standbys) lag(ctx context.Context) (bytes int64, err error) {
	written, err := s.positions.take(ctx)
	if err != nil {
		return 0, err
	}
	conn, err := s.pools[reception].Conn(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	err = conn.Raw(func(c any) error {
		standby := c.(*standbyConn)
		if err := standby.look(ctx); err != nil {
			return err
		}
		bytes = max(0, written.At-standby.reached.At)
		return nil
	})
	return bytes, err
}
