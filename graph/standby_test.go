package graph_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/lib/pq"
)

// onStandbys returns the database of a pair whose standby serves reads, and a count of
// the statements that it served.
func onStandbys(t *testing.T) (d *dbtest.Database, served func() int64) {
	t.Helper()
	pair := dbtest.NewPair(t)
	d = pair.Database()
	if err := d.UseStandbys(pair.Standby.URL()); err != nil {
		t.Fatal(err)
	}
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if _, _, _, serves := d.Reads(); serves {
			break
		}
		if time.Since(begun) > 30*time.Second {
			t.Fatal("the standby does not serve")
		}
	}
	return d, func() int64 {
		_, standby, _, _ := d.Reads()
		return standby
	}
}

// What a standby serves stands behind the same walls, field by field, and is never
// older than what was written just before.
func TestMatrix_onStandbys(t *testing.T) {
	t.Parallel()
	d, served := onStandbys(t)
	m := newMatrix(t, newHouseOn(t, d))
	for _, name := range []string{"Allergy", "MedicalRecord"} {
		for _, f := range schema.Types[name].Fields {
			m.read(m.paths[name], schema.Types[name], f)
		}
	}
	golden, err := os.ReadFile("testdata/matrix.txt")
	if err != nil {
		t.Fatal(err)
	}
	for name := range m.lines {
		if line := strings.TrimRight(m.line(name), " "); !strings.Contains(string(golden), line) {
			t.Errorf("on a standby it is\n%s", line)
		}
	}
	if served() < 100 { // of some thousand; at moments it may be behind
		t.Errorf("the standby served %d statements", served())
	}
}

// A chart that a standby shows is in the audit of the primary before the answer is
// out; and what changes anything asks the primary for all that it answers.
func TestStandbys_audit(t *testing.T) {
	t.Parallel()
	d, served := onStandbys(t)
	h := newHouseOn(t, d)
	doctor := h.employ("doctor", auth.Doctor)
	chart := doctor.chartsOfEachKind()[0]
	patient := chart.values["Patient"]
	reads := func() int {
		return h.count(fmt.Sprintf("SELECT count(*) FROM audit_log WHERE action = 'READ' AND patient_id = %s AND actor = 'doctor'", pq.QuoteLiteral(patient)))
	}
	of := served()
	for begun := time.Now(); served() == of; { // else it was behind at that moment
		before := reads()
		doctor.ask(`query($id: ID!) { patient(id: $id) { allergies { substance } } }`, variables{"id": patient})
		if reads() != before+1 {
			t.Errorf("%d entries of reads are there, %d were", reads(), before)
		}
		if time.Since(begun) > 30*time.Second {
			t.Fatal("the standby served nothing")
		}
	}
	of = served()
	doctor.ask(`mutation($id: ID!) { recordAllergy(input: {patientId: $id, substance: "Latex", severity: MILD}) { allergy { patient { allergies { substance } } } } }`, variables{"id": patient})
	if served() != of {
		t.Error("the standby served a mutation")
	}

	h.run("REVOKE EXECUTE ON FUNCTION audit_events FROM clinicql_care")
	if got := doctor.refused(`query($id: ID!) { patient(id: $id) { allergies { substance } } }`, variables{"id": patient}); len(got) == 0 {
		t.Error("a read that is not in the audit is answered")
	}
}
