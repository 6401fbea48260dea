package graph_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
)

// A hostile is a document, with variables as JSON, that is meant to hurt.
type hostile struct{ query, variables string }

// within writes n beginnings, a middle and n ends.
func within(n int, begin, middle, end string) string {
	return strings.Repeat(begin, n) + middle + strings.Repeat(end, n)
}

// circle writes n fragments, each of which spreads the next and the last the first.
func circle(n int) string {
	var b strings.Builder
	b.WriteString("{ clinic { ...f0 } }")
	for i := range n {
		fmt.Fprintf(&b, " fragment f%d on Clinic { name ...f%d }", i, (i+1)%n)
	}
	return b.String()
}

// hostileDocuments are refused over every door.
var hostileDocuments = map[string]hostile{
	"fragments that double, 22 of them":            {query: doubling(22)},
	"fragments that double, 40 of them":            {query: doubling(40)},
	"fragments that double, 75 of them":            {query: doubling(75)},
	"a fragment in itself":                         {query: circle(1)},
	"fragments in a circle of 2":                   {query: circle(2)},
	"fragments in a circle of 100":                 {query: circle(100)},
	"fragments in a circle of 10,000":              {query: circle(10_000)},
	"selections 13 deep":                           {query: deep(13)},
	"selections 400 deep":                          {query: deep(400)},
	"selections 3 MB deep":                         {query: within(1_000_000, "{a", "", "}")},
	"inline fragments 200 KB deep":                 {query: "{" + within(40_000, "...{", "__typename", "}") + "}"},
	"a list 3 MB deep":                             {query: "{ nodes(ids: " + within(1_500_000, "[", "", "]") + ") { id } }"},
	"a list 900 deep":                              {query: "{ nodes(ids: " + within(450, "[", "", "]") + ") { id } }"},
	"an object 200 KB deep":                        {query: "{ patients(where: " + within(40_000, "{not:", "{}", "}") + ") { totalCount } }"},
	"conditions 200 deep":                          {query: "{ patients(where: " + within(200, "{not:", "{}", "}") + ") { totalCount } }"},
	"a type of lists 60 KB deep":                   {query: "query($a: " + within(30_000, "[", "Int", "]") + ") { clinic { name } }"},
	"10,000 fields":                                {query: "{ clinic {" + strings.Repeat(" name", 10_000) + " } }"},
	"900 fields":                                   {query: "{ clinic {" + strings.Repeat(" name", 900) + " } }"},
	"10,000 aliases":                               {query: "{ clinic {" + repeated(10_000, " a#: name") + " } }"},
	"300 aliases":                                  {query: "{ clinic {" + repeated(300, " a#: name") + " } }"},
	"10,000 directives":                            {query: "{ clinic" + strings.Repeat(" @a", 10_000) + " { name } }"},
	"300 directives":                               {query: "{ clinic" + strings.Repeat(" @a", 300) + " { name } }"},
	"10,000 unknown fields":                        {query: "{" + repeated(10_000, " a#") + " }"},
	"440 unknown fields of long names":             {query: "{ clinic {" + repeated(440, " "+strings.Repeat("name", 22)+"#") + " } }"},
	"20 unknown fields of long names":              {query: "{" + repeated(20, " "+strings.Repeat("patients", 11)+"#") + " }"},
	"a name of 200 KB":                             {query: "{ " + strings.Repeat("a", 200_000) + " }"},
	"a text of 200 KB for an enum":                 {query: `{ patients(where: {sex: {eq: "` + strings.Repeat("FEMALE", 33_000) + `"}}) { totalCount } }`},
	"a text of 200 KB to search by":                {query: `{ searchPatients(query: "` + strings.Repeat("a", 200_000) + `") { totalCount } }`},
	"a block of 200 KB of line ends":               {query: `{ searchPatients(query: """` + strings.Repeat(`\n `, 60_000) + `""") { totalCount } }`},
	"a text of 30,000 escapes":                     {query: `{ searchPatients(query: "` + strings.Repeat(`\u0041`, 30_000) + `") { totalCount } }`},
	"10,000 arguments":                             {query: "{ patients(" + repeated(10_000, " a#: 1") + ") { totalCount } }"},
	"300 arguments":                                {query: "{ patients(" + repeated(300, " a#: 1") + ") { totalCount } }"},
	"10,000 variables":                             {query: "query(" + repeated(10_000, " $a#: Int") + ") { clinic { name } }"},
	"200 variables":                                {query: "query(" + repeated(200, " $a#: Int") + ") { clinic { name } }"},
	"10,000 operations":                            {query: repeated(10_000, " query a# { clinic { name } }")},
	"10,000 fragments":                             {query: "{ clinic { name } }" + repeated(10_000, " fragment f# on Clinic { name }")},
	"120 fragments that nothing spreads":           {query: "{ clinic { name } }" + repeated(120, " fragment f# on Clinic { name }")},
	"30,000 comments":                              {query: "{ clinic { " + strings.Repeat("#\n", 30_000) + " name } }"},
	"pages in pages in pages":                      {query: "{ patients(first: 100) { nodes { appointments(first: 100) { nodes { patient { appointments(first: 100) { nodes { id } } } } } } } }"},
	"30 pages beside each other":                   {query: "{ patients(first: 100) { nodes {" + repeated(30, " a#: appointments(first: 100) { nodes { id } }") + " } } }"},
	"a page of 2,147,483,647":                      {query: "{ patients(first: 2147483647) { totalCount } }"},
	"a page of -1":                                 {query: "{ patients(first: -1) { totalCount } }"},
	"a page of 200,000 digits":                     {query: "{ patients(first: " + strings.Repeat("9", 200_000) + ") { totalCount } }"},
	"a page of 1e999999999":                        {query: "{ patients(first: 1e999999999) { totalCount } }"},
	"fields that contradict each other":            {query: "{ patients { nodes {" + repeated(90, " appointments(first: #) { totalCount }") + " } } }"},
	"fields that contradict, in fragments":         {query: "{ patients { nodes {" + repeated(20, " ...f#") + " } } }" + repeated(20, " fragment f# on Patient {"+repeated(3, " appointments(first: 1#) { totalCount }")+" }")},
	"types of types of the schema, 30 deep":        {query: "{ __schema { types { " + within(30, "ofType { ", "name ", "} ") + "} } }"},
	"fields of types of fields of the schema":      {query: "{ __schema { types { " + within(6, "fields { type { ", "name ", "} } ") + "} } }"},
	"100 tries of a password in one document":      {query: "mutation {" + repeated(100, ` a#: signIn(input: {loginName: "a", password: "b"}) { viewer { id } }`) + " }"},
	"10,000 ids":                                   {query: "{ nodes(ids: [" + strings.Repeat(` "a"`, 10_000) + "]) { id } }"},
	"900 ids":                                      {query: "{ nodes(ids: [" + strings.Repeat(` "a"`, 900) + "]) { id } }"},
	"200 conditions in one or":                     {query: "{ patients(where: {or: [" + strings.Repeat(" {sex: {eq: MALE}}", 90) + "]}) { totalCount } }"},
	"200 orders":                                   {query: "{ patients(orderBy: [" + strings.Repeat(" {field: FAMILY_NAME}", 200) + "]) { totalCount } }"},
	"a subscription to 60 things":                  {query: "subscription {" + repeated(15, " a#: patientChanged { kind }") + " }"},
	"nothing":                                      {query: ""},
	"a comment only":                               {query: "# nothing"},
	"a NUL and bytes that are no text":             {query: "{ clinic { name\x00\xff\xfe } }"},
	"half of a pair of surrogates":                 {query: `{ searchPatients(query: "\ud800") { totalCount } }`},
	"the definition of a type":                     {query: "type Query { a: Int }"},
	"variables 3 MB deep":                          {query: "query($w: PatientWhere) { patients(where: $w) { totalCount } }", variables: `{"w": ` + within(500_000, `{"a":`, "1", "}") + `}`},
	"variables 13 deep":                            {query: "query($w: PatientWhere) { patients(where: $w) { totalCount } }", variables: `{"w": ` + within(13, `{"not":`, "{}", "}") + `}`},
	"a variable of 5,001 values":                   {query: "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", variables: `{"ids": ["a"` + strings.Repeat(`,"a"`, 5000) + `]}`},
	"a variable of 4,900 values":                   {query: "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", variables: `{"ids": ["a"` + strings.Repeat(`,"a"`, 4900) + `]}`},
	"a list of 1,600 objects that are wrong":       {query: "mutation($i: CreatePatientInput!) { createPatient(input: $i) { patient { id } } }", variables: `{"i": {"identifiers": [{"a": 1}` + strings.Repeat(`,{"a": 1}`, 1600) + `]}}`},
	"20,000 variables that nobody asked for":       {query: "{ patients(first: 0) { totalCount } }", variables: `{"a": 1` + repeated(20_000, `,"a#":1`) + `}`},
	"a variable of 200,000 digits":                 {query: "query($n: Int) { patients(first: $n) { totalCount } }", variables: `{"n": 1` + strings.Repeat("0", 200_000) + `}`},
	"a variable with a key of 200 KB":              {query: "query($w: PatientWhere) { patients(where: $w) { totalCount } }", variables: `{"w": {"` + strings.Repeat("a", 200_000) + `": 1}}`},
	"an @asOf of 200 KB":                           {query: `query @asOf(at: "` + strings.Repeat("2", 200_000) + `") { clinic { name } }`},
	"an @idempotent key of 200 KB":                 {query: `mutation { signOut @idempotent(key: "` + strings.Repeat("k", 200_000) + `") { viewer { id } } }`},
	"names of things that are known and forbidden": {query: "{" + repeated(20, " ...f") + " } fragment f on Query { auditLog { nodes { id actor changes { before after } } } }"},
}

// A hostileBody is what is sent in the place of JSON.
type hostileBody struct {
	media, encoding string
	body            func() io.Reader
	length          int64 // that is said to come; 0 for that of the body
}

func packed(n int, piece string) io.Reader {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	for range n {
		_, _ = io.WriteString(w, piece)
	}
	_ = w.Close()
	return &b
}

func text(s string) func() io.Reader { return func() io.Reader { return strings.NewReader(s) } }

const ordinary = `{"query": "{ clinic { name } }"}`

// hostileBodies are refused where bodies are sent.
var hostileBodies = map[string]hostileBody{
	"10,000 operations in a batch":   {body: text("[" + ordinary + strings.Repeat(","+ordinary, 10_000) + "]")},
	"a batch of one":                 {body: text("[" + ordinary + "]")},
	"two values":                     {body: text(ordinary + ordinary)},
	"a bomb of gzip, 100 MB":         {encoding: "gzip", body: func() io.Reader { return packed(100, strings.Repeat(" ", 1<<20)) }},
	"gzip that is none":              {encoding: "gzip", body: text(ordinary)},
	"gzip cut off":                   {encoding: "gzip", body: func() io.Reader { return io.LimitReader(packed(1, ordinary), 20) }},
	"another packing":                {encoding: "deflate", body: text(ordinary)},
	"lists of JSON 3 MB deep":        {body: text(strings.Repeat("[", 3<<20))},
	"objects of JSON 200 KB deep":    {body: text(within(33_000, `{"a":`, "1", "}"))},
	"20,000 keys":                    {body: text(`{"query": 1` + repeated(20_000, `,"a#":1`) + "}")},
	"a query that is an object":      {body: text(`{"query": {"a": "{ clinic { name } }"}}`)},
	"a query 20,000 times":           {body: text(`{"query": "{"` + strings.Repeat(`,"query":"{"`, 20_000) + "}")},
	"an operation's name of 200 KB":  {body: text(`{"query": "{ clinic { name } }", "operationName": "` + strings.Repeat("a", 200_000) + `"}`)},
	"an id of a document of 200 KB":  {body: text(`{"documentId": "` + strings.Repeat("a", 200_000) + `"}`)},
	"a persisted query":              {body: text(`{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "` + strings.Repeat("a", 64) + `"}}}`)},
	"a body of 10 MB":                {body: text(strings.Repeat(" ", 10<<20))},
	"a body without an end":          {body: func() io.Reader { return io.LimitReader(endless{}, 1<<30) }},
	"a body half of which is sent":   {body: text(ordinary[:20]), length: 100_000},
	"bytes that are no text":         {body: text("{\"query\": \"\xff\xfe\xfd\"}")},
	"nothing at all":                 {body: text("")},
	"null":                           {body: text("null")},
	"a form":                         {media: "application/x-www-form-urlencoded", body: text("query={clinic{name}}")},
	"a form with a file":             {media: "multipart/form-data; boundary=x", body: text("--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n" + ordinary + "\r\n--x--\r\n")},
	"plain text":                     {media: "text/plain", body: text(ordinary)},
	"application/graphql":            {media: "application/graphql", body: text("{ clinic { name } }")},
	"JSON in another set of letters": {media: "application/json; charset=utf-16", body: text(ordinary)},
	"a media type of 8 KB":           {media: "application/json; a=" + strings.Repeat("a", 8000) + "; charset=x", body: text(ordinary)},
}

// endless is a body of spaces.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}
