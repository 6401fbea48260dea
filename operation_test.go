package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/coder/websocket"
)

// What the specification's examples name.
const (
	someTrace  = "4bf92f3577b34da6a3ce929d0e0e4736"
	someParent = "00f067aa0ba902b7"
)

// A follower asks a server, in a trace, and finds what came of it in the log.
type follower struct {
	*api
	process *process
	cookie  string
}

func newFollower(t *testing.T, d *dbtest.Database, environment ...string) *follower {
	t.Helper()
	p := startOn(t, d.URL, environment...)
	addUser(t, d, "doctor", auth.Doctor)
	token, hash := auth.NewToken(auth.SessionToken)
	d.SQL.MustExec("INSERT INTO sessions (id, user_id, token_hash, expires_at) SELECT $1, id, $2, now() + interval '1 hour' FROM users", db.NewID(db.KindSession), hash)
	return &follower{newAPI(t, "http://"+p.address), p, "clinicql_session=" + token}
}

// request makes one that is sent within the trace, with other headers besides.
func (f *follower) request(method, address, body string, headers http.Header) *http.Request {
	f.t.Helper()
	request, err := http.NewRequestWithContext(f.t.Context(), method, f.address+address, strings.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	request.Header = http.Header{
		"Content-Type": {"application/json"}, "Graphql-Require-Preflight": {"1"}, "Cookie": {f.cookie}, "Traceparent": {"00-" + someTrace + "-" + someParent + "-01"},
	}
	for name, values := range headers {
		request.Header[name] = values
	}
	return request
}

func (f *follower) send(method, address, body string, headers http.Header) *http.Response {
	f.t.Helper()
	response, err := f.client.Do(f.request(method, address, body, headers))
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { response.Body.Close() })
	return response
}

// query makes the body of a document.
func query(document string) string {
	text, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		panic(err)
	}
	return string(text)
}

func (f *follower) read(response *http.Response) string {
	f.t.Helper()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return string(text)
}

// events returns the first thing that is told besides STARTED, before which write
// is called.
func (f *follower) events(next func() string, write func()) string {
	f.t.Helper()
	for {
		switch text := next(); {
		case strings.Contains(text, "STARTED"):
			write()
		case strings.Contains(text, "errors"):
			return text
		}
	}
}

// lines returns what was logged of an operation, in which there is the message.
func (f *follower) lines(id, message string) (found []map[string]any) {
	f.t.Helper()
	for range 500 {
		found = nil
		for line := range strings.Lines(f.process.output.String()) {
			if strings.Contains(line, `"operationId":"`+id+`"`) && strings.HasSuffix(line, "\n") {
				found = append(found, decode(f.t, []byte(line)).(map[string]any))
			}
		}
		if len(found) > 0 && found[len(found)-1]["msg"] == message {
			return found
		}
		time.Sleep(10 * time.Millisecond)
	}
	f.t.Fatalf("operation %s has no line %q in the log: %v", id, message, found)
	return nil
}

var uuidPattern = `[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`

// idIn returns the id of the operation that failed with the code, which its client was told.
func idIn(t *testing.T, text, code string) string {
	t.Helper()
	found := regexp.MustCompile(`"code":"` + code + `","operationId":"(` + uuidPattern + `)"`).FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("there is no %s with an operationId in %s", code, text)
	}
	return found[1]
}

// What fails on our side is found in the log by what its client was told, by
// whatever way it was asked for, and belongs to the trace that the client named.
func TestOperation_isFoundInTheLog(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	f := newFollower(t, d)
	family, doctor := "Zqfamily", &db.Practitioner{}
	doctor.FamilyName = &family
	doctor, err := d.CreatePractitioner(auth.WithActor(t.Context(), auth.SystemActor("test")), doctor)
	if err != nil {
		t.Fatal(err)
	}
	d.SQL.MustExec(`ALTER TABLE practitioners DROP CONSTRAINT IF EXISTS practitioners_version_check, ALTER version DROP DEFAULT, ALTER version TYPE text USING 'zqversion'`)
	const read, subscribe = `{ zqalias: practitioners { nodes { version } } }`, `subscription { patientChanged { kind patient { primaryPractitioner { id } } } }`
	write := func() {
		got := f.read(f.send("POST", "/graphql", query(`mutation { createPatient(input: {familyName: "Zqfamily", sex: FEMALE, birthDatePrecision: UNKNOWN, primaryPractitionerId: "`+doctor.ID.String()+
			`"}) { patient { id } } }`), nil))
		if strings.Contains(got, "errors") {
			t.Error(got)
		}
	}
	lock := func(table string) (release func()) {
		tx := d.SQL.MustBegin()
		tx.MustExec("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE")
		return func() { _ = tx.Rollback() }
	}
	said := map[string]*http.Response{} // where its headers tell the id too
	for way, ask := range map[string]struct {
		code string
		ask  func() (string, *http.Response)
	}{
		"POST": {"INTERNAL", func() (string, *http.Response) {
			r := f.send("POST", "/graphql", query(read), nil)
			return f.read(r), r
		}},
		"GET": {"INTERNAL", func() (string, *http.Response) {
			r := f.send("GET", "/graphql?query="+url.QueryEscape(read), "", nil)
			return f.read(r), r
		}},
		"a mutation": {"INTERNAL", func() (string, *http.Response) {
			r := f.send("POST", "/graphql", query(`mutation { createPatient(input: {familyName: "Zqfamily", sex: MALE, birthDatePrecision: UNKNOWN, primaryPractitionerId: "`+doctor.ID.String()+
				`"}) { patient { primaryPractitioner { version } } } }`), nil)
			return f.read(r), r
		}},
		"a stream of events": {"INTERNAL", func() (string, *http.Response) {
			r := f.send("POST", "/graphql", query(subscribe), http.Header{"Accept": {"text/event-stream"}})
			defer r.Body.Close()
			lines := bufio.NewReader(r.Body)
			return f.events(func() string {
				line, err := lines.ReadString('\n')
				if err != nil {
					t.Fatal(err)
				}
				return line
			}, write), r
		}},
		"a WebSocket": {"INTERNAL", func() (string, *http.Response) { return f.socket(subscribe, write), nil }},
		"a table that is locked": {"UNAVAILABLE", func() (string, *http.Response) {
			defer lock("patients")()
			r := f.send("POST", "/graphql", query(`{ patients { nodes { id } } }`), nil)
			return f.read(r), r
		}},
		"a session that cannot be looked up": {"UNAVAILABLE", func() (string, *http.Response) {
			defer lock("sessions")()
			token, _ := auth.NewToken(auth.SessionToken)
			r := f.send("POST", "/graphql", query(read), http.Header{"Cookie": {"clinicql_session=" + token}})
			return f.read(r), r
		}},
	} {
		text, response := ask.ask()
		id := idIn(t, text, ask.code)
		if response != nil {
			said[id] = response
		}
		last := "operation"
		if strings.HasPrefix(way, "a session") {
			last = "a session or token was not looked up" // and it got no further
		}
		lines := f.lines(id, last)
		if lines[0]["level"] != "ERROR" {
			t.Errorf("%s: the failure is not in the log: %v", way, lines)
		}
		for _, line := range lines {
			if line["traceId"] != someTrace || line["parentId"] != someParent {
				t.Errorf("%s: the trace is not in %v", way, line)
			}
		}
	}
	for id, response := range said {
		if got := response.Header.Get("Operation-Id"); got != id {
			t.Errorf("Operation-Id is %s, the error's %s", got, id)
		}
		if got := response.Header.Get("Server-Timing"); response.StatusCode == 200 && !strings.HasPrefix(got, `op;desc="`+id+`", `) {
			t.Errorf("Server-Timing is %s, the error's id %s", got, id)
		}
	}
	if log := strings.ToLower(f.process.output.String()); strings.Contains(log, "zq") {
		t.Errorf("values or names are in the log: %s", log)
	}
}

// socket returns the first error that a subscription over a WebSocket is told.
func (f *follower) socket(document string, write func()) string {
	f.t.Helper()
	header := f.request("GET", "/graphql", "", http.Header{"Origin": {f.address}}).Header
	header.Del("Content-Type")
	conn, _, err := websocket.Dial(f.t.Context(), f.address+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: header})
	if err != nil {
		f.t.Fatal(err)
	}
	defer conn.CloseNow()
	for _, text := range []string{`{"type": "connection_init"}`, `{"id": "1", "type": "subscribe", "payload": ` + query(document) + `}`} {
		if err := conn.Write(f.t.Context(), websocket.MessageText, []byte(text)); err != nil {
			f.t.Fatal(err)
		}
	}
	return f.events(func() string {
		_, text, err := conn.Read(f.t.Context())
		if err != nil {
			f.t.Fatal(err)
		}
		return string(text)
	}, write)
}

// A traceparent is believed when it is as the specification has it, and a new
// trace begins in any other case.
func TestOperation_traces(t *testing.T) {
	t.Parallel()
	f := newFollower(t, dbtest.New(t), "CLINICQL_LOG_LEVEL=debug")
	const trace, parent = someTrace, someParent
	for _, c := range []struct {
		what     string
		headers  []string
		believed bool
	}{
		{"none", nil, false},
		{"sampled", []string{"00-" + trace + "-" + parent + "-01"}, true},
		{"not sampled", []string{"00-" + trace + "-" + parent + "-00"}, true},
		{"flags nobody knows", []string{"00-" + trace + "-" + parent + "-ff"}, true},
		{"white space around", []string{" \t00-" + trace + "-" + parent + "-01 \t"}, true},
		{"a later version", []string{"cc-" + trace + "-" + parent + "-01"}, true},
		{"a later version with more", []string{"cc-" + trace + "-" + parent + "-01-what-will-be"}, true},
		{"a later version with an empty more", []string{"cc-" + trace + "-" + parent + "-01-"}, true},
		{"a later version that is longer", []string{"cc-" + trace + "-" + parent + "-01.what"}, false},
		{"a later version with longer flags", []string{"cc-" + trace + "-" + parent + "-012"}, false},
		{"this version with more", []string{"00-" + trace + "-" + parent + "-01-what"}, false},
		{"this version with an empty more", []string{"00-" + trace + "-" + parent + "-01-"}, false},
		{"no version at all", []string{"ff-" + trace + "-" + parent + "-01"}, false},
		{"a version in capitals", []string{"CC-" + trace + "-" + parent + "-01"}, false},
		{"a version that is none", []string{"0x-" + trace + "-" + parent + "-01"}, false},
		{"a short version", []string{"0-" + trace + "-" + parent + "-01"}, false},
		{"a trace of zeros", []string{"00-" + strings.Repeat("0", 32) + "-" + parent + "-01"}, false},
		{"a parent of zeros", []string{"00-" + trace + "-" + strings.Repeat("0", 16) + "-01"}, false},
		{"a trace in capitals", []string{"00-" + strings.ToUpper(trace) + "-" + parent + "-01"}, false},
		{"a parent in capitals", []string{"00-" + trace + "-" + strings.ToUpper(parent) + "-01"}, false},
		{"flags in capitals", []string{"00-" + trace + "-" + parent + "-0A"}, false},
		{"a trace that is no number", []string{"00-" + trace[:31] + "g-" + parent + "-01"}, false},
		{"a parent that is no number", []string{"00-" + trace + "-" + parent[:15] + ".-01"}, false},
		{"flags that are none", []string{"00-" + trace + "-" + parent + "-.0"}, false},
		{"a short trace", []string{"00-" + trace[:31] + "-" + parent + "-01"}, false},
		{"a long trace", []string{"00-" + trace + "0-" + parent + "-01"}, false},
		{"a short parent", []string{"00-" + trace + "-" + parent[:15] + "-01"}, false},
		{"digits on the wrong side", []string{"00-" + trace[:31] + "-0" + parent + "-01"}, false},
		{"short flags", []string{"00-" + trace + "-" + parent + "-1"}, false},
		{"no flags", []string{"00-" + trace + "-" + parent}, false},
		{"other separators", []string{"00_" + trace + "_" + parent + "_01"}, false},
		{"letters of many bytes", []string{"00-" + strings.Repeat("ნ", 10) + "ab-" + parent + "-01"}, false},
		{"an empty one", []string{""}, false},
		{"a person", []string{"00-zqnino-zqberidze-01"}, false},
		{"two", []string{"00-" + trace + "-" + parent + "-01", "00-" + trace + "-" + parent + "-01"}, false},
		{"two with a comma", []string{"00-" + trace + "-" + parent + "-01,00-" + trace + "-" + parent + "-01"}, false},
	} {
		response := f.send("POST", "/graphql", query(`{ __typename }`), http.Header{"Traceparent": c.headers, "Tracestate": {"zqstate=zqvalue"}})
		line := f.lines(response.Header.Get("Operation-Id"), "operation")[0]
		id, named := line["traceId"].(string)
		if believed := id == trace && line["parentId"] == parent; believed != c.believed {
			t.Errorf("%s: %v", c.what, line)
		}
		if !c.believed && (!named || line["parentId"] != nil || !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(id) || id == trace) {
			t.Errorf("%s: no trace of its own: %v", c.what, line)
		}
		if got := map[bool]string{true: "INFO", false: "DEBUG"}[c.believed]; line["level"] != got {
			t.Errorf("%s is logged as %s", c.what, line["level"])
		}
	}
	if log := f.process.output.String(); strings.Contains(log, "zq") || strings.Contains(log, "ნ") {
		t.Errorf("what was sent is in the log: %s", log)
	}
}

// Every answer says how long it took, and under which id it is found; the
// database's part is for whoever is signed in.
func TestOperation_timing(t *testing.T) {
	t.Parallel()
	f := newFollower(t, dbtest.New(t))
	nobody := http.Header{"Cookie": nil}
	const op, database, total = `op;desc="` + `%s", `, `db;desc="\d+ statements";dur=\d+\.\d, `, `total;dur=\d+\.\d`
	for _, c := range []struct {
		what, method, address, body string
		headers                     http.Header
		want                        string
	}{
		{"an answer", "POST", "/graphql", query(`{ patients { nodes { id } } }`), nil, database + total},
		{"an answer to GET", "GET", "/graphql?query={viewer{loginName}}", "", nil, database + total},
		{"a mistake", "POST", "/graphql", query(`{ nothing }`), nil, database + total},
		{"a body that cannot be read", "POST", "/graphql", "{", nil, database + total},
		{"nobody", "POST", "/graphql", query(`{ viewer { loginName } }`), nobody, total},
		{"nobody who may not", "POST", "/graphql", query(`{ patients { nodes { id } } }`), nobody, total},
		{"nobody who signs in", "POST", "/graphql", query(`mutation { signIn(input: {loginName: "doctor", password: "` + testPassword + `"}) { viewer { loginName } } }`), nobody, total},
	} {
		response := f.send(c.method, c.address, c.body, c.headers)
		id := response.Header.Get("Operation-Id")
		want := "^" + fmt.Sprintf(op, id) + c.want + "$"
		if got := response.Header.Get("Server-Timing"); !regexp.MustCompile("^"+uuidPattern+"$").MatchString(id) || !regexp.MustCompile(want).MatchString(got) {
			t.Errorf("%s: Server-Timing is %s, Operation-Id %s", c.what, got, id)
		}
	}
	forged, _ := auth.NewToken(auth.SessionToken)
	response := f.send("POST", "/graphql", query(`{ __typename }`), http.Header{"Cookie": {"clinicql_session=" + forged}})
	if response.StatusCode != 401 || response.Header.Get("Operation-Id") == "" {
		t.Errorf("whoever is refused at the gate gets %s and no id", response.Status)
	}
}
