package main

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/clinicql/clinicql/auth"
)

// plantRequests plants marks everywhere else in requests: in what a document
// calls things, in documents and bodies that cannot be read, and in headers,
// addresses and cookies.
func (f *field) plantRequests() {
	// %[1]s is a value and %[2]s is a name that the document gives, which errors may repeat.
	for where, document := range map[string]string{
		"alias":                           `{ %[2]s: patients(first: 1) { %[2]sb: nodes { %[2]sc: id } } }`,
		"alias of a failing field":        `{ %[2]s: patient(id: "00000000-0000-7000-8000-000000000003") { id } }`,
		"operation name":                  `query %[2]s { clinic { name } }`,
		"variable name":                   `query($%[2]s: String!) { searchPatients(query: $%[2]s) { totalCount } }`,
		"unknown field":                   `{ clinic { %[2]s } }`,
		"unknown argument":                `{ clinic(%[2]s: "%[1]s") { name } }`,
		"unknown type":                    `query($a: %[2]s) { clinic { name } }`,
		"unknown fragment":                `{ ...%[2]s }`,
		"unused fragment":                 `{ clinic { name } } fragment %[2]s on Clinic { name }`,
		"unknown directive":               `{ clinic @%[2]s(a: "%[1]s") { name } }`,
		"unknown directive beside":        `{ patients(first: "%[1]s") @%[2]s(a: "%[1]s") { totalCount } }`,
		"unknown argument of a directive": `{ clinic @include(if: true, %[2]s: "%[1]s") { name } }`,
		"argument of include":             `{ clinic @include(if: "%[1]s") { name } }`,
		"include of a fragment":           `{ ... @include(if: "%[1]s") { clinic { name } } }`,
		"default of a variable":           `query($a: Int = "%[1]s") { patients(first: $a) { totalCount } }`,
		"default of an unused variable":   `query($a: Int = "%[1]s") { clinic { name } }`,
		"two operations":                  `query a { patients(first: "%[1]s") { totalCount } } query b { clinic { name } }`,
		"key of idempotent":               `mutation { createPatient(input: {familyName: "A", sex: MALE, birthDatePrecision: UNKNOWN}) @idempotent(key: "%[1]s") { __typename } }`,
		"short key of idempotent":         `mutation { createPatient(input: {familyName: "A", sex: MALE}) @idempotent(key: "a") { %[2]s: __typename } }`,
		"number as key of idempotent":     `mutation { createPatient(input: {familyName: "%[1]s", sex: MALE}) @idempotent(key: 1) { __typename } }`,
		"idempotent on a query":           `{ clinic @idempotent(key: "%[1]s") { name } }`,
		"argument given twice":            `{ patients(first: 1, first: "%[1]s") { totalCount } }`,
		"fields that conflict":            `{ a: searchPatients(query: "%[1]s") { totalCount } a: searchPatients(query: "b") { totalCount } }`,
		"a field of an input given twice": `{ patients(where: {familyName: {eq: "a", eq: "%[1]s"}}) { totalCount } }`,
		"a null in a list":                `{ patients(where: {familyName: {in: ["%[1]s", null]}}) { totalCount } }`,
		"oneOf with two":                  `{ patientBy(by: {mrn: "%[1]s", id: "%[1]s"}) { id } }`,
		"subscription":                    `subscription %[2]s { clinic(a: "%[1]s") { name } }`,
		"a comment":                       "{ clinic { name } # %[1]s\n}",
		"a text where none may stand":     `{ clinic "%[1]s" { name } }`,
		"a long text where none may be":   `{ clinic """%[1]s""" { name } }`,
		"a text at the start":             `"%[1]s" "%[1]s" { clinic { name } }`,
		"a text that does not end":        `{ searchPatients(query: "%[1]s`,
		"a text that breaks off":          "{ searchPatients(query: \"%[1]s\n\") { totalCount } }",
		"a text with a bad escape":        `{ searchPatients(query: "%[1]s\q%[1]s") { totalCount } }`,
		"a text without quotes":           `{ searchPatients(query: %[1]s) { totalCount } }`,
		"two words without quotes":        `{ searchPatients(query: %[1]s %[1]s) { totalCount } }`,
		"words outside":                   `%[1]s %[1]s { clinic { name } }`,
		"a text instead of a field":       `{ "%[1]s" }`,
		"a text instead of a type":        `query($a: "%[1]s") { clinic { name } }`,
		"a text instead of a condition":   `{ ... on "%[1]s" { id } }`,
		"a string as a key":               `{ patients(where: {"%[1]s": 1}) { totalCount } }`,
		"dollar in a default":             `query($a: String = $%[1]s) { clinic { name } }`,
		"a NUL byte":                      "{ searchPatients(query: \"%[1]s\x00\") { totalCount } }",
		"an escaped NUL byte":             `mutation { createPatient(input: {familyName: "%[1]s\u0000", sex: MALE}) { __typename } }`,
		"half a character":                `mutation { createPatient(input: {familyName: "%[1]s\ud800", sex: MALE, birthDatePrecision: UNKNOWN}) { __typename } }`,
		"64 KB":                           `{ searchPatients(query: "%[1]s` + strings.Repeat("x", 64<<10) + `") { totalCount } }`,
		"too many tokens":                 `{ clinic { name } ` + strings.Repeat(`%[2]s `, 2100) + `}`,
		"too deep":                        strings.Repeat(`{ %[2]s: node(id: "%[1]s") `, 20) + strings.Repeat("}", 20),
		"a failed sign-in":                `mutation { signIn(input: {loginName: "%[1]s", password: "%[1]s%[1]s"}) { __typename } }`,
		"a password of somebody":          `mutation { signIn(input: {loginName: "nurse", password: "%[1]s"}) { __typename } }`,
		"another first administrator":     `mutation { setUpFirstAdministrator(input: {token: "%[1]s", loginName: "%[1]s", displayName: "%[1]s", password: "%[1]s"}) { __typename } }`,
	} {
		for _, role := range []string{"doctor", ""} {
			value, name := f.mark(where), f.mark(where+" (a name)")
			f.ask(role, strings.NewReplacer("%[1]s", value, "%[2]s", name).Replace(document), nil, value)
		}
	}
	f.plantVariables()
	f.plantBodies()
	f.plantHeaders()
	f.plantAddresses()
	f.plantBytes()
}

func (f *field) plantVariables() {
	for where, vars := range map[string]map[string]any{
		"a variable nobody declared":      {"a": 1, f.mark("the name of a variable nobody declared"): f.mark("a variable nobody declared")},
		"a variable of the wrong type":    {"a": f.mark("a variable of the wrong type")},
		"a variable that is an object":    {"a": map[string]any{"b": f.mark("a variable that is an object")}},
		"a variable in a condition":       {"w": map[string]any{"sex": map[string]any{"eq": f.mark("a variable in a condition")}}},
		"a variable with an unknown date": {"w": map[string]any{"birthDate": map[string]any{"eq": f.mark("a date")}}},
		"a key that is no name":           {"w": map[string]any{f.mark("a key that is no name") + " and more": 1}},
		"a yes or no":                     {"yes": f.mark("a yes or no")},
	} {
		document := `query($a: Int, $w: PatientWhere, $yes: Boolean = true) { patients(first: $a, where: $w) @include(if: $yes) { totalCount } ... @skip(if: $yes) { clinic { name } } }`
		f.ask("doctor", document, vars, textsIn(vars)...)
		_ = where
	}
}

// textsIn returns the texts in variables, which are values.
func textsIn(v any) (texts []string) {
	switch v := v.(type) {
	case string:
		return []string{v}
	case map[string]any:
		for key, inner := range v {
			if strings.Contains(key, " ") {
				texts = append(texts, strings.Fields(key)[0])
			}
			texts = append(texts, textsIn(inner)...)
		}
	}
	return texts
}

func (f *field) plantBodies() {
	for where, body := range map[string]string{
		"a body that is no JSON":       `%s`,
		"a body that breaks off":       `{"query": "{ clinic { name } }", "variables": {"a": "%s`,
		"JSON after the body":          `{"query": "{ clinic { name } }"} "%s"`,
		"a list as the body":           `[{"query": "%s"}]`,
		"a query that is a number":     `{"query": 1, "variables": "%s"}`,
		"variables that are a text":    `{"query": "{ clinic { name } }", "variables": "%s"}`,
		"an operation that is not":     `{"query": "query a { clinic { name } }", "operationName": "%s"}`,
		"extensions":                   `{"query": "{ clinic { name } }", "extensions": {"persistedQuery": {"sha256Hash": "%s"}}}`,
		"unknown members":              `{"query": "{ clinic { name } }", "%s": "%[1]s"}`,
		"an operation that is a list":  `{"query": "{ clinic { name } }", "operationName": ["%s"]}`,
		"bytes that are no characters": "{\"query\": \"{ searchPatients(query: \\\"%s\xff\xfe\\\") { totalCount } }\"}",
		"an escape that is none":       `{"query": "\u00zz%s"}`,
		"a number that is too large":   `{"query": "query($a: Int) { patients(first: $a) { totalCount } }", "variables": {"a": 1e%[2]s}}`,
	} {
		value, number := f.mark(where), f.number(where)
		text := strings.NewReplacer("%s", value, "%[1]s", value, "%[2]s", number.String()).Replace(body)
		f.send("doctor", f.post([]byte(text)), value, number.String())
		for _, media := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=" + value, value + "/" + value, "application/json; charset=" + value} {
			request := f.post([]byte(text))
			request.Header.Set("Content-Type", media)
			f.send("doctor", request, value)
		}
	}
}

func (f *field) plantHeaders() {
	for name, of := range map[string]string{
		"Authorization": "Bearer %s", "authorization": "%s", "Accept": "%s/%s", "User-Agent": "%s", "X-Forwarded-For": "%s", "Forwarded": "for=%s", "Origin": "https://%s.example",
		"Referer": "https://%s.example/%s", "Cookie": "clinicql_session=%s", "X-Request-Id": "%s", "Traceparent": "00-%s-%s-01", "Tracestate": "a=%s", "Accept-Language": "%s", "Host": "%s",
		"Sec-Fetch-Site": "%s", "Upgrade": "%s", "Range": "bytes=%s", "If-None-Match": "%s", "Accept-Encoding": "%s", "X-%s": "%s", "Authorization: Basic": "Basic %s", "GraphQL-Require-Preflight": "%s",
	} {
		for _, path := range []string{"/graphql", "/health", "/", "/playground"} {
			value := f.mark("the header " + name)
			request := f.post([]byte(`{"query": "{ viewer { id } }"}`))
			request.URL.Path = path
			if path != "/graphql" {
				request.Method = http.MethodGet
			}
			name, _, _ := strings.Cut(strings.ReplaceAll(name, "%s", value), ":")
			request.Header.Set(name, strings.ReplaceAll(of, "%s", value))
			if name == "Host" {
				request.Host = value + ".example"
			}
			f.send("", request, value)
		}
	}
	f.forge()
}

// forge sends tokens that are none of the server's.
func (f *field) forge() {
	for _, kind := range []auth.TokenKind{auth.SessionToken, auth.APIToken, auth.LinkToken, auth.ChallengeToken} {
		for _, header := range []string{"Authorization", "Cookie"} {
			token, _ := auth.NewToken(kind)
			f.keep("a forged token", token)
			request := f.post([]byte(`{"query": "{ viewer { id } }"}`))
			request.Header.Set(header, map[string]string{"Authorization": "Bearer ", "Cookie": "clinicql_session="}[header]+token)
			f.send("", request, token)
		}
	}
}

func (f *field) plantAddresses() {
	for where, path := range map[string]string{
		"a path":                     "/%s",
		"a path of an asset":         "/assets/%s.js",
		"an unclean path":            "/graphql/../%s//",
		"a path of the API":          "/graphql/%s",
		"a path of health":           "/health/%s",
		"a query of health":          "/health?%s=%s",
		"a query of a page":          "/playground?query=%s",
		"a fragment":                 "/set-up?token=%s",
		"a document in the address":  "/graphql?query=" + url.QueryEscape(`{ searchPatients(query: "%s") { totalCount } }`),
		"a mutation in the address":  "/graphql?query=" + url.QueryEscape(`mutation { createPatient(input: {familyName: "%s", sex: MALE}) { __typename } }`),
		"variables in the address":   "/graphql?variables=%s&query=" + url.QueryEscape(`{ clinic { name } }`),
		"an operation in an address": "/graphql?operationName=%s&query=" + url.QueryEscape(`{ clinic { name } }`),
		"a semicolon":                "/graphql?a=%s;b=%s",
		"no document at all":         "/graphql?%s",
		"an export of nothing":       "/export/%s.csv",
		"an export with a question":  "/export/x.csv?%s",
		"bytes in the address":       "/graphql?query=" + url.QueryEscape("{ searchPatients(query: \"%s\xff\") { totalCount } }"),
		"bytes in a condition":       "/graphql?query=" + url.QueryEscape("{ patients(where: {email: {eq: \"%s\xff\"}}) { totalCount } }"),
		"bytes in variables":         "/graphql?query=" + url.QueryEscape(`query($a: String!) { searchPatients(query: $a) { totalCount } }`) + "&variables=" + url.QueryEscape("{\"a\": \"%s\xff\"}"),
	} {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, "QQ"} {
			value := f.mark(where)
			address := strings.NewReplacer("%s", value, url.QueryEscape("%s"), value).Replace(path)
			request := f.post(nil)
			u, err := url.Parse(f.address + address)
			if err != nil {
				f.t.Fatal(err)
			}
			request.Method, request.URL = method, u
			if where == "an unclean path" {
				value = "\x00" // it is led to where it says, cleaned
			}
			f.send("doctor", request, value)
		}
	}
}

// plantBytes sends what no client of HTTP would.
func (f *field) plantBytes() {
	for where, text := range map[string]string{
		"a broken request line": "%s %s %s\r\n\r\n",
		"an unknown protocol":   "POST /graphql HTTP/%s\r\n\r\n",
		"a broken header":       "POST /graphql HTTP/1.1\r\nHost: a\r\n%s\r\n\r\n",
		"a broken address":      "GET /%zz%s HTTP/1.1\r\nHost: a\r\n\r\n",
		"a broken length":       "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: %s\r\n\r\n",
		"a broken chunk":        "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n",
		"a body that is short":  "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"query\": \"%s",
		"large headers":         "GET / HTTP/1.1\r\nHost: a\r\nA: %s" + strings.Repeat("x", 80<<10) + "\r\n\r\n",
		"a TLS greeting":        "\x16\x03\x01\x02%s",
		"a broken host":         "GET / HTTP/1.1\r\nHost: a b%s\r\n\r\n",
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(f.address, "http://"))
		if err != nil {
			f.t.Fatal(err)
		}
		fmt.Fprint(conn, strings.ReplaceAll(text, "%s", f.mark(where)))
		_ = conn.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
		_, _ = conn.Read(make([]byte, 1000))
		conn.Close()
		f.requests++
	}
}
