package db_test

import (
	"errors"
	"net/url"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	person := func(name string, sex db.Sex) *db.Patient {
		p := &db.Patient{Sex: sex, BirthDatePrecision: db.UnknownPrecision}
		p.GivenName = &name
		return p
	}
	t.Run("adds rows as if each were written alone", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		ctx := auth.WithActor(t.Context(), auth.SystemActor("loader"))
		rows := []*db.Patient{person(" ნინო ", db.Female), person("Zoë", db.Female)}
		if err := d.Load(ctx, func(l *db.Loader) error { return l.Patients(rows) }); err != nil {
			t.Fatal(err)
		}
		for i, mrn := range []string{"C1000009", "C1000017"} {
			p, err := d.Patient(acting(t), rows[i].ID)
			if err != nil {
				t.Fatal(err)
			}
			if p.MRN != mrn || p.Version != 1 || db.KindOf(p.ID) != db.KindPatient || p.FamilyKey != []string{"nino", "zoe"}[i] {
				t.Errorf("got %+v", p)
			}
			var signed int
			if err := d.SQL.Get(&signed, "SELECT count(*) FROM audit_log WHERE row_id = $1 AND actor = 'system:loader'", p.ID); err != nil || signed != 1 {
				t.Errorf("%d lines of audit, %v", signed, err)
			}
		}
		if some, err := d.HasPatients(t.Context()); err != nil || !some {
			t.Errorf("there are patients: %v, %v", some, err)
		}
	})
	t.Run("adds none when one breaks a rule", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		ctx := auth.WithActor(t.Context(), auth.SystemActor("loader"))
		err := d.Load(ctx, func(l *db.Loader) error {
			if err := l.Patients([]*db.Patient{person("Ana", db.Female)}); err != nil {
				return err
			}
			return l.Patients([]*db.Patient{person("Beka", db.Male), {Sex: db.Male, BirthDatePrecision: db.UnknownPrecision}})
		})
		refused(t, err, "familyName", db.Required)
		if some, err := d.HasPatients(t.Context()); err != nil || some {
			t.Errorf("there are patients: %v, %v", some, err)
		}
	})
	t.Run("adds none when the database refuses one", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		ctx := auth.WithActor(t.Context(), auth.SystemActor("loader"))
		twice := func() *db.Patient {
			p := person("Ana", db.Female)
			p.Identifiers = db.Identifiers{{System: "https://national-id.example", Value: "1"}}
			return p
		}
		err := d.Load(ctx, func(l *db.Loader) error { return l.Patients([]*db.Patient{twice(), twice()}) })
		refused(t, err, "identifiers", db.NotUnique)
		if some, err := d.HasPatients(t.Context()); err != nil || some {
			t.Errorf("there are patients: %v, %v", some, err)
		}
	})
	t.Run("asks who acts", func(t *testing.T) {
		t.Parallel()
		err := dbtest.New(t).Load(t.Context(), func(*db.Loader) error { return nil })
		if !errors.Is(err, db.ErrNoActor) {
			t.Errorf("got %v", err)
		}
	})
}

// What is known of tables is brought up to date though one of them is held for longer than
// others wait for a lock, as by who vacuums it; meanwhile nobody waits for the other tables.
func TestAnalyze(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	u, err := url.Parse(d.URL)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("lock_timeout", "1")
	u.RawQuery = q.Encode()
	held := d.SQL.MustBegin()
	defer held.Rollback()
	held.MustExec("LOCK TABLE patients IN SHARE UPDATE EXCLUSIVE MODE")
	ended := make(chan error, 1)
	impatient := open(t, u.String())
	go func() { ended <- impatient.Analyze(t.Context()) }()
	var waiting []int
	until(t, func() bool {
		select {
		case err := <-ended:
			t.Fatalf("it ends while a table is held: %v", err)
		default:
		}
		mustSelect(t, d.SQL, &waiting, "SELECT pid FROM pg_locks WHERE relation = 'patients'::regclass AND waitstart < clock_timestamp() - interval '100 ms'")
		return len(waiting) == 1
	})
	var others []string
	mustSelect(t, d.SQL, &others, "SELECT relation::regclass FROM pg_locks WHERE pid = $1 AND granted AND mode = 'ShareUpdateExclusiveLock'", waiting[0])
	if len(others) > 0 {
		t.Errorf("while it waits it holds %v", others)
	}
	if err := held.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	mustSelect(t, d.SQL, &others, "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' AND last_analyze IS NULL")
	if len(others) > 0 {
		t.Errorf("nothing more is known of %v", others)
	}
}
