package db_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

// A replicated is a clinic whose reads standbys may serve.
type replicated struct {
	*dbtest.Pair
	db *db.DB
	t  *testing.T
}

// newReplicated returns one whose standbys are connected to with parameters.
func newReplicated(t *testing.T, parameters ...string) *replicated {
	t.Helper()
	r := &replicated{Pair: dbtest.NewPair(t), t: t}
	r.db = open(t, r.URL())
	if err := r.db.UseStandbys(r.Standby.URL(parameters...)); err != nil {
		t.Fatal(err)
	}
	r.serves()
	return r
}

// serves waits until standbys serve reads.
func (r *replicated) serves() {
	r.t.Helper()
	settles(r.t, func() error {
		if _, _, _, is := r.db.Reads(); !is {
			return fmt.Errorf("standbys do not serve reads")
		}
		return nil
	})
}

// by returns how many statements the primary and the standby served during do.
func (r *replicated) by(do func()) (primary, standby int64) {
	p, s, _, _ := r.db.Reads()
	do()
	primary, standby, _, _ = r.db.Reads()
	return primary - p, standby - s
}

// desk is a context of somebody at the front desk, for one operation that reads.
func (r *replicated) desk() context.Context {
	return db.WithStandbys(auth.WithActor(r.t.Context(), auth.Actor{Name: "desk", Role: auth.Receptionist}))
}

func (r *replicated) writes(family string) {
	r.t.Helper()
	if _, err := r.db.CreatePatient(auth.WithActor(r.t.Context(), auth.Actor{Name: "desk", Role: auth.Receptionist}), registering(person(family))); err != nil {
		r.t.Error(err)
	}
}

// count is how many patients one operation reads.
func (r *replicated) count() int {
	r.t.Helper()
	ctx := r.desk()
	patients, err := r.db.Patients(ctx, db.Page{First: ptr(int32(100))}, nil, nil)
	if err != nil {
		r.t.Error(err)
		return -1
	}
	rows, err := patients.Nodes(ctx)
	if err != nil {
		r.t.Error(err)
	}
	return len(rows)
}

func (r *replicated) wantCount(want int, said string) {
	r.t.Helper()
	if got := r.count(); got != want {
		r.t.Errorf("%s: %d patients are read of %d", said, got, want)
	}
}

// Whoever reads after a write reads it, whoever wrote it and whichever server answers.
func TestStandbys_readWhatWasWritten(t *testing.T) {
	t.Parallel()
	r := newReplicated(t)
	const writers, each = 4, 12
	_, standby := r.by(func() {
		for n := range 20 {
			r.writes("Beridze")
			r.wantCount(n+1, "after a write")
		}
	})
	if standby == 0 {
		t.Error("the standby served nothing")
	}
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for n := range each {
				r.writes("Gelashvili")
				if got := r.count(); got < 20+n+1 {
					t.Errorf("%d patients are read, and %d written before", got, 20+n+1)
				}
			}
		})
	}
	all.Wait()
	r.wantCount(20+writers*each, "in the end")
}

// An answer that is under way is not given to whoever asks after it began: it may be
// older than what was written meanwhile.
func TestStandbys_askAgain(t *testing.T) {
	t.Parallel()
	r := newReplicated(t)
	release, err := db.HoldPositions(t.Context(), r.db)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	ask := func() {
		all.Go(func() {
			if err := db.TakePosition(t.Context(), r.db); err != nil {
				t.Error(err)
			}
		})
	}
	ask()
	settles(t, func() error {
		if underWay, _ := db.Positions(r.db); !underWay {
			return fmt.Errorf("no answer is under way that nobody else waits for")
		}
		return nil
	})
	ask()
	settles(t, func() error {
		if _, next := db.Positions(r.db); !next {
			return fmt.Errorf("nobody waits for the next answer")
		}
		return nil
	})
	if err := release(); err != nil {
		t.Error(err)
	}
	all.Wait()
}

// A standby that stands still serves nothing that is older than what was written, and
// serves again once it has caught up.
func TestStandbys_behind(t *testing.T) {
	t.Parallel()
	r := newReplicated(t)
	r.writes("Beridze")
	r.CatchUp()
	r.Standby.SQL.MustExec("SELECT pg_wal_replay_pause()")
	r.writes("Gelashvili")
	primary, standby := r.by(func() { r.wantCount(2, "while the replay pauses") })
	if primary == 0 || standby != 0 {
		t.Errorf("the primary served %d, a standby that lacks a write %d", primary, standby)
	}
	if lag, err := r.db.StandbyLag(t.Context()); err != nil || lag == 0 {
		t.Errorf("it is behind by %d bytes (%v)", lag, err)
	}
	r.Standby.SQL.MustExec("SELECT pg_wal_replay_resume()")
	r.serves()
	settles(t, func() error {
		if primary, standby = r.by(func() { r.wantCount(2, "after that") }); primary != 0 || standby == 0 {
			return fmt.Errorf("the primary served %d, a standby that has caught up %d", primary, standby)
		}
		return nil
	})
}

// Reads go on without standbys: stopped, cut off, silent, or killed in the middle.
func TestStandbys_away(t *testing.T) {
	t.Parallel()
	r := newReplicated(t)
	r.writes("Beridze")
	for name, away := range map[string]func() (back func()){
		"stopped": func() func() { r.Standby.Stop(); return r.Standby.Start },
		"killed":  func() func() { r.Standby.Kill(); return r.Standby.Start },
		"cut off": func() func() { return r.Standby.Cut() },
		"silent":  func() func() { r.Standby.Cut()(); return r.Standby.Silence() },
	} {
		r.serves()
		r.wantCount(1, "before it is "+name)
		back := away()
		for range 3 {
			r.wantCount(1, "while it is "+name)
		}
		if _, standby := r.by(func() { r.wantCount(1, name) }); standby != 0 {
			t.Errorf("%s it served %d", name, standby)
		}
		back()
	}
	r.serves()
}

// What a standby breaks off, after rows of the answer too, the primary answers whole.
func TestStandbys_conflict(t *testing.T) {
	t.Parallel()
	r := newReplicated(t, "enable_sort", "off", "enable_seqscan", "off") // rows are sent as they are found
	for range 20 {
		r.writes("Beridze")
	}
	r.Primary.SQL.MustExec(`
		CREATE FUNCTION conflict() RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
		BEGIN
			IF pg_is_in_recovery() AND random() < 0.2 THEN
				RAISE EXCEPTION 'canceling statement due to conflict with recovery' USING ERRCODE = '40001';
			END IF;
			RETURN true;
		END $$;
		ALTER TABLE patients ENABLE ROW LEVEL SECURITY;
		CREATE POLICY p ON patients USING (conflict())`)
	r.CatchUp()
	primary, _ := r.by(func() {
		for range 10 {
			r.wantCount(20, "after conflicts")
		}
	})
	if primary == 0 {
		t.Error("there was no conflict")
	}
	if _, _, _, serves := r.db.Reads(); !serves {
		t.Error("a conflict keeps the standby from serving others")
	}
}

// Whoever finds all connections to standbys in use asks the primary, and the others go on.
func TestStandbys_busy(t *testing.T) {
	t.Parallel()
	r := newReplicated(t)
	r.writes("Beridze")
	release, err := db.HoldStandby(t.Context(), r.db)
	if err != nil {
		t.Fatal(err)
	}
	if primary, standby := r.by(func() { r.wantCount(1, "without a connection") }); primary == 0 || standby != 0 {
		t.Errorf("the primary served %d, a standby that nobody is connected to %d", primary, standby)
	}
	if _, _, _, serves := r.db.Reads(); !serves {
		t.Error("a crowd keeps the standby from serving others")
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	settles(t, func() error {
		if _, standby := r.by(func() { r.wantCount(1, "with one again") }); standby == 0 {
			return fmt.Errorf("the standby does not serve again")
		}
		return nil
	})
}

// Only what was said to be for standbys goes there, as the login of whoever asks;
// accounts and the server's own reads never do.
func TestStandbys_onlyWhatMay(t *testing.T) {
	t.Parallel()
	r := newReplicated(t)
	r.writes("Beridze")
	plain := auth.WithActor(t.Context(), auth.Actor{Name: "desk", Role: auth.Receptionist})
	past, err := db.AsOf(r.desk(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for name, ctx := range map[string]context.Context{
		"an operation that writes": plain, "the past": past, "the server itself": auth.WithActor(r.desk(), auth.SystemActor("tester")),
	} {
		_, standby := r.by(func() {
			patients, err := r.db.Patients(ctx, db.Page{}, nil, nil)
			if err == nil {
				_, err = patients.Nodes(ctx)
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		})
		if standby != 0 {
			t.Errorf("%s: a standby served %d", name, standby)
		}
	}
	r.count()
	var logins []string
	mustSelect(t, r.Standby.SQL, &logins, "SELECT DISTINCT regexp_replace(usename, '_[0-9]+$', '') FROM pg_stat_activity WHERE application_name = 'clinicql' ORDER BY 1")
	if got := fmt.Sprint(logins); got != "[clinicql_admin clinicql_analyst clinicql_care clinicql_glass clinicql_reception]" {
		t.Errorf("the standby is asked by %s", got)
	}
}

// A server that follows another primary serves nothing, however far it is: one of
// another cluster, and one that was left behind by a fail-over.
func TestStandbys_ofAnotherPrimary(t *testing.T) {
	t.Parallel()
	pair := dbtest.NewPair(t)
	left := pair.Another()
	d := open(t, pair.URL())
	if err := d.UseStandbys(left.URL()); err != nil {
		t.Fatal(err)
	}
	r := &replicated{Pair: &dbtest.Pair{Primary: pair.Primary, Standby: left}, db: d, t: t}
	r.serves()
	r.writes("Beridze")
	r.wantCount(1, "at first")
	r.CatchUp()
	pair.CatchUp()
	pair.Standby.Stop()
	for range 30 { // which only the one that is left behind gets
		r.writes("Ghost")
	}
	r.CatchUp()
	pair.Primary.Kill()
	pair.Standby.Start()
	pair.Standby.Promote()
	settles(t, func() error {
		_, err := d.CreatePatient(auth.WithActor(t.Context(), auth.SystemActor("tester")), registering(person("Gelashvili")))
		return err
	})
	_, standby := r.by(func() {
		for range 5 {
			r.wantCount(2, "after the fail-over")
			time.Sleep(lookedAgain)
		}
	})
	if standby != 0 {
		t.Errorf("a standby of the lost primary served %d", standby)
	}

	other := open(t, pair.Standby.URL())
	if err := other.UseStandbys(dbtest.NewPair(t).Standby.URL()); err != nil {
		t.Fatal(err)
	}
	time.Sleep(lookedAgain)
	if _, _, _, serves := other.Reads(); serves {
		t.Error("a standby of another cluster serves")
	}
}

// lookedAgain is longer than it takes to look whether standbys are back.
const lookedAgain = 700 * time.Millisecond
