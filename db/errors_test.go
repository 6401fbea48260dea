package db_test

import (
	"testing"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

// A constraint that is renamed would be told as INTERNAL and not as a problem of its field.
func TestConstraintsAreThere(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	names := []string{"appointments_practitioner_free", "appointments_patient_free", "appointments_rescheduled_once"}
	for name := range db.ConstraintFields {
		names = append(names, name)
	}
	for _, name := range names {
		var there bool
		err := d.SQL.Get(&there, `
			SELECT EXISTS (SELECT FROM pg_constraint WHERE conname = $1) OR EXISTS (SELECT FROM pg_class WHERE relname = $1 AND relkind = 'i')`, name)
		if err != nil || !there {
			t.Errorf("there is no constraint %s (%v)", name, err)
		}
	}
}
