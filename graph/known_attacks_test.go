package graph_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
)

// An attack is a request as somebody known tries it, and what must be in the answer
// and what must not.
type attack struct {
	method, media, body string // POST of JSON where they are empty; the body of a GET is its address
	status              int    // 0 for any below 500
	holds, lacks        string
}

func query(text string) string { return asJSON(map[string]string{"query": text}) }

// Every probe of graphql-cop (https://github.com/dolevf/graphql-cop), as anybody
// sends them who has not signed in.
func TestGraphQLCop(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.probe(t, http.Header{}, map[string]attack{
		"alias_overloading": {body: query("query cop { " + repeated(101, "alias#:__typename ") + "}"), holds: "TOO_COMPLEX", lacks: `"data":{`},
		"batch_query":       {body: "[" + strings.TrimSuffix(strings.Repeat(query("query cop { __typename }")+",", 10), ",") + "]", status: 400, lacks: `"data"`},
		"circular_query_introspection": {body: query("query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }"),
			status: 200, holds: `"errors":[`, lacks: `"data":{`},
		"directive_overloading":       {body: query("query cop { __typename " + strings.Repeat("@aa", 10) + " }"), holds: "Unknown directive", lacks: `"data":{`},
		"directive_overloading, more": {body: query("query cop { __typename " + strings.Repeat("@skip(if: false)", 50) + " }"), holds: "TOO_COMPLEX", lacks: `"data":{`},
		"field_duplication":           {body: query("query cop { " + strings.Repeat("__typename \n", 500) + "}"), holds: "TOO_COMPLEX", lacks: `"data":{`},
		"field_suggestions":           {body: query("query cop { __schema { directive } }"), holds: `"errors":[`, lacks: "mean"},
		"get_based_mutation":          {method: "GET", body: "?query=" + url.QueryEscape("mutation cop { __typename }"), status: 405, lacks: `"data":{`},
		"get_method_support":          {method: "GET", body: "?query=" + url.QueryEscape("query cop { __typename }"), status: 200, holds: `"data":{"__typename":"Query"}`}, // as the specification has it; no cookie counts by GET alone
		"introspection":               {body: query("query cop { __schema { types { name fields { name } } } }"), holds: "UNAUTHENTICATED", lacks: `"data":{`},
		"post_based_csrf":             {media: "application/x-www-form-urlencoded", body: "query=" + url.QueryEscape("query cop { __typename }"), status: 415, lacks: `"data":{`},
		"trace_mode":                  {body: query("query cop { __typename }"), status: 200, lacks: "tracing"},
		"unhandled_errors":            {body: query("qwerty cop { abc }"), holds: "GRAPHQL_PARSE_FAILED", lacks: "exception"},
		"graphiql":                    {method: "GET", body: "?", lacks: "graphiql"},
	})
}

// The scenarios of Damn Vulnerable GraphQL Application
// (https://github.com/dolevf/Damn-Vulnerable-GraphQL-Application), in the terms of
// this schema, by somebody who has signed in.
func TestDVGA(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	nino := h.employ("nino", auth.Receptionist)
	injected := func(text string) string {
		body, _ := json.Marshal(map[string]any{"query": `query($q: String!) { searchPatients(query: $q) { nodes { id } } patients(where: {familyName: {contains: $q}}) { totalCount } }`, "variables": variables{"q": text}})
		return string(body)
	}
	h.probe(t, nino.header, map[string]attack{
		"batch query":                   {body: "[" + strings.Repeat(query("{ clinic { name } }")+",", 200) + query("{ clinic { name } }") + "]", status: 400, lacks: `"data":{`},
		"deep recursion":                {body: query(deep(40)), holds: "TOO_COMPLEX", lacks: `"data":{`},
		"a query that takes much":       {body: query("{ patients(first: 100) { nodes { appointments(first: 100) { nodes { patient { displayName } } } } } }"), holds: `"limit":"cost"`, lacks: `"data":{`},
		"field duplication":             {body: query("{ clinic { " + strings.Repeat("name ", 5000) + "} }"), holds: "TOO_COMPLEX", lacks: `"data":{`},
		"aliases":                       {body: query("{ " + repeated(200, "q#: clinic { name } ") + "}"), holds: "TOO_COMPLEX", lacks: `"data":{`},
		"a circular fragment":           {body: query("{ ...a } fragment a on Query { clinic { name } ...b } fragment b on Query { ...a }"), holds: "GRAPHQL_VALIDATION_FAILED", lacks: `"data":{`},
		"stack traces":                  {body: query("{ patients(after: \"x\") { nodes { id } } }"), holds: "BAD_CURSOR", lacks: ".go:"},
		"stack traces of variables":     {body: `{"query": "query($n: Int) { patients(first: $n) { totalCount } }", "variables": {"n": {"a": []}}}`, holds: "INVALID", lacks: ".go:"},
		"a request forged by us":        {body: query(`mutation { createPatient(input: {familyName: "http://169.254.169.254/", sex: MALE, birthDate: "1990-01-01", email: "http://127.0.0.1/"}) { patient { id } } }`), holds: "BAD_FORMAT", lacks: `"id"`},
		"commands of the system":        {body: injected("`id`; cat /etc/passwd $(id)"), status: 200, holds: `"totalCount":0`, lacks: "root:"},
		"SQL":                           {body: injected("a' OR '1'='1' --"), status: 200, holds: `"totalCount":0`, lacks: "SQLSTATE"},
		"SQL by an order":               {body: query(`{ patients(orderBy: [{field: "FAMILY_NAME; DROP TABLE patients"}]) { totalCount } }`), holds: `"errors":[`, lacks: "SQLSTATE"},
		"SQL by a cursor":               {body: query(`{ patients(after: "MScgT1IgJzEnPScx") { totalCount nodes { id } } }`), holds: "BAD_CURSOR", lacks: "SQLSTATE"},
		"a forged token":                {method: "FORGED", body: query("{ viewer { loginName } }"), status: 401, holds: "UNAUTHENTICATED", lacks: "loginName"},
		"a deny list, by an alias":      {body: query("{ clinic: auditLog { nodes { id } } }"), holds: "FORBIDDEN", lacks: `"data":{`},
		"a deny list, by a fragment":    {body: query("query clinic { ...clinic } fragment clinic on Query { a: medicalRecords { nodes { id } } }"), holds: "FORBIDDEN", lacks: `"data":{`},
		"a deny list, by a name":        {body: `{"query": "query clinic { auditLog { nodes { id } } }", "operationName": "clinic"}`, holds: "FORBIDDEN", lacks: `"data":{`},
		"a door that is left out":       {body: query("{ node(id: \"00000000-0000-0000-0000-000000000000\") { ... on MedicalRecord { diagnosis } } }"), holds: "FORBIDDEN", lacks: `"data":{`},
		"a path to a file":              {body: query(`mutation { createRoom(input: {name: "../../../../etc/passwd"}) { room { name } } }`), holds: `"data":`, lacks: "root:"},
		"an upload to a path":           {media: "multipart/form-data; boundary=x", body: "--x\r\nContent-Disposition: form-data; name=\"0\"; filename=\"../../a\"\r\n\r\na\r\n--x--\r\n", status: 415, lacks: `"data":{`},
		"a mutation by GET":             {method: "GET", body: "?query=" + url.QueryEscape(`mutation { signOut { viewer { id } } }`), status: 405, lacks: `"data":{`},
		"a name of an operation":        {body: `{"query": "query a { clinic { name } }", "operationName": "a\nERROR admin signed in"}`, holds: "GRAPHQL_VALIDATION_FAILED", lacks: "signed in"},
		"a script that is kept":         {body: query(`mutation { createRoom(input: {name: "<script>alert(1)</script>"}) { room { name } } }`), holds: `"data":`},
		"passwords, many in a document": {body: query("mutation { " + repeated(100, `a#: signIn(input: {loginName: "nino", password: "`+"p#"+`"}) { viewer { id } } `) + "}"), holds: "TOO_COMPLEX", lacks: `"data":{`},
	})
	if n := h.count("SELECT count(*) FROM patients"); n != 0 {
		t.Errorf("%d patients were written", n)
	}
}

// What somebody calls their operation does not stand in the log, where it could look
// like a line of its own.
func TestDVGA_logSpoofing(t *testing.T) { // alone, because the log is the process's
	var log bytes.Buffer
	former := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer slog.SetDefault(former)
	h := newHouse(t)
	nino := h.employ("nino", auth.Receptionist)
	nino.post("query spoofed { auditLog { nodes { id } } }", nil)
	nino.post("query spoofed { spoofed: clinic { name } }", variables{"spoofed": "\nERROR spoofed"})
	if strings.Contains(log.String(), "spoofed") {
		t.Errorf("the log says %s", log.String())
	}
}

// probe sends what attackers do, each in a subtest.
func (h *house) probe(t *testing.T, header http.Header, attacks map[string]attack) {
	t.Helper()
	for name, a := range attacks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, header, address, body := h.in(t), header.Clone(), "", a.body
			method, media := http.MethodPost, "application/json"
			switch a.method {
			case "GET":
				method, media, address, body = a.method, "", a.body, ""
			case "FORGED":
				header = http.Header{"Authorization": {"Bearer eyJhbGciOiJub25lIn0.eyJpZGVudGl0eSI6ImFkbWluIn0."}}
			}
			if a.media != "" {
				media = a.media
			}
			request, err := http.NewRequestWithContext(t.Context(), method, c.server.URL+address, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			request.Header = header
			request.Header.Set("Content-Type", media)
			response, err := http.DefaultTransport.RoundTrip(request)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			var text bytes.Buffer
			_, _ = text.ReadFrom(response.Body)
			got := text.String()
			if response.StatusCode >= 500 || a.status != 0 && response.StatusCode != a.status || !strings.Contains(got, a.holds) || a.lacks != "" && strings.Contains(strings.ToLower(got), strings.ToLower(a.lacks)) {
				t.Errorf("answered %d %.500s", response.StatusCode, got)
			}
			if kind := response.Header.Get("Content-Type"); !strings.Contains(kind, "json") {
				t.Errorf("answered as %s", kind) // a script in it is none, and no browser guesses (TestSecured)
			}
		})
	}
}
