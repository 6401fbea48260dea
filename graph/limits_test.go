package graph_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
)

// repeated writes n pieces, each with its number.
func repeated(n int, piece string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(piece, "#", fmt.Sprint(i)))
	}
	return b.String()
}

// deep writes a query of n fields, each in the one before.
func deep(n int) string {
	var b strings.Builder
	steps := []string{"appointments(first: 1)", "nodes", "patient"}
	for i := range n - 1 {
		b.WriteString("{ " + steps[i%3] + " ")
	}
	return b.String() + "{ __typename }" + strings.Repeat(" }", n-1)
}

// A document as large as it may be is run, and a little more is refused, whatever
// else is wrong with it: what is too large is not validated.
func TestLimits_ofADocument(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	clinic := func(n int, piece string) string { return "{ clinic { " + repeated(n, piece) + "} }" }
	for name, test := range map[string]struct {
		document func(n int) string
		most     int
		limit    string
		allowed  int
	}{
		"selections":            {func(n int) string { return clinic(n, "name ") }, 449, "selections", 450},
		"doubling fragments":    {doubling, 8, "selections", 450},
		"aliases":               {func(n int) string { return clinic(n, "a#: name ") }, 30, "aliases", 30},
		"aliases by a fragment": {func(n int) string { return clinic(n, "...f ") + " fragment f on Clinic { a: name b: id }" }, 15, "aliases", 30},
		"directives":            {func(n int) string { return clinic(n, "name @skip(if: false) ") }, 20, "directives", 20},
		"directives of spreads": {func(n int) string { return clinic(n, "... @skip(if: false) { name } ") }, 20, "directives", 20},
		"root fields":           {func(n int) string { return "{" + strings.Repeat(" __typename", n) + " }" }, 20, "rootFields", 20},
		"root fields, fragments": {func(n int) string {
			return "{" + strings.Repeat(" ...f", n) + " } fragment f on Query { clinic { name } }"
		}, 20, "rootFields", 20},
		"depth":              {deep, 12, "depth", 12},
		"depth by fragments": {func(n int) string { return "{ ...f } fragment f on Query " + deep(n) }, 12, "depth", 12},
		"a long alias":       {func(n int) string { return "{ clinic { " + strings.Repeat("a", n) + ": name } }" }, 100, "name", 100},
		"a long name":        {func(n int) string { return "query " + strings.Repeat("a", n) + " { clinic { name } }" }, 100, "name", 100},
		"tokens":             {func(n int) string { return "{ clinic { name " + strings.Repeat("#\n", n-6) + "} }" }, 1000, "tokens", 1000},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.in(t).ask(test.document(test.most), nil)
			for _, wrong := range []string{"", " fragment unused on Nothing { nothing }"} {
				_, text := c.in(t).post(test.document(test.most+1)+wrong, nil)
				if want := fmt.Sprintf(`"allowed":%d,"code":"TOO_COMPLEX","limit":%q`, test.allowed, test.limit); !strings.Contains(text, want) || strings.Contains(text, "unused") {
					t.Errorf("answered with %.300s, not %s", text, want)
				}
			}
		})
	}
}

// What is never run is measured too, before the validator goes through it.
func TestLimits_ofWhatIsNotRun(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for name, query := range map[string]string{
		"another operation":        "query a { clinic { name } } query b " + deep(13),
		"a fragment":               "{ clinic { name } } fragment f on Query " + deep(21),
		"the second of two":        "{ ...f } fragment f on Query { clinic { name } } fragment f on Query " + deep(21),
		"the first of two, spread": "{ clinic { " + strings.Repeat("...f ", 50) + "} } fragment f on Clinic { " + strings.Repeat("name ", 10) + "} fragment f on Clinic { name }",
		"a circle":                 "{ clinic { ...f } } fragment f on Clinic { name ...g } fragment g on Clinic { ...f }",
		"a circle of one":          "{ clinic { name } } fragment f on Clinic { name ...f }",
		"a circle with a lap":      "{ patients { nodes { ...f } } } fragment f on Patient { appointments { nodes { patient { ...f } } } }",
		"a type of a long name":    "query($a: " + strings.Repeat("A", 101) + ") { clinic { name } }",
		"a fragment of no one":     "{ ..." + strings.Repeat("f", 101) + " }",
		"an argument":              "{ clinic(" + strings.Repeat("f", 101) + ": 1) { name } }",
		"a directive":              "{ clinic @" + strings.Repeat("f", 101) + " { name } }",
		"a condition of fragments": "{ ... on " + strings.Repeat("F", 101) + " { clinic { name } } }",
	} {
		want := "TOO_COMPLEX"
		if strings.Contains(name, "circle") {
			want = "GRAPHQL_VALIDATION_FAILED"
		}
		if got := c.refused(query, nil); got[0].Extensions.Code != want || len(got) > 1 {
			t.Errorf("%s: got %s", name, asJSON(got))
		}
	}
}

// Variables are counted before anything looks at them.
func TestLimits_ofVariables(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	lists := func(depth int) any {
		var v any = "x"
		for range depth - 1 {
			v = []any{v}
		}
		return v
	}
	for _, test := range []struct {
		value any
		want  string
	}{
		{lists(12), ""},
		{lists(13), "TOO_COMPLEX"},
		{variables{"a": lists(12)}, "TOO_COMPLEX"},
		{variables{strings.Repeat("a", 100): 1}, ""},
		{variables{strings.Repeat("a", 101): 1}, "TOO_COMPLEX"},
		{make([]int, 4999), ""},
		{make([]int, 5000), "TOO_COMPLEX"},
	} {
		_, text := c.post("{ clinic { name } }", variables{"v": test.value})
		if got := parse(t, text); told(got.Errors) != test.want {
			t.Errorf("%.60s: got %s", asJSON(test.value), text)
		}
	}
}

// The documents of the pages and the query of the common tools are within the limits.
func TestLimits_letWhatIsUsualPass(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	var texts []string
	file, err := os.ReadFile("../web/src/gql/documents.json")
	if err != nil {
		t.Fatal(err)
	}
	mustUnmarshal(t, file, &texts)
	if len(texts) < 50 {
		t.Fatalf("only %d documents", len(texts))
	}
	for _, text := range texts {
		if _, answer := c.post(text, nil); strings.Contains(answer, "TOO_COMPLEX") {
			t.Errorf("%s\nis answered with %s", text, answer)
		}
	}
	for _, of := range []int{7, 9} { // the chain of graphql-js 15 and 16
		query := introspection(of)
		c.as(auth.Doctor).ask(query, nil)
		if got := c.as(auth.Nobody).refused(query, nil); told(got) != "UNAUTHENTICATED" {
			t.Errorf("nobody is told %s", told(got))
		}
	}
	if got := c.refused(introspection(16), nil); told(got) != "TOO_COMPLEX" {
		t.Errorf("a chain of 16 is told %s", told(got))
	}
}

// introspection is what GraphiQL asks for, types of types to some depth.
func introspection(depth int) string {
	const input = `{ name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }`
	return `query IntrospectionQuery {
	__schema { description queryType { name kind } mutationType { name kind } subscriptionType { name kind } types { ...FullType }
		directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } } }
}
fragment FullType on __Type { kind name description specifiedByURL isOneOf
	fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
	inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef }
	enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue ` + input + `
fragment TypeRef on __Type { kind name ` + strings.Repeat("ofType { kind name ", depth) + strings.Repeat("} ", depth) + `}`
}

// An answer holds twenty errors and says how many there are more.
func TestLimits_ofErrors(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	_, text := c.post("{ clinic { "+repeated(30, "x# ")+"} }", nil)
	var got struct {
		Errors     []refusal
		Extensions struct{ MoreErrors int }
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil || len(got.Errors) != 20 || got.Extensions.MoreErrors != 10 {
		t.Errorf("got %d errors, and %d more", len(got.Errors), got.Extensions.MoreErrors)
	}
}

// Whoever has not signed in sends little, and a body is as large as what it unpacks to.
func TestLimits_ofABody(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	packed := func(text string) io.Reader {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = io.WriteString(w, text)
		_ = w.Close()
		return &b
	}
	sized := func(n int) string {
		text := `{"query": "{ __typename }"}`
		return text + strings.Repeat(" ", n-len(text))
	}
	plain := func(n int) io.Reader { return strings.NewReader(sized(n)) }
	for name, test := range map[string]struct {
		role     auth.Role
		encoding string
		body     io.Reader
		status   int
	}{
		"8 KiB of anybody":               {auth.Nobody, "", plain(8 << 10), 200},
		"more of anybody":                {auth.Nobody, "", plain(8<<10 + 1), 413},
		"256 KiB of a nurse":             {auth.Nurse, "", plain(256 << 10), 200},
		"more of a nurse":                {auth.Nurse, "", plain(256<<10 + 1), 413},
		"packed, of anybody":             {auth.Nobody, "gzip", packed(sized(8 << 10)), 200},
		"packed, more of anybody":        {auth.Nobody, "gzip", packed(sized(8<<10 + 1)), 413},
		"packed, of a nurse":             {auth.Nurse, "GZIP", packed(sized(256 << 10)), 200},
		"packed, 50 MB of a nurse":       {auth.Nurse, "gzip", packed(sized(50 << 20)), 413},
		"packed, and cut off":            {auth.Nurse, "gzip", io.LimitReader(packed(sized(10000)), 40), 400},
		"packed, and not":                {auth.Nurse, "gzip", plain(100), 400},
		"packed in a way not understood": {auth.Nurse, "br", plain(100), 415},
		"packed twice":                   {auth.Nurse, "gzip, gzip", plain(100), 415},
		"not packed":                     {auth.Nurse, "identity", plain(100), 200},
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.server.URL, test.body)
		if err != nil {
			t.Fatal(err)
		}
		request.Header = http.Header{"Role": {string(test.role)}, "Content-Type": {"application/json"}, "Accept": {newMedia}}
		if test.encoding != "" {
			request.Header.Set("Content-Encoding", test.encoding)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if response.StatusCode != test.status {
			t.Errorf("%s: %d %s", name, response.StatusCode, text)
		}
		if test.status == 415 && response.Header.Get("Accept-Encoding") != "gzip" {
			t.Errorf("%s: it is not said what is understood", name)
		}
	}
}
