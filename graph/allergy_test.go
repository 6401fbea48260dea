package graph_test

import (
	"testing"

	"github.com/clinicql/clinicql/auth"
)

// An allergy is suspected, confirmed, refuted and taken back, each time as its
// next version and with a reason.
func TestAllergyStatus(t *testing.T) {
	t.Parallel()
	c := newClient(t).as(auth.Nurse)
	patient := newPatient(t, c.db, "Beridze")
	note := func(status string) answer {
		return c.ask(`mutation($id: ID!) { recordAllergy(input: {patientId: $id, substance: "Penicillin", status: `+status+`}) { allergy { id status statusReason version } } }`, variables{"id": patient.ID})
	}
	id := note("UNCONFIRMED").text("recordAllergy.allergy.id")
	call := func(name string) string {
		return `mutation($id: ID!, $v: Int!, $why: String!) { a: ` + name + `(input: {allergyId: $id, expectedVersion: $v, reason: $why}) { allergy { status statusReason version } } }`
	}
	of := func(version int, why string) variables { return variables{"id": id, "v": version, "why": why} }
	listed := func() int {
		return len(c.ask(`query($id: ID!) { patient(id: $id) { allergies { id } } }`, variables{"id": patient.ID}).at("patient.allergies").([]any))
	}
	if got := asJSON(c.ask(call("confirmAllergy"), of(1, "skin test"))); got != `{"a":{"allergy":{"status":"CONFIRMED","statusReason":"skin test","version":2}}}` || listed() != 1 {
		t.Errorf("got %s", got)
	}
	wantProblem(t, c.refused(call("confirmAllergy"), of(2, "skin test")), "ILLEGAL_STEP")
	wantProblem(t, c.refused(call("refuteAllergy"), of(2, "no")), "TOO_SHORT")
	if got := c.refused(call("refuteAllergy"), of(1, "provocation test")); got[0].Extensions.Code != "VERSION_CONFLICT" {
		t.Errorf("got %s", asJSON(got))
	}
	if got := asJSON(c.ask(call("refuteAllergy"), of(2, "provocation test"))); got != `{"a":{"allergy":{"status":"REFUTED","statusReason":"provocation test","version":3}}}` || listed() != 0 {
		t.Errorf("got %s", got)
	}
	got := asJSON(c.ask(`mutation($id: ID!) { confirmAllergy(input: {allergyId: $id, expectedVersion: 3}) { allergy { status statusReason version } } }`, variables{"id": id}))
	if got != `{"confirmAllergy":{"allergy":{"status":"CONFIRMED","statusReason":null,"version":4}}}` {
		t.Errorf("got %s", got)
	}
	if got := asJSON(c.ask(call("markAllergyInError"), of(4, "of somebody else"))); got != `{"a":{"allergy":{"status":"ENTERED_IN_ERROR","statusReason":"of somebody else","version":5}}}` || listed() != 0 {
		t.Errorf("got %s", got)
	}
	for _, name := range []string{"confirmAllergy", "refuteAllergy", "markAllergyInError"} {
		wantProblem(t, c.refused(call(name), of(5, "once more")), "ILLEGAL_STEP")
	}
	if n := c.count("SELECT count(*) FROM audit_log WHERE table_name = 'allergies' AND reason IN ('skin test', 'provocation test', 'of somebody else')"); n != 3 {
		t.Errorf("%d reasons are in the audit", n)
	}
	wantProblem(t, c.refused(`mutation($id: ID!) { recordAllergy(input: {patientId: $id, substance: "x", status: REFUTED}) { allergy { id } } }`, variables{"id": patient.ID}), "OUT_OF_RANGE")
}
