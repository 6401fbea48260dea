package graph_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const (
	newMedia = "application/graphql-response+json"
	oldMedia = "application/json"
)

// The status codes of the GraphQL-over-HTTP specification.
func TestTransport(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	body := func(query string) string { return asJSON(map[string]string{"query": query}) }
	get := func(query string) string { return "?query=" + url.QueryEscape(query) }
	for name, test := range map[string]struct {
		method, address, accept, media, body string
		status                               int
		answer                               string // its media type, "" for any
		holds                                string
	}{
		"a query":                  {"POST", "", newMedia, oldMedia, body(`{ clinic { name } }`), 200, newMedia, `{"data":{"clinic":{"name":"Clinic"}},"extensions":{"cost":{"requestedQueryCost":1,"actualQueryCost":1}}}`},
		"a query of an old client": {"POST", "", oldMedia, oldMedia, body(`{ clinic { name } }`), 200, oldMedia, `{"data":`},
		"a query of a client that accepts anything": {"POST", "", "*/*", oldMedia, body(`{ clinic { name } }`), 200, oldMedia, `{"data":`},
		"the better of two by its weight":           {"POST", "", oldMedia + ";q=0.5, " + newMedia, oldMedia, body(`{ clinic { name } }`), 200, newMedia, `{"data":`},
		"a query by GET":                            {"GET", get(`{ clinic { name } }`), newMedia, "", "", 200, newMedia, `{"data":`},
		"a mutation by GET":                         {"GET", get(`mutation { createPatient(input: {familyName: "B", sex: MALE, birthDate: "1990-01-01"}) { patient { id } } }`), newMedia, "", "", 405, newMedia, `BAD_REQUEST`},
		"no query by GET":                           {"GET", "", newMedia, "", "", 400, newMedia, `BAD_REQUEST`},
		"variables by GET that are no JSON":         {"GET", get(`{ clinic { name } }`) + "&variables=x", newMedia, "", "", 400, newMedia, `BAD_REQUEST`},
		"no GraphQL":                                {"POST", "", newMedia, oldMedia, body(`{`), 400, newMedia, `GRAPHQL_PARSE_FAILED`},
		"no GraphQL of an old client":               {"POST", "", oldMedia, oldMedia, body(`{`), 200, oldMedia, `GRAPHQL_PARSE_FAILED`},
		"an unknown field":                          {"POST", "", newMedia, oldMedia, body(`{ nothing }`), 400, newMedia, `GRAPHQL_VALIDATION_FAILED`},
		"an input that is wrong":                    {"POST", "", newMedia, oldMedia, body(`{ patients(first: 0) { nodes { id } } }`), 400, newMedia, `"code":"INVALID"`},
		"a field that is refused":                   {"POST", "", newMedia, oldMedia, body(`{ patients(after: "x") { nodes { id } } }`), 200, newMedia, `{"data":null,"errors":[{`},
		"no JSON":                                   {"POST", "", newMedia, oldMedia, `{"query":`, 400, newMedia, `BAD_REQUEST`},
		"two JSON values":                           {"POST", "", newMedia, oldMedia, `{"query":"{clinic{name}}"}{}`, 400, newMedia, `BAD_REQUEST`},
		"a list of operations":                      {"POST", "", newMedia, oldMedia, `[{"query":"{clinic{name}}"}]`, 400, newMedia, `BAD_REQUEST`},
		"a text":                                    {"POST", "", newMedia, "text/plain", body(`{ clinic { name } }`), 415, newMedia, `BAD_REQUEST`},
		"an answer that is not to be had":           {"POST", "", "image/png", oldMedia, body(`{ clinic { name } }`), 406, oldMedia, `BAD_REQUEST`},
		"DELETE":                                    {"DELETE", "", newMedia, "", "", 405, newMedia, `BAD_REQUEST`},
		"a body of 5 MB":                            {"POST", "", newMedia, oldMedia, `{"query":"` + strings.Repeat(" ", 5<<20) + `"}`, 413, newMedia, `BAD_REQUEST`},
		"a body of 257 KiB":                         {"POST", "", newMedia, oldMedia, `{"query":"{ clinic { name } }` + strings.Repeat(" ", 257<<10) + `"}`, 413, newMedia, `BAD_REQUEST`},
		"a body of 255 KiB":                         {"POST", "", newMedia, oldMedia, `{"query":"{ clinic { name } }` + strings.Repeat(" ", 255<<10) + `"}`, 200, newMedia, `"data":{`},
		"a browser":                                 {"GET", "", "text/html", "", "", 303, "", ""},
		"fragments that double":                     {"POST", "", newMedia, oldMedia, body(doubling(40)), 400, newMedia, `TOO_COMPLEX`},
		"fragments in a circle, with a wrong value": {"POST", "", newMedia, oldMedia,
			body(`{ patients(first: "x") { nodes { ...a } } } fragment a on Patient { appointments { nodes { patient { ...a } } } }`), 400, newMedia, `"errors":[`},
		"a million items": {"POST", "", newMedia, oldMedia,
			body(`{ patients(first: 100) { nodes { appointments(first: 100) { nodes { patient { appointments(first: 100) { nodes { id } } } } } } } }`), 400, newMedia, `TOO_COMPLEX`},
		"a page of almost ten thousand items": {"POST", "", newMedia, oldMedia,
			body(`{ patients(first: 100) { nodes { appointments(first: 44) { nodes { id } } medicalRecords { nodes { id } } } } }`), 200, newMedia, `"data":{`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			request, err := http.NewRequestWithContext(t.Context(), test.method, c.server.URL+test.address, strings.NewReader(test.body))
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Accept", test.accept)
			if test.media != "" {
				request.Header.Set("Content-Type", test.media)
			}
			response, err := http.DefaultTransport.RoundTrip(request)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			text, _ := io.ReadAll(response.Body)
			media := response.Header.Get("Content-Type")
			if response.StatusCode != test.status || test.answer != "" && media != test.answer+"; charset=utf-8" || !strings.Contains(string(text), test.holds) {
				t.Errorf("%d, %s: %.300s", response.StatusCode, media, text)
			}
			if test.status == 405 && response.Header.Get("Allow") == "" {
				t.Error("no method is named that is allowed")
			}
		})
	}
	if n := c.count("SELECT count(*) FROM patients"); n != 0 {
		t.Errorf("%d patients were written", n)
	}
}

// doubling returns a document in which each of n fragments spreads the next twice.
func doubling(n int) string {
	var b strings.Builder
	b.WriteString(`{ clinic { ...f0 } }`)
	for i := range n {
		fmt.Fprintf(&b, ` fragment f%[1]d on Clinic { ...f%[2]d ...f%[2]d }`, i, i+1)
	}
	fmt.Fprintf(&b, ` fragment f%d on Clinic { name }`, n)
	return b.String()
}
