package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

var rules = db.RetentionRules{Sessions: db.Period{Days: 90}, Tokens: db.Period{Years: 1}, Holds: db.Period{Days: 90}, Audit: db.Period{Years: 6}, Charts: db.Period{Years: 10}}

// withSessions returns a database with sessions of which so many were over long
// ago, and one is not over.
func withSessions(t *testing.T, n int) *dbtest.Database {
	t.Helper()
	d := dbtest.New(t)
	if _, err := d.AddUser(acting(t), &db.User{LoginName: "nino", DisplayName: "Nino", Role: auth.Doctor}, ""); err != nil {
		t.Fatal(err)
	}
	addSessions(d, n, "100 days")
	addSessions(d, 1, "-1 hour")
	return d
}

func addSessions(d *dbtest.Database, n int, over string) {
	d.SQL.MustExec(`
		INSERT INTO sessions (id, user_id, token_hash, expires_at)
		SELECT encode(substring(uuid_send(gen_random_uuid()) FOR 15) || '\x08', 'hex')::uuid, u.id, sha256(uuid_send(gen_random_uuid())), now() - $2::interval
		FROM users u, generate_series(1, $1) n`, n, over)
}

func plan(t *testing.T, d *dbtest.Database) *db.RetentionPlan {
	t.Helper()
	p, err := d.Retention(acting(t), rules, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Whoever stops it finds what is left, and what was shown before is not carried out.
func TestRetention_isStopped(t *testing.T) {
	t.Parallel()
	d := withSessions(t, 2500)
	first := plan(t, d)
	ctx, stop := context.WithCancel(acting(t))
	err := d.ForgetOld(ctx, first, func(_ string, gone int64) {
		if gone == 1000 {
			stop()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	if _, err := d.PlanOf(acting(t), rules, first.Code()); !errors.Is(err, db.ErrOtherPlan) {
		t.Errorf("what was shown before is carried out: %v", err)
	}
	rest := plan(t, d)
	if rest.Due() != 1500 {
		t.Errorf("%d are left", rest.Due())
	}
	if err := d.ForgetOld(acting(t), rest, func(string, int64) {}); err != nil || plan(t, d).Due() != 0 {
		t.Errorf("%v: %d are left", err, plan(t, d).Due())
	}
}

// A plan is of its instant: what is over later is not in it, and what was over
// before, and came later, is no plan that was shown.
func TestRetention_isWhatWasShown(t *testing.T) {
	t.Parallel()
	d := withSessions(t, 10)
	shown := plan(t, d)
	addSessions(d, 5, "1 hour")
	again, err := d.PlanOf(acting(t), rules, shown.Code())
	if err != nil || again.Due() != 10 {
		t.Fatalf("%v: %d", err, again.Due())
	}
	addSessions(d, 1, "91 days")
	if _, err := d.PlanOf(acting(t), rules, shown.Code()); !errors.Is(err, db.ErrOtherPlan) {
		t.Errorf("one more is %v", err)
	}
}

// Several at once forget each row once.
func TestRetention_severalAtOnce(t *testing.T) {
	t.Parallel()
	d := withSessions(t, 4000)
	p := plan(t, d)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if err := d.ForgetOld(acting(t), p, func(string, int64) {}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	var told, left int
	if err := d.SQL.Get(&told, "SELECT sum(split_part(reason, ' ', 1)::int) FROM audit_log WHERE reason LIKE '% retention: %'"); err != nil || told != 4000 {
		t.Errorf("%v: the audit tells of %d", err, told)
	}
	if err := d.SQL.Get(&left, "SELECT count(*) FROM sessions"); err != nil || left != 1 {
		t.Errorf("%v: %d sessions are left", err, left)
	}
}

// What is not over is not deleted, whatever a statement says.
func TestRetention_keepsWhatCounts(t *testing.T) {
	t.Parallel()
	d := withSessions(t, 1)
	addSessions(d, 1, "23 hours")
	pool := d.Pool("retention")
	for statement, want := range map[string]string{
		"DELETE FROM sessions": "42501", "DELETE FROM sessions WHERE expires_at > now() - interval '1 day'": "42501", "DELETE FROM sessions WHERE expires_at < now() - interval '1 day'": "",
		"SELECT address FROM sessions": "42501", "SELECT FROM patients": "42501", "DELETE FROM patients": "42501", "DELETE FROM medical_records": "42501", "DELETE FROM history.patients": "42501",
		"DELETE FROM audit_log": "42501", "DELETE FROM audit_seals": "42501", "DELETE FROM users": "42501", "UPDATE sessions SET ended_at = now()": "42501",
	} {
		if got := sqlState(t, pool, statement); got != want {
			t.Errorf("%s answers %q, not %q", statement, got, want)
		}
	}
	if got := sqlState(t, d.SQL, "DELETE FROM sessions"); got != "42501" {
		t.Errorf("the owner deletes them: %q", got)
	}
}

// Periods are of the calendar, and of a day at least.
func TestPeriod(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"90d": "90 days", "1d": "1 day", "1y": "1 year", "200y": "200 years", "0d": "", "0y": "", "-1d": "", "d": "", "": "", "90": "", "1.5y": "", "6Y": "", "6 y": "", "201y": "", "99999d": "", "12m": "", "P1Y": "", "1y6d": ""} {
		var p db.Period
		err := p.UnmarshalText([]byte(text))
		if (err == nil) != (want != "") || err == nil && p.String() != want {
			t.Errorf("%q is %s, %v", text, p, err)
		}
		if err == nil {
			if again, _ := p.MarshalText(); string(again) != text {
				t.Errorf("%q is written %s", text, again)
			}
		}
	}
}
