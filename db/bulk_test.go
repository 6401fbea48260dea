package db_test

import (
	"errors"
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
