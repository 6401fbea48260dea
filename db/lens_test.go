package db_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/lib/pq"
)

// longAgo looks at an instant at which nothing was there.
func longAgo(t testing.TB) context.Context {
	t.Helper()
	ctx, err := db.AsOf(acting(t), time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return ctx
}

// Nothing is written over a connection to the past, by no login and in no way,
// and without an instant nothing is read.
func TestPast_isRead(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	ctx := longAgo(t)
	for _, login := range db.Logins {
		pool := d.PastPool(login)
		if pool == nil {
			if login != "accounts" && login != "retention" && login != "analyst" {
				t.Errorf("%s has no past", login)
			}
			continue
		}
		if _, err := pool.ExecContext(ctx, "SELECT 1"); err == nil {
			t.Errorf("%s executes something", login)
		}
		if _, err := pool.PrepareContext(ctx, "SELECT 1"); err == nil {
			t.Errorf("%s prepares something", login)
		}
		if tx, err := pool.BeginTxx(ctx, nil); err == nil {
			t.Errorf("%s begins a transaction", login)
			_ = tx.Rollback()
		}
		var n int
		if err := pool.GetContext(acting(t), &n, "SELECT 1"); err == nil {
			t.Errorf("%s reads without an instant", login)
		}
		for _, write := range []string{
			"INSERT INTO public.rooms (id, name) VALUES (gen_random_uuid(), 'x') RETURNING 1",
			"UPDATE public.clinics SET name = 'x' RETURNING 1",
			"DELETE FROM public.sessions RETURNING 1",
			"UPDATE asof.clinics SET name = 'x' RETURNING 1",
			"UPDATE history.clinics SET name = 'x' RETURNING 1",
			"UPDATE clinics SET name = 'x' RETURNING 1",
			"CREATE TABLE x (y int)",
		} {
			err := pool.GetContext(ctx, &n, write)
			var refused *pq.Error
			if !errors.As(err, &refused) || !slices.Contains([]string{"25006", "42501", "55000"}, string(refused.Code)) {
				t.Errorf("%s: %s: %v", login, write, err)
			}
		}
		if err := pool.GetContext(ctx, &n, "SELECT count(*) FROM clinics WHERE current_setting('transaction_read_only') = 'on'"); err != nil || n != 0 {
			t.Errorf("%s sees %d clinics, %v", login, n, err)
		}
	}
}

// Nobody but the triggers writes history, over any connection.
func TestHistory_isWrittenByTriggers(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	var tables []string
	if err := d.SQL.Select(&tables, "SELECT relname FROM pg_class WHERE relnamespace = 'history'::regnamespace AND relkind = 'r'"); err != nil || len(tables) < 20 {
		t.Fatal(tables, err)
	}
	for _, login := range db.Logins {
		for _, table := range tables {
			for _, write := range []string{"UPDATE history.%s SET valid_to = now()", "DELETE FROM history.%s", "INSERT INTO history.%s DEFAULT VALUES", "TRUNCATE history.%s"} {
				_, err := d.Pool(login).ExecContext(acting(t), strings.Replace(write, "%s", table, 1))
				var refused *pq.Error
				if !errors.As(err, &refused) || refused.Code != "42501" {
					t.Errorf("%s: %s of %s: %v", login, write, table, err)
				}
			}
		}
	}
}

// A session keeps the instant that was set in it, until another is.
type session struct {
	db.PostgresConn
	at     string
	sets   outcome // of setting another
	looked []string
}

type outcome int

const (
	done outcome = iota
	failed
	doneButFailed // as it is told when the answer does not arrive
)

func (s *session) ExecContext(_ context.Context, query string, _ []driver.NamedValue) (driver.Result, error) {
	if s.sets != failed {
		s.at = query
	}
	if s.sets != done {
		return nil, errors.New("the connection was busy")
	}
	return nil, nil
}

func (s *session) QueryContext(context.Context, string, []driver.NamedValue) (driver.Rows, error) {
	s.looked = append(s.looked, s.at)
	return nil, nil
}

// A connection whose instant could not be set is looked at as one whose instant
// is not known.
func TestPast_forgetsAnInstantThatFailed(t *testing.T) {
	t.Parallel()
	s := &session{}
	conn := db.PastConn(s)
	one, other := longAgo(t), acting(t)
	other, err := db.AsOf(other, time.Date(1991, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		ctx  context.Context
		sets outcome
	}{{one, done}, {other, failed}, {other, done}, {one, doneButFailed}, {other, done}, {one, failed}, {other, failed}, {one, done}} {
		s.sets = step.sets
		if _, err := conn.QueryContext(step.ctx, "SELECT 1", nil); (err != nil) != (step.sets != done) {
			t.Errorf("after %v: %v", s.looked, err)
		}
	}
	if _, err := conn.QueryContext(acting(t), "SELECT 1", nil); err == nil {
		t.Error("who looks at no instant is answered")
	}
	var years []string
	for _, set := range s.looked {
		years = append(years, set[strings.Index(set, "'")+1:][:4])
	}
	if got := strings.Join(years, " "); got != "1990 1991 1991 1990" {
		t.Errorf("they looked at %s", got)
	}
}

// Who looks at the past is no other, and nobody's without an actor.
func TestPast_needsAnActor(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	ctx, err := db.AsOf(t.Context(), time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	page, err := d.Patients(ctx, db.Page{}, nil, nil)
	if err == nil {
		_, err = page.Nodes(ctx)
	}
	if !errors.Is(err, db.ErrNoActor) {
		t.Errorf("nobody got %v, %v", page, err)
	}
	ctx = auth.WithActor(ctx, auth.Actor{Name: "a", Role: auth.Analyst})
	if page, err = d.Patients(ctx, db.Page{}, nil, nil); err == nil {
		_, err = page.Nodes(ctx)
	}
	if err == nil {
		t.Error("an analyst is answered by the database")
	}
}
