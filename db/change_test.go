package db_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

// follow has d hand out changes until the test ends.
func follow(t testing.TB, d *db.DB) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	var all sync.WaitGroup
	all.Go(func() { d.FollowChanges(ctx) })
	t.Cleanup(func() { stop(); all.Wait() })
}

// notify has d tell of changes until the test ends, or the returned function is called.
func notify(t testing.TB, d *db.DB) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	all.Go(func() {
		for ctx.Err() == nil {
			_ = d.NotifyChanges(ctx)
		}
	})
	stop = func() { cancel(); all.Wait() }
	t.Cleanup(stop)
	return stop
}

// patientEvents subscribes as soon as that is possible.
func patientEvents(t testing.TB, d *db.DB, after *string) *db.Events[db.Patient] {
	t.Helper()
	for range 1000 {
		events, err := d.PatientEvents(acting(t), nil, after)
		if err == nil {
			t.Cleanup(events.Close)
			return events
		}
		if !errors.Is(err, db.ErrUnavailable) {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("changes are not followed")
	return nil
}

// told returns the names of the next n patients who changed, with their versions.
func told(t testing.TB, events *db.Events[db.Patient], n int) (all []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(acting(t), 20*time.Second)
	defer cancel()
	for len(all) < n {
		batch, err := events.Next(ctx)
		if err != nil {
			t.Fatalf("after %v: %v", all, err)
		}
		for _, e := range batch {
			if e.Kind != db.ChangesStarted {
				all = append(all, fmt.Sprint(*(&db.PatientChange{Event: *e}).Patient().FamilyName, " ", *e.Version))
			}
		}
	}
	return all
}

// quietFor says whether nothing changes for a while.
func quietFor(t testing.TB, events *db.Events[db.Patient], d time.Duration) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(acting(t), d)
	defer cancel()
	for {
		batch, err := events.Next(ctx)
		if err != nil {
			return true
		}
		for _, e := range batch {
			if e.Kind != db.ChangesStarted {
				return false
			}
		}
	}
}

// addBySQL adds a patient in the transaction.
const addBySQL = `INSERT INTO patients (id, family_name, birth_date_precision, sex, family_key, given_key, search_words)
	VALUES (overlay(gen_random_uuid()::text PLACING '03' FROM 35)::uuid, $1, 'UNKNOWN', 'UNKNOWN', $1, '', '{}')`

// A change that was numbered before another and is committed after it is told
// before it: neither is passed over.
func TestChanges_areToldInTheOrderOfTheirNumbers(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	follow(t, d.DB)
	notify(t, d.DB)
	events := patientEvents(t, d.DB, nil)
	for _, test := range []struct {
		end  string
		want string
	}{
		{"COMMIT", "early late"}, {"ROLLBACK", "late"},
	} {
		early := d.SQL.MustBegin()
		early.MustExec(addBySQL, "early")
		d.SQL.MustExec(addBySQL, "late")
		if !quietFor(t, events, 700*time.Millisecond) {
			t.Error("a change is told while one before it may come")
		}
		early.MustExec(test.end)
		_ = early.Rollback() // nothing any more
		words := strings.Fields(test.want)
		if got := strings.ReplaceAll(strings.Join(told(t, events, len(words)), " "), " 1", ""); got != test.want {
			t.Errorf("after %s: %s", test.end, got)
		}
	}
}

// Whoever subscribes again with the last event that they have gets all since, once.
func TestChanges_areResumed(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	follow(t, d.DB)
	notify(t, d.DB)
	events := patientEvents(t, d.DB, nil)
	batch, err := events.Next(acting(t))
	if err != nil {
		t.Fatal(err)
	}
	start := batch[0].EventID()
	for n := range 3 {
		d.SQL.MustExec(addBySQL, fmt.Sprint("p", n))
	}
	told(t, events, 3)
	if got := told(t, patientEvents(t, d.DB, &start), 3); fmt.Sprint(got) != "[p0 1 p1 1 p2 1]" {
		t.Errorf("from the start on: %v", got)
	}
	d.SQL.MustExec("UPDATE changes SET at = at - interval '25 hours' WHERE id = 1") // as the sweep would find it
	ids := map[string]string{}
	resumed := patientEvents(t, d.DB, &start)
	batch, err = resumed.Next(acting(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range batch {
		ids[*(&db.PatientChange{Event: *e}).Patient().FamilyName] = e.EventID()
	}
	middle := ids["p1"]
	if got := told(t, patientEvents(t, d.DB, &middle), 1); fmt.Sprint(got) != "[p2 1]" {
		t.Errorf("from the second on: %v", got)
	}
	old, altered := ids["p0"], strings.ToUpper(middle)
	d.SQL.MustExec("DELETE FROM changes WHERE id = 3")
	gone := ids["p2"]
	for name, id := range map[string]string{"too old": old, "altered": altered, "swept": gone, "nothing": ""} {
		if _, err := d.PatientEvents(acting(t), nil, &id); err == nil || !strings.Contains(err.Error(), "read again") {
			t.Errorf("one that is %s: %v", name, err)
		}
	}
}

// Whoever comes from a server that is ahead of this one is told nothing twice.
func TestChanges_areResumedAhead(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	follow(t, d.DB)
	stop := notify(t, d.DB)
	ahead := patientEvents(t, d.DB, nil)
	for n := range 3 {
		d.SQL.MustExec(addBySQL, fmt.Sprint("p", n))
	}
	var last string
	for name := ""; name != "p2"; {
		batch, err := ahead.Next(acting(t))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range batch {
			if p := (&db.PatientChange{Event: *e}).Patient(); p != nil {
				name, last = *p.FamilyName, e.EventID()
			}
		}
	}
	stop()
	d.SQL.MustExec("UPDATE change_position SET settled_id = 0") // what the other server has heard
	behind, err := db.Open(d.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { behind.Close() })
	follow(t, behind)
	resumed := patientEvents(t, behind, &last)
	d.SQL.MustExec(addBySQL, "p3")
	notify(t, behind)
	if got := told(t, resumed, 1); fmt.Sprint(got) != "[p3 1]" {
		t.Errorf("told of %v", got)
	}
}

// Whoever does not take what they subscribed to is ended, and goes on from there.
func TestChanges_areBounded(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	follow(t, d.DB)
	notify(t, d.DB)
	slow, quick := patientEvents(t, d.DB, nil), patientEvents(t, d.DB, nil)
	batch, err := slow.Next(acting(t))
	if err != nil {
		t.Fatal(err)
	}
	last := batch[0].EventID()
	d.SQL.MustExec(`INSERT INTO patients (id, family_name, birth_date_precision, sex, family_key, given_key, search_words)
		SELECT overlay(gen_random_uuid()::text PLACING '03' FROM 35)::uuid, n, 'UNKNOWN', 'UNKNOWN', n, '', '{}' FROM generate_series(1, 500) n`)
	if got := told(t, quick, 500); len(got) != 500 {
		t.Errorf("%d came", len(got))
	}
	d.SQL.MustExec(`UPDATE patients SET version = 2`)
	told(t, quick, 500)
	d.SQL.MustExec(`UPDATE patients SET version = 3`)
	told(t, quick, 500)
	if _, err := slow.Next(acting(t)); !errors.Is(err, db.ErrTooSlow) {
		t.Errorf("the slow one is told %v", err)
	}
	if got := told(t, patientEvents(t, d.DB, &last), 1500); len(got) != 1500 {
		t.Errorf("%d are resumed", len(got))
	}
}

// Many write, some give up, and two servers of which one notifies until it is
// gone: each is told of every version once, and of a patient's in their order.
func TestChanges_ofManyWriters(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	other, err := db.Open(d.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.Close() })
	follow(t, d.DB)
	follow(t, other)
	stop := notify(t, d.DB)
	notify(t, other)
	here, there := patientEvents(t, d.DB, nil), patientEvents(t, other, nil)
	const writers, writes, people = 8, 60, 5
	for n := range people {
		d.SQL.MustExec(addBySQL, fmt.Sprint("p", n))
	}
	var written sync.Map
	var all sync.WaitGroup
	d.SQL.SetMaxOpenConns(writers)
	for w := range writers {
		all.Go(func() {
			dice := rand.New(rand.NewPCG(uint64(w), 1))
			for range writes {
				tx := d.SQL.MustBegin()
				tx.MustExec("SELECT txid_current()") // so that ids of transactions and numbers of changes differ in their order
				time.Sleep(time.Duration(dice.IntN(3)) * time.Millisecond)
				who := fmt.Sprint("p", dice.IntN(people))
				var version int
				if err := tx.Get(&version, "UPDATE patients SET version = version + 1 WHERE family_name = $1 RETURNING version", who); err != nil {
					t.Error(err)
				}
				if dice.IntN(5) == 0 {
					_ = tx.Rollback()
				} else if err := tx.Commit(); err == nil {
					written.Store(fmt.Sprint(who, " ", version), true)
				}
			}
			if w == 0 {
				stop()
			}
		})
	}
	all.Wait()
	want := people
	written.Range(func(any, any) bool { want++; return true })
	for name, events := range map[string]*db.Events[db.Patient]{"here": here, "there": there} {
		got, last := told(t, events, want), map[string]int{}
		for _, text := range got {
			var who string
			var version int
			if _, err := fmt.Sscan(text, &who, &version); err != nil {
				t.Fatal(err)
			}
			if version != last[who]+1 {
				t.Fatalf("%s: %s after version %d", name, text, last[who])
			}
			last[who] = version
		}
		if !quietFor(t, events, 300*time.Millisecond) {
			t.Errorf("%s: more came than was written", name)
		}
	}
}

// What nobody can resume from any more is taken away, the oldest first.
func TestChanges_areSwept(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	for n := range 3 {
		d.SQL.MustExec(addBySQL, fmt.Sprint("p", n))
	}
	d.SQL.MustExec("UPDATE changes SET at = at - interval '25 hours' WHERE id < 3")
	notify(t, d.DB)
	for range 1000 {
		var left []int
		if err := d.SQL.Select(&left, "SELECT id FROM changes"); err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(left) == "[3]" {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the old ones are there still")
}
