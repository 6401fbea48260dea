package graph_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/seed"
)

// newFuzzedClient returns a client of a clinic with some rows.
func newFuzzedClient(f *testing.F) *client {
	f.Helper()
	c := newClient(f)
	if _, err := seed.Run(auth.WithActor(f.Context(), auth.SystemActor("seed")), c.db.DB, seed.Options{Patients: 20, Seed: 1}); err != nil {
		f.Fatal(err)
	}
	return c
}

// wellRefused fails a test when an answer is not one of GraphQL, or tells that
// something went wrong in the server. What was sent stands in no answer.
func wellRefused(t *testing.T, status int, text string) {
	t.Helper()
	var got struct {
		Data   any
		Errors []refusal
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatalf("%d %v: %.500s", status, err, text)
	}
	if status >= 500 {
		t.Fatalf("%d %.500s", status, text)
	}
	for _, e := range got.Errors {
		if e.Extensions.Code == "INTERNAL" || e.Extensions.Code == "" {
			t.Fatalf("%d %.500s", status, text)
		}
	}
}

func FuzzHandler_body(f *testing.F) {
	for _, body := range []string{
		`{"query":"{ clinic { name } }"}`,
		`{"query":"query Q($n: Int) { patients(first: $n) { nodes { id } } }","variables":{"n":1},"operationName":"Q"}`,
		`{"query":"query($w: PatientWhere) { patients(where: $w) { totalCount } }","variables":{"w":{"familyName":{"eq":"x"}}},"extensions":{}}`,
		`{"documentId":"sha256:0000"}`,
		`[{"query":"{ clinic { name } }"}]`,
		`{"query":"mutation { createPatient(input: {familyName: \"B\", sex: MALE, birthDate: \"1990-01-01\"}) @idempotent(key: \"12345678\") { patient { id } } }"}`,
		`{"query":"{ a: __typename ...f } fragment f on Query { ...f }"}`,
		`{"query":"subscription { patientChanged { kind } }"}`,
		"{\"query\":\"{ \xff }\"}", `{"query":"{ __schema { types { name } } }"}{}`, `null`, ``, `{"query":"{ patients(first: 1e400) { totalCount } }"}`,
	} {
		f.Add([]byte(body))
	}
	c := newFuzzedClient(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		response, err := http.Post(c.server.URL, "application/json", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		wellRefused(t, response.StatusCode, string(text))
	})
}

func FuzzQuery_where(f *testing.F) {
	lists := []string{"patients(where: $w", "appointments(where: $w", "medicalRecords(where: $w", "practitioners(where: $w"}
	types := []string{"PatientWhere", "AppointmentWhere", "MedicalRecordWhere", "PractitionerWhere"}
	for noun, where := range map[int][]string{
		0: {`{"familyName":{"startsWith":"B"}}`, `{"or":[{"sex":{"eq":"MALE"}},{"not":{"birthDate":{"lt":"1990-01-01"}}}]}`, `{"mrn":{"in":["1","2"]}}`, `{"and":[{"and":[{"and":[]}]}]}`},
		1: {`{"status":{"in":["BOOKED"]}}`, `{"startsAt":{"gte":"2026-01-01T00:00:00Z"}}`, `{"patient":{"familyName":{"contains":"%_\\"}}}`},
		2: {`{"diagnosis":{"contains":"'"}}`, `{"status":{"eq":null}}`},
		3: {`{"familyName":{"eq":"\u0000"}}`},
	} {
		for _, w := range where {
			f.Add(noun, w)
		}
	}
	c := newFuzzedClient(f)
	f.Fuzz(func(t *testing.T, noun int, where string) {
		var value any
		if json.Unmarshal([]byte(where), &value) != nil {
			return // FuzzHandler_body sends what is no JSON
		}
		noun = (noun%len(lists) + len(lists)) % len(lists)
		response, text := c.in(t).post("query($w: "+types[noun]+") { "+lists[noun]+", first: 2) { totalCount nodes { id } } }", variables{"w": value})
		wellRefused(t, response.StatusCode, text)
	})
}

func FuzzQuery_cursorAndID(f *testing.F) {
	c := newFuzzedClient(f)
	page := c.ask(`{ patients(first: 1) { pageInfo { endCursor } nodes { id } } }`, nil)
	cursor := page.text("patients.pageInfo.endCursor")
	for _, text := range []string{cursor, cursor[:len(cursor)-1], cursor + "A", "", "AAAA", strings.ToLower(cursor), "01900000-0000-7000-8000-000000000001", "{01900000-0000-7000-8000-00000000001}", "\x00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		response, answer := c.in(t).post(`query($c: String, $id: ID!) {
			patients(first: 1, after: $c) { nodes { id } }
			before: patients(last: 1, before: $c, orderBy: [{field: NAME, direction: DESC}]) { nodes { id } }
			appointments(first: 1, after: $c) { nodes { id } }
			node(id: $id) { id }
		}`, variables{"c": text, "id": text})
		wellRefused(t, response.StatusCode, answer)
	})
}
