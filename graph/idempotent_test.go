package graph_test

import (
	"fmt"
	"sync"
	"testing"
)

const register = `mutation($key: String!, $name: String!) {
	createPatient(input: {familyName: $name, sex: FEMALE, birthDate: "1990-02-28", confirmNotDuplicate: true}) @idempotent(key: $key) {
		patient { id mrn familyName version createdAt } patientEdge { cursor } } }`

func TestIdempotent_32RepeatsAreOne(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	answers := make([]string, 32)
	var repeats sync.WaitGroup
	start := make(chan struct{})
	for i := range answers {
		repeats.Go(func() {
			<-start
			_, answers[i] = c.post(register, variables{"key": "register-beridze", "name": "Beridze"})
		})
	}
	close(start)
	repeats.Wait()
	for _, text := range answers {
		if text != answers[0] || parse(t, text).Errors != nil {
			t.Fatalf("answers differ:\n%s\n%s", text, answers[0])
		}
	}
	if n := c.count("SELECT count(*) FROM patients"); n != 1 {
		t.Errorf("%d patients", n)
	}
}

func TestIdempotent(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	vars := variables{"key": "register-beridze", "name": "Beridze"}
	first := c.ask(register, vars)
	t.Run("refuses the key with another input", func(t *testing.T) {
		got := c.refused(register, variables{"key": "register-beridze", "name": "Maisuradze"})
		if got[0].Extensions.Code != "IDEMPOTENCY_MISMATCH" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("answers as it first did, whatever happened since", func(t *testing.T) {
		c.ask(`mutation($id: ID!) { updatePatient(input: {patientId: $id, expectedVersion: 1, familyName: "New"}) { patient { version } } }`,
			variables{"id": first.text("createPatient.patient.id")})
		if got := c.ask(register, vars); asJSON(got) != asJSON(first) {
			t.Errorf("got %s, first %s", asJSON(got), asJSON(first))
		}
	})
	t.Run("keeps the keys of actors apart", func(t *testing.T) {
		c.actor = "somebody else"
		defer func() { c.actor = "tester" }()
		if got := c.ask(register, vars); got.text("createPatient.patient.id") == first.text("createPatient.patient.id") {
			t.Error("another actor got the first one's patient")
		}
	})
	t.Run("leaves the key of a refused mutation free", func(t *testing.T) {
		wantProblem(t, c.refused(register, variables{"key": "retry-after-error", "name": ""}), "TOO_SHORT")
		c.ask(register, variables{"key": "retry-after-error", "name": "Right"})
	})
	t.Run("forgets after 24 hours", func(t *testing.T) {
		c.count("WITH old AS (UPDATE idempotency_keys SET created_at = created_at - interval '24 hours' RETURNING 1) SELECT count(*) FROM old")
		if got := c.ask(register, vars); got.text("createPatient.patient.id") == first.text("createPatient.patient.id") {
			t.Error("the key is still known")
		}
	})
	t.Run("stands on mutations only", func(t *testing.T) {
		wantProblem(t, c.refused(`{ patients @idempotent(key: "12345678") { nodes { id } } }`, nil), "NOT_ALLOWED_NOW")
	})
}

// One refused mutation does not hide the others of its document.
func TestMutationsOfOneDocumentStandAlone(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	_, text := c.post(fmt.Sprintf(`mutation {
		a: createPatient(input: {familyName: "A", sex: MALE, birthDate: "1990-01-01"}) { patient { familyName } }
		b: updatePractitioner(input: {practitionerId: %q, expectedVersion: 7, prefix: "Prof."}) { practitioner { prefix } }
		c: createPatient(input: {familyName: "C", sex: MALE, birthDate: "1990-01-01"}) { patient { familyName } } }`, doctor.ID), nil)
	got := parse(t, text)
	if want := `{"a":{"patient":{"familyName":"A"}},"b":null,"c":{"patient":{"familyName":"C"}}}`; asJSON(got.Data) != want {
		t.Errorf("got %s", text)
	}
	if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "VERSION_CONFLICT" || fmt.Sprint(got.Errors[0].Path) != "[b]" {
		t.Errorf("got %s", text)
	}
}
