package graph_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
)

// instant returns the database's time, at which nothing is being written.
func (c *client) instant() string {
	c.t.Helper()
	var at time.Time
	if err := c.db.SQL.Get(&at, "SELECT clock_timestamp()"); err != nil {
		c.t.Fatal(err)
	}
	return at.UTC().Format(time.RFC3339Nano)
}

// newPast has a patient who was called Beridze at an instant, and is called
// Gelashvili since.
func newPast(t *testing.T) (c *client, at string) {
	t.Helper()
	c = newClient(t)
	p := newPatient(t, c.db, "Beridze")
	at = c.instant()
	c.ask(`mutation($id: ID!) { updatePatient(input: {patientId: $id, expectedVersion: 1, familyName: "Gelashvili"}) { patient { id } } }`, variables{"id": p.ID})
	return c, at
}

func TestAsOf_isAskedForInManyWays(t *testing.T) {
	t.Parallel()
	c, at := newPast(t)
	instant, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		t.Fatal(err)
	}
	const (
		then, now = `{"patients":{"nodes":[{"familyName":"Beridze"}]}}`, `{"patients":{"nodes":[{"familyName":"Gelashvili"}]}}`
		names     = ` { patients { nodes { familyName } } }`
	)
	inline := `query @asOf(at: "` + at + `")`
	for name, test := range map[string]struct {
		query string
		vars  variables
		want  string
	}{
		"not at all":                {names, nil, now},
		"as a text":                 {inline + names, nil, then},
		"as a variable":             {`query($at: DateTime!) @asOf(at: $at)` + names, variables{"at": at}, then},
		"as a variable's default":   {`query($at: DateTime! = "` + at + `") @asOf(at: $at)` + names, nil, then},
		"with an offset":            {inline[:len(inline)-len(at)-2] + instant.In(time.FixedZone("", 4*3600)).Format(time.RFC3339Nano) + `")` + names, nil, then},
		"with nanoseconds":          {strings.Replace(inline, at, instant.Format("2006-01-02T15:04:05.000000")+"999Z", 1) + names, nil, then},
		"with a variable unused":    {`query($at: DateTime!, $x: Boolean!) @asOf(at: $at) { patients @include(if: $x) { nodes { familyName } } }`, variables{"at": at, "x": true}, then},
		"with everything skipped":   {inline + ` { patients @skip(if: true) { nodes { familyName } } __typename }`, nil, `{"__typename":"Query"}`},
		"with fragments":            {inline + ` { ...all } fragment all on Query { patients { ...page } } fragment page on PatientConnection { nodes { ... on Patient { familyName } } }`, nil, then},
		"with aliases":              {inline + ` { patients: patients { nodes { familyName: familyName } } }`, nil, then},
		"with introspection":        {inline + ` { patients { nodes { familyName } } __type(name: "Patient") { name } }`, nil, `{"__type":{"name":"Patient"},"patients":{"nodes":[{"familyName":"Beridze"}]}}`},
		"of introspection alone":    {inline + ` { __schema { queryType { name } } }`, nil, `{"__schema":{"queryType":{"name":"Query"}}}`},
		"before there was a clinic": {`query @asOf(at: "1990-01-01T00:00:00Z")` + names, nil, `{"patients":{"nodes":[]}}`},
		"at the beginning":          {`query @asOf(at: "0001-01-01T00:00:00Z")` + names, nil, `{"patients":{"nodes":[]}}`},
		"before the beginning":      {`query @asOf(at: "0001-01-01T00:00:00Z")` + names, nil, `{"patients":{"nodes":[]}}`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := asJSON(c.in(t).ask(test.query, test.vars)); got != test.want {
				t.Errorf("%s\ngot %s", test.query, got)
			}
		})
	}
}

// Everything answers about a time when there was nothing: lists are empty, what
// is asked for by id is not there, and days are those of the clinic there is.
func TestAsOf_beforeTheClinic(t *testing.T) {
	t.Parallel()
	c, _ := newPast(t)
	patient := c.ask(`{ patients { nodes { id mrn } } }`, nil)
	got := c.ask(`query($id: ID!, $mrn: String!) @asOf(at: "1990-01-01T12:00:00Z") {
		patient(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id } patientBy(by: {mrn: $mrn}) { id } searchPatients(query: "gelashvili") { totalCount }
		patients { totalCount edges { cursor } } appointments { totalCount } medicalRecords { totalCount } waitList { totalCount } rooms { totalCount }
		practitioners { totalCount } timeOff { totalCount } auditLog { totalCount } possibleDuplicates(of: {patient: {familyName: "Gelashvili"}}) { score }
		schedule(range: {date: "1990-01-01"}) { timeZone columns { appointments { id } } } clinic { timeZone today }
	}`, variables{"id": patient.at("patients.nodes.0.id"), "mrn": patient.at("patients.nodes.0.mrn")})
	want := `{"appointments":{"totalCount":0},"auditLog":{"totalCount":0},"clinic":{"timeZone":"Asia/Tbilisi","today":"1990-01-01"},"medicalRecords":{"totalCount":0},` +
		`"node":null,"nodes":[null],"patient":null,"patientBy":null,"patients":{"edges":[],"totalCount":0},"possibleDuplicates":[],"practitioners":{"totalCount":0},` +
		`"rooms":{"totalCount":0},"schedule":{"columns":[],"timeZone":"Asia/Tbilisi"},"searchPatients":{"totalCount":0},"timeOff":{"totalCount":0},"waitList":{"totalCount":0}}`
	if asJSON(got) != want {
		t.Errorf("got %s", asJSON(got))
	}
}

// Each operation of a document looks at its own instant.
func TestAsOf_oneOfTwoOperations(t *testing.T) {
	t.Parallel()
	c, at := newPast(t)
	document := `query Then @asOf(at: "` + at + `") { ...names } query Before @asOf(at: "1990-01-01T00:00:00Z") { ...names } query Now { ...names }
		fragment names on Query { patients { nodes { familyName } } }`
	for name, want := range map[string]string{"Then": `[{"familyName":"Beridze"}]`, "Before": `[]`, "Now": `[{"familyName":"Gelashvili"}]`} {
		for range 3 {
			_, text := c.get(document, name, "")
			if text = costs.ReplaceAllString(text, "}"); text != `{"data":{"patients":{"nodes":`+want+`}}}` {
				t.Errorf("%s: %s", name, text)
			}
		}
	}
}

// get sends a document in the address, and returns the answer.
func (c *client) get(query, operation, variables string) (status int, body string) {
	c.t.Helper()
	request, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, c.server.URL+"?"+url.Values{"query": {query}, "operationName": {operation}, "variables": {variables}}.Encode(), http.NoBody)
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Accept", "application/graphql-response+json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	var text strings.Builder
	if err := response.Write(&text); err != nil {
		c.t.Fatal(err)
	}
	_, body, _ = strings.Cut(text.String(), "\r\n\r\n")
	return response.StatusCode, strings.TrimSpace(body)
}

func TestAsOf_refuses(t *testing.T) {
	t.Parallel()
	c, at := newPast(t)
	const ask, invalid = ` { patients { nodes { familyName } } }`, "GRAPHQL_VALIDATION_FAILED"
	later := time.Now().Add(time.Hour).UTC().Format(time.RFC3339)
	for name, test := range map[string]struct {
		query string
		vars  variables
		code  string
		field string // that is wrong and how, as JSON
	}{
		"a mutation":           {`mutation @asOf(at: "` + at + `") { createRoom(input: {name: "1"}) { room { id } } }`, nil, invalid, ""},
		"a subscription":       {`subscription @asOf(at: "` + at + `") { patients { id } }`, nil, invalid, ""},
		"a field":              {`{ patients @asOf(at: "` + at + `") { nodes { id } } }`, nil, invalid, ""},
		"a fragment":           {`{ ...f } fragment f on Query @asOf(at: "` + at + `") { patients { nodes { id } } }`, nil, invalid, ""},
		"no instant":           {`query @asOf` + ask, nil, invalid, ""},
		"two instants":         {`query @asOf(at: "` + at + `") @asOf(at: "` + at + `")` + ask, nil, invalid, ""},
		"an argument too many": {`query @asOf(at: "` + at + `", until: "` + at + `")` + ask, nil, invalid, ""},
		"null":                 {`query @asOf(at: null)` + ask, nil, "INVALID", `["@asOf","at"] REQUIRED`},
		"a number":             {`query @asOf(at: 2026)` + ask, nil, "INVALID", `["@asOf","at"] BAD_FORMAT`},
		"a day":                {`query @asOf(at: "2026-03-01")` + ask, nil, "INVALID", `["@asOf","at"] BAD_FORMAT`},
		"no offset":            {`query @asOf(at: "2026-03-01T09:00:00")` + ask, nil, "INVALID", `["@asOf","at"] BAD_FORMAT`},
		"no day":               {`query @asOf(at: "2026-02-29T09:00:00Z")` + ask, nil, "INVALID", `["@asOf","at"] BAD_FORMAT`},
		"a word":               {`query($at: DateTime!) @asOf(at: $at)` + ask, variables{"at": "yesterday'; --"}, "INVALID", `["@asOf","at"] BAD_FORMAT`},
		"a null variable":      {`query($at: DateTime!) @asOf(at: $at)` + ask, variables{"at": nil}, "INVALID", `["@asOf","at"] REQUIRED`},
		"no variable":          {`query($at: DateTime!) @asOf(at: $at)` + ask, nil, invalid, ""},
		"one that may be null": {`query($at: DateTime) @asOf(at: $at)` + ask, variables{"at": at}, invalid, ""},
		"one of another type":  {`query($at: String!) @asOf(at: $at)` + ask, variables{"at": at}, invalid, ""},
		"the future":           {`query @asOf(at: "` + later + `")` + ask, nil, "INVALID", `["@asOf","at"] IN_THE_FUTURE`},
		"the far future":       {`query @asOf(at: "9999-12-31T23:59:59Z")` + ask, nil, "INVALID", `["@asOf","at"] IN_THE_FUTURE`},
	} {
		t.Run(name, func(t *testing.T) {
			_, text := c.in(t).post(test.query, test.vars)
			got := parse(t, text)
			if len(got.Errors) == 0 || got.Errors[0].Extensions.Code != test.code || got.Data != nil || strings.Contains(text, "yesterday") {
				t.Fatalf("%s\nis answered with %s", test.query, text)
			}
			field := ""
			for _, f := range got.Errors[0].Extensions.Fields {
				field += asJSON(f.Path) + " " + string(f.Code)
			}
			if field != test.field {
				t.Errorf("%s\nis refused with %s", test.query, text)
			}
		})
	}
	if n := c.count("SELECT count(*) FROM rooms"); n != 0 {
		t.Errorf("%d rooms were made", n)
	}
	if status, text := c.get(`query($at: DateTime!) @asOf(at: $at)`+ask, "", `{"at": "`+later+`"}`); !strings.Contains(text, `"IN_THE_FUTURE"`) {
		t.Errorf("GET is answered with %d %s", status, text)
	}
}

// Who may ask for what is the same as ever.
func TestAsOf_obeysTheRoles(t *testing.T) {
	t.Parallel()
	c, at := newPast(t)
	asOf := `query @asOf(at: "` + at + `") `
	for query, roles := range map[string][]auth.Role{
		`{ patients { totalCount } }`:                                                     {auth.Admin, auth.Nobody},
		`{ patients { nodes { allergies { id } } } }`:                                     {auth.Admin, auth.Nobody, auth.Receptionist},
		`{ clinic { today } patients @skip(if: true) { totalCount } }`:                    {auth.Admin, auth.Nobody},
		`{ auditLog { totalCount } }`:                                                     {auth.Nurse, auth.Doctor, auth.Receptionist},
		`{ appointments(where: {hasMedicalRecord: {code: {eq: "x"}}}) { nodes { id } } }`: {auth.Admin, auth.Receptionist},
	} {
		for _, role := range roles {
			_, past := c.as(role).post(asOf+query, nil)
			if _, live := c.as(role).post(query, nil); past != live || !strings.Contains(past, `"FORBIDDEN"`) && role != auth.Nobody {
				t.Errorf("%s: %s is answered with %s, live with %s", role, query, past, live)
			}
		}
	}
	for _, query := range []string{`{ clinic { today } }`, `{ patients { nodes { id } } }`, `{ viewer { id } }`} {
		if got := c.as(auth.Analyst).refused(asOf+query, nil); len(got) != 1 || asJSON(got[0].Extensions.Denied) != `["@asOf"]` {
			t.Errorf("an analyst got %s", asJSON(got))
		}
	}
	if got := asJSON(c.as(auth.Receptionist).ask(asOf+`{ patients { nodes { familyName } } }`, nil)); got != `{"patients":{"nodes":[{"familyName":"Beridze"}]}}` {
		t.Errorf("the front desk got %s", got)
	}
	if got := asJSON(c.as(auth.Nobody).ask(asOf+`{ viewer { id } }`, nil)); got != `{"viewer":null}` {
		t.Errorf("somebody who is not signed in got %s", got)
	}
	if n := c.count("SELECT count(*) FROM audit_log WHERE action = 'DENIED'"); n != 21 {
		t.Errorf("%d denials were recorded", n)
	}
}
