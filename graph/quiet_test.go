package graph_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/graph"
)

// Errors about a document say where it is wrong without repeating a value.
func TestErrors_repeatNoValue(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for query, want := range map[string]string{
		`"A" "Beridze" { clinic { name } }`:                                                                 `Unexpected String`,
		`Beridze Nino { clinic { name } }`:                                                                  `Unexpected Name`,
		`{ searchPatients(query: Beridze) { totalCount } }`:                                                 `a value does not fit its type`,
		`query($a: Int = "Beridze") { clinic { name } }`:                                                    `a value does not fit its type; Variable "$a" is never used.`,
		`query a { patients(first: "Beridze") { totalCount } } query b { clinic { name } }`:                 `a value does not fit its type`,
		`{ ... @include(if: "Beridze") { clinic { name } } }`:                                               `a value does not fit its type`,
		`{ patients(where: {familyName: {eq: "A"}}, first: "Beridze") @nope(a: "Beridze") { totalCount } }`: `first is not a whole number of 32 bits; Unknown directive "@nope".`,
		`{ clinic { nam } }`: `Cannot query field "nam" on type "Clinic". Did you mean "name"?`,
	} {
		var got []string
		for _, e := range c.refused(query, nil) {
			got = append(got, e.Message)
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s\ngot  %s\nwant %s", query, strings.Join(got, "; "), want)
		}
	}
	yes := `query($yes: Boolean!) { ... @include(if: $yes) { clinic { name } } }`
	if got := c.refused(yes, variables{"yes": "Beridze"}); got[0].Message != "does not fit its type" {
		t.Errorf("got %s", asJSON(got))
	}
	if got := c.refused(yes, nil); got[0].Message != "must be defined" {
		t.Errorf("got %s", asJSON(got))
	}
	if got := c.refused(`query($w: PatientWhere) { patients(where: $w) { totalCount } }`, variables{"w": variables{"Nino Beridze": 1}}); got[0].Message != "where.? is not a field of PatientWhere" {
		t.Errorf("got %s", asJSON(got))
	}
}

// Whoever has not signed in is told of no name that they did not write.
func TestErrors_suggestNothingToAnybody(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for query, want := range map[string]string{
		`{ clinik { name } }`:                         `Did you mean`,
		`{ clinic }`:                                  `Did you mean`,
		`{ clinic { nam } }`:                          `Did you mean`,
		`{ patients(frst: 1) { totalCount } }`:        `Did you mean`,
		`{ ... on Clinik { name } }`:                  ``,
		`query($a: Patint) { clinic { name } }`:       ``,
		`{ node(id: "x") { name } }`:                  `Did you mean`,
		`{ clinic { name @skp(if: true) } }`:          ``,
		`{ patients(orderBy: {field: NAM}) { x } }`:   ``,
		`{ patients(where: {sx: 1}) { totalCount } }`: ``,
	} {
		_, signedIn := c.post(query, nil)
		if !strings.Contains(signedIn, want) {
			t.Errorf("%s: a user is told %s", query, signedIn)
		}
		if _, text := c.as(auth.Nobody).post(query, nil); strings.Contains(text, "mean") || !strings.Contains(text, `"errors":[`) {
			t.Errorf("%s: anybody is told %s", query, text)
		}
	}
}

// A panic where no field is at work is told as any other failure.
func TestTransport_survivesAPanic(t *testing.T) {
	t.Parallel()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(`{"query": "{ clinic { name } }"}`))
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	graph.Broken().ServeHTTP(answer, request)
	if answer.Code != http.StatusInternalServerError || !strings.Contains(answer.Body.String(), `"code":"INTERNAL"`) {
		t.Errorf("%d: %s", answer.Code, answer.Body)
	}
}
