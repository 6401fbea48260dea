package graph_test

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/graph"
)

// newExportingHouse is a clinic whose exports are at /export/{file}; change alters what answers.
func newExportingHouse(t testing.TB, change ...func(exports http.Handler)) *house {
	t.Helper()
	d := dbtest.New(t)
	gate := &auth.Gate{Find: d.Find, Look: d.Look, Refuse: graph.Refuse}
	d.Forget = gate.Forget
	api := graph.Handler(d.DB, nil)
	exports := graph.Exports(api, nil)
	for _, c := range change {
		c(exports)
	}
	mux := http.NewServeMux()
	mux.Handle("/", gate.Handler(api))
	mux.Handle("/export/{file}", gate.Downloads(exports))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		gate.Close(ctx)
	})
	h := &house{client: &client{t: t, db: d, server: server}}
	h.stranger = h.employ("stranger", auth.Doctor)
	return h
}

// A download is what came of asking for an export.
type download struct {
	*http.Response
	text string
	err  error // of reading it
}

// export asks for the export of a saved query.
func (c *client) export(file string) *download {
	c.t.Helper()
	return c.fetch(http.MethodGet, file, c.header)
}

func (c *client) fetch(method, file string, header http.Header) *download {
	c.t.Helper()
	request, err := http.NewRequestWithContext(c.t.Context(), method, c.server.URL+"/export/"+file, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	if header != nil {
		request.Header = header.Clone()
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return &download{err: err, Response: &http.Response{}}
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return &download{response, string(text), err}
}

// of returns the export of a query that is saved for it.
func (c *client) exported(query, ending string, vars variables) *download {
	c.t.Helper()
	input := variables{"document": query}
	if vars != nil {
		input["variables"] = vars
	}
	return c.export(c.save(input) + "." + ending)
}

// rows returns the lines of a complete file of CSV.
func (d *download) records(t testing.TB) [][]string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(d.text)).ReadAll()
	if err != nil || d.err != nil || d.StatusCode != http.StatusOK || d.Trailer.Get("Clinicql-Rows") != fmt.Sprint(len(records)-1) {
		t.Fatalf("%v, %v: %d %v %s", err, d.err, d.StatusCode, d.Trailer, d.text)
	}
	return records
}

// room adds n rooms called "Room 001" and so on.
func (h *house) rooms(n int) {
	h.run(`INSERT INTO rooms (id, name) SELECT overlay(overlay(gen_random_uuid()::text PLACING '0d' FROM 35) PLACING '7' FROM 15)::uuid, 'Room ' || lpad(n::text, 3, '0') FROM generate_series(1, $1::int) n`, n)
}

func TestExports(t *testing.T) {
	t.Parallel()
	h := newExportingHouse(t)
	h.rooms(250)
	nino := h.employ("nino", auth.Doctor)
	t.Run("have all pages of the list", func(t *testing.T) {
		for query, vars := range map[string]variables{
			`{ rooms { nodes { name id } } }`: nil,
			`{ rooms(first: 7, after: null) { totalCount nodes { name id } pageInfo { endCursor } } }`:                                                                  nil,
			`query R($n: Int, $c: String) { rooms(last: $n, before: $c) { edges { cursor node { name id } } } }`:                                                        {"n": 3, "c": "nonsense"},
			`{ clinic { name } viewer { id } rooms { ...page nodes { ...of } } } fragment of on Room { name ...{ id } } fragment page on RoomConnection { totalCount }`: nil,
			`query($exportFirst: Boolean!) { all: rooms { rows: nodes { name @include(if: $exportFirst) id } } }`:                                                       {"exportFirst": true},
		} {
			for _, ending := range []string{"csv", "ndjson"} {
				got := nino.in(t).exported(query, ending, vars)
				lines := strings.Split(strings.TrimSuffix(got.text, "\n"), "\n")
				if ending == "csv" {
					if lines[0] != "name,id\r" {
						t.Errorf("%s begins with %q", query, lines[0])
					}
					lines = lines[1:]
				}
				if got.err != nil || got.StatusCode != http.StatusOK || len(lines) != 250 || got.Trailer.Get("Clinicql-Rows") != "250" {
					t.Fatalf("%s is answered %d with %d lines, %v: %.300s", query, got.StatusCode, len(lines), got.err, got.text)
				}
				for i, line := range lines {
					if !strings.Contains(line, fmt.Sprintf("Room %03d", i+1)) {
						t.Fatalf("the line %d is %s", i+1, line)
					}
				}
			}
		}
	})
	t.Run("say what they are, and nothing of what is in them", func(t *testing.T) {
		for ending, media := range map[string]string{"csv": "text/csv; charset=utf-8; header=present", "ndjson": "application/x-ndjson; charset=utf-8"} {
			got := nino.in(t).exported(`{ rooms { nodes { name } } }`, ending, nil)
			for name, want := range map[string]string{
				"Content-Type": media, "Content-Disposition": `attachment; filename="export.` + ending + `"`, "Cache-Control": "no-store",
			} {
				if got.Header.Get(name) != want {
					t.Errorf("%s has %s %q", ending, name, got.Header.Get(name))
				}
			}
		}
	})
	t.Run("are empty where there is nothing", func(t *testing.T) {
		if got := nino.in(t).exported(`{ patients { nodes { id name: displayName } } }`, "csv", nil); got.text != "id,name\r\n" || got.Trailer.Get("Clinicql-Rows") != "0" {
			t.Errorf("got %d %q", got.StatusCode, got.text)
		}
		if got := nino.in(t).exported(`{ patients { nodes { id } } }`, "ndjson", nil); got.text != "" || got.StatusCode != http.StatusOK || got.Trailer.Get("Clinicql-Rows") != "0" {
			t.Errorf("got %d %q", got.StatusCode, got.text)
		}
	})
	t.Run("take objects apart, and keep lists whole", func(t *testing.T) {
		chart := h.patient("own", nino)
		id := chart.values["Patient"]
		query := `query($id: ID!) { patient(id: $id) { displayName appointments(orderBy: [{field: STARTS_AT}]) { edges { node {
			__typename startsAt isOverbooked practitioner { specialty name: displayName } room { name } patient { identifiers { system value } address { city country } }
			medicalRecords(first: 1) { nodes { diagnosis } } } } } } }`
		got := nino.in(t).exported(query, "csv", variables{"id": id}).records(t)
		if want := []string{"__typename", "startsAt", "isOverbooked", "practitioner.specialty", "practitioner.name", "room.name", "patient.identifiers", "patient.address.city", "patient.address.country",
			"medicalRecords.nodes"}; !slices.Equal(got[0], want) {
			t.Errorf("the columns are %q", got[0])
		}
		if row := got[1]; row[0] != "Appointment" || row[1] != "2026-01-01T09:00:00Z" || row[2] != "false" || row[3] != "s" || row[5] != "" || row[7] != "Tbilisi" || !strings.HasPrefix(row[6], `[{"system":"urn:x"`) || row[9] != "[]" {
			t.Errorf("a visit is %q", row)
		}
		if !slices.ContainsFunc(got, func(row []string) bool { return row[9] == `[{"diagnosis":"`+chart.marker+`"}]` }) {
			t.Errorf("no visit has its record: %q", got)
		}
		var visit struct {
			Patient struct{ Address struct{ City string } }
		}
		lines := strings.Split(nino.in(t).exported(query, "ndjson", variables{"id": id}).text, "\n")
		mustUnmarshal(t, []byte(lines[0]), &visit)
		if visit.Patient.Address.City != "Tbilisi" || len(lines) != len(got) {
			t.Errorf("got %d lines, %s", len(lines), lines[0])
		}
		if reads := h.count(`SELECT count(*) FROM audit_log WHERE action = 'READ' AND patient_id = '` + id + `' AND 'MedicalRecord.diagnosis' = ANY(fields)`); reads != 2 {
			t.Errorf("the chart was read twice, and the audit has it %d times", reads)
		}
	})
	t.Run("write no formula, and any text", func(t *testing.T) {
		texts := []string{"=1+1", "+995", "-2", "@a", "\t=1", `say "no"`, "a,b", "a\nb", "a\r\nb", " a ", "გიორგი", "'=1", "a=1", "<b>&"}
		for i, text := range texts {
			h.run("UPDATE rooms SET name = $1 WHERE name = $2", text, fmt.Sprintf("Room %03d", i+1))
		}
		query := `{ rooms { nodes { name } } }`
		var got []string
		csvText := nino.in(t).exported(query, "csv", nil)
		for _, row := range csvText.records(t)[1:] {
			got = append(got, row[0])
		}
		var plain []string
		for line := range strings.Lines(nino.in(t).exported(query, "ndjson", nil).text) {
			var row struct{ Name string }
			mustUnmarshal(t, []byte(line), &row)
			plain = append(plain, row.Name)
		}
		for _, text := range texts {
			if !slices.Contains(plain, text) {
				t.Errorf("%q is not among the lines of JSON", text)
			}
			if strings.ContainsRune("=+-@\t", rune(text[0])) {
				text = "'" + text
			}
			if text = strings.ReplaceAll(text, "\r\n", "\n"); !slices.Contains(got, text) { // as the reader has it
				t.Errorf("%q is not among the cells", text)
			}
		}
		if !strings.Contains(csvText.text, "\"a\r\nb\"\r\n") || !strings.Contains(csvText.text, "\"a\nb\"\r\n") {
			t.Error("breaks of lines are changed")
		}
	})
}

// Everybody exports with their own rights, and an export is in the audit as what it is.
func TestExports_byRole(t *testing.T) {
	t.Parallel()
	h := newExportingHouse(t)
	owner := h.employ("owner", auth.Admin)
	staff := map[auth.Role]*colleague{}
	for _, role := range auth.Roles {
		staff[role] = h.employ(strings.ToLower(string(role)), role)
	}
	h.patient("own", staff[auth.Doctor])
	for query, may := range map[string][]auth.Role{
		`{ medicalRecords { nodes { id diagnosis } } }`:        {auth.Doctor, auth.Nurse},
		`{ searchPatients(query: "Nobody") { nodes { id } } }`: {auth.Doctor, auth.Nurse, auth.Receptionist},
		`{ users { nodes { loginName } } }`:                    {auth.Admin},
		`{ savedQueries { nodes { name } } }`:                  auth.Roles,
	} {
		id := owner.save(variables{"document": query, "isShared": true})
		for _, role := range auth.Roles {
			got := staff[role].export(id + ".csv")
			if isTold := got.StatusCode == http.StatusOK; isTold != slices.Contains(may, role) || !isTold && (got.StatusCode != http.StatusForbidden || !strings.Contains(got.text, `"code":"FORBIDDEN"`)) {
				t.Errorf("%s as %s is answered %d %s", query, role, got.StatusCode, got.text)
			}
			if got.StatusCode != http.StatusOK && (got.Header.Get("Content-Disposition") != "" || !strings.HasPrefix(got.Header.Get("Content-Type"), "application/json")) {
				t.Errorf("what is refused comes as %v", got.Header)
			}
		}
	}
	// An administrator reads what was taken out, with the operation that read it.
	var entries []struct {
		Actor, Reason, OperationID string
		Fields                     []string
	}
	mustUnmarshal(t, []byte(asJSON(staff[auth.Admin].ask(`{ auditLog(where: {kind: {eq: EXPORTED}}) { nodes { actor reason operationId fields } } }`, nil).at("auditLog.nodes"))), &entries)
	if len(entries) != 2+3+1+5 {
		t.Errorf("%d exports are in the audit", len(entries))
	}
	for _, e := range entries {
		if e.Actor == "doctor" && slices.Contains(e.Fields, "MedicalRecord.diagnosis") {
			if !strings.HasPrefix(e.Reason, "1 rows as csv by the saved query ") || h.count(`SELECT count(*) FROM audit_log WHERE action = 'READ' AND operation_id = '`+e.OperationID+`'`) != 1 {
				t.Errorf("the audit says %+v", e)
			}
			return
		}
	}
	t.Error("the export of records is not in the audit")
}

// What cannot be exported is refused with a word about why.
func TestExports_refuse(t *testing.T) {
	t.Parallel()
	h := newExportingHouse(t)
	nino, other := h.employ("nino", auth.Receptionist), h.employ("other", auth.Receptionist)
	id := nino.save(variables{"document": `{ rooms { nodes { id } } }`})
	gone := nino.save(nil)
	nino.ask(deleteQuery, variables{"id": gone, "version": 1})
	unfit := nino.save(nil)
	h.run("UPDATE saved_queries SET document = '{ rooms { nodes { oldName } } }' WHERE id = $1", unfit)
	kept := func(document string, vars variables) string {
		input := variables{"document": document}
		if vars != nil {
			input["variables"] = vars
		}
		return nino.save(input) + ".csv"
	}
	for name, test := range map[string]struct {
		who    *client
		method string
		file   string
		status int
		code   string
	}{
		"another's":              {other.client, "GET", id + ".csv", 404, "NOT_FOUND"},
		"a deleted one":          {nino.client, "GET", gone + ".csv", 404, "NOT_FOUND"},
		"of another kind":        {nino.client, "GET", nino.practitioner.ID.String() + ".csv", 404, "NOT_FOUND"},
		"no id":                  {nino.client, "GET", "abc.csv", 404, "NOT_FOUND"},
		"no ending":              {nino.client, "GET", id, 404, "NOT_FOUND"},
		"another ending":         {nino.client, "GET", id + ".xlsx", 404, "NOT_FOUND"},
		"two endings":            {nino.client, "GET", id + ".csv.csv", 404, "NOT_FOUND"},
		"HEAD":                   {nino.client, "HEAD", id + ".csv", 405, ""},
		"POST":                   {nino.client, "POST", id + ".csv", 405, "BAD_REQUEST"},
		"DELETE":                 {nino.client, "DELETE", id + ".csv", 405, "BAD_REQUEST"},
		"nobody":                 {h.client, "GET", id + ".csv", 401, "UNAUTHENTICATED"},
		"what fits no more":      {nino.client, "GET", unfit + ".csv", 400, "GRAPHQL_VALIDATION_FAILED"},
		"no list":                {nino.client, "GET", kept(`{ clinic { name } }`, nil), 400, "BAD_REQUEST"},
		"a list without rows":    {nino.client, "GET", kept(`{ rooms { totalCount } }`, nil), 400, "BAD_REQUEST"},
		"rows in a fragment":     {nino.client, "GET", kept(`{ rooms { ...f } } fragment f on RoomConnection { nodes { id } }`, nil), 400, "BAD_REQUEST"},
		"a list in a list":       {nino.client, "GET", kept(`{ nodes(ids: []) { ... on Patient { appointments { nodes { id } } } } }`, nil), 400, "BAD_REQUEST"},
		"a missing value":        {nino.client, "GET", kept(`query($from: DateTime!) { appointments(where: {startsAt: {gte: $from}}) { nodes { id } } }`, nil), 400, "GRAPHQL_VALIDATION_FAILED"},
		"a wrong value":          {nino.client, "GET", kept(`query($from: DateTime!) { appointments(where: {startsAt: {gte: $from}}) { nodes { id } } }`, variables{"from": "soon"}), 400, "INVALID"},
		"a patient that is none": {nino.client, "GET", kept(`query($id: ID!) { patient(id: $id) { appointments { nodes { id } } } }`, variables{"id": db.NewID(db.KindPatient)}), 404, "NOT_FOUND"},
	} {
		got := test.who.in(t).fetch(test.method, test.file, test.who.header)
		if got.StatusCode != test.status || !strings.Contains(got.text, test.code) || got.Trailer.Get("Clinicql-Rows") != "" {
			t.Errorf("%s is answered %d %s", name, got.StatusCode, got.text)
		}
	}
	if got := nino.export(kept(`{ rooms { totalCount } }`, nil)); !strings.Contains(got.text, "ask for a list of pages that is nested in no other list") {
		t.Errorf("it is not said why: %s", got.text)
	}
	if n := h.count("SELECT count(*) FROM audit_log WHERE action = 'EXPORTED'"); n != 0 {
		t.Errorf("%d exports are in the audit", n)
	}
}

// A browser exports for pages of this server, and for its user, and for no other site.
func TestExports_crossSite(t *testing.T) {
	t.Parallel()
	h := newExportingHouse(t)
	nino := h.employ("nino", auth.Receptionist)
	file := nino.save(variables{"document": `{ rooms { nodes { id } } }`}) + ".csv"
	cookie := nino.header.Get("Cookie")
	for name, test := range map[string]struct {
		header http.Header
		status int
	}{
		"a link of our pages":    {http.Header{"Sec-Fetch-Site": {"same-origin"}, "Sec-Fetch-Mode": {"navigate"}}, 200},
		"the bar for addresses":  {http.Header{"Sec-Fetch-Site": {"none"}, "Sec-Fetch-Mode": {"navigate"}}, 200},
		"a program of our pages": {http.Header{"Graphql-Require-Preflight": {"1"}}, 200},
		"another site":           {http.Header{"Sec-Fetch-Site": {"cross-site"}}, 403},
		"a neighbour":            {http.Header{"Sec-Fetch-Site": {"same-site"}}, 403},
		"an old browser":         {http.Header{}, 403},
		"an image elsewhere":     {http.Header{"Sec-Fetch-Site": {"cross-site"}, "Origin": {"https://evil.example"}}, 403},
	} {
		test.header.Set("Cookie", cookie)
		if got := nino.fetch(http.MethodGet, file, test.header); got.StatusCode != test.status {
			t.Errorf("%s is answered %d %s", name, got.StatusCode, got.text)
		}
	}
	for _, header := range []http.Header{{"Cookie": {cookie}, "Sec-Fetch-Site": {"same-origin"}}} { // the API itself still wants its header
		if status, err := nino.sends(http.MethodGet, "?query={__typename}", "", "", header); err != nil || status != http.StatusForbidden {
			t.Errorf("a GET of the API is answered %d, %v", status, err)
		}
	}
	token := nino.ask(createToken, variables{"name": "report", "role": "RECEPTIONIST", "expires": time.Now().Add(time.Hour)}).text("createApiToken.token")
	if got := nino.fetch(http.MethodGet, file, http.Header{"Authorization": {"Bearer " + token}}); got.StatusCode != http.StatusOK {
		t.Errorf("a program is answered %d %s", got.StatusCode, got.text)
	}
}

// Nobody takes an export that broke off for a complete one, and the audit says that it
// broke off.
func TestExports_breakOff(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(h *house){
		"the database fails":  func(h *house) { h.run("ALTER TABLE rooms RENAME TO gone") },
		"the session ends":    func(h *house) { h.run("UPDATE sessions SET ended_at = now()"); h.db.Forget() },
		"the role is another": func(h *house) { h.run("UPDATE users SET role = 'ANALYST' WHERE login_name = 'nino'"); h.db.Forget() },
		"the audit has no room": func(h *house) {
			h.run("ALTER TABLE audit_log ADD CONSTRAINT spoiled CHECK (action <> 'EXPORTED' OR reason LIKE '%broke off%') NOT VALID")
		},
	} {
		for _, ending := range []string{"csv", "ndjson"} {
			t.Run(name+" "+ending, func(t *testing.T) {
				t.Parallel()
				pages := make(chan int, 10)
				goOn := make(chan bool)
				h := newExportingHouse(t, func(exports http.Handler) {
					graph.BetweenPages(exports, func(n int) {
						if n == 1 {
							pages <- n
							<-goOn
						}
					})
				})
				h.rooms(250)
				nino := h.employ("nino", auth.Receptionist)
				file := nino.save(variables{"document": `{ rooms { nodes { name } } }`}) + "." + ending
				done := make(chan *download)
				go func() { done <- nino.export(file) }()
				<-pages
				spoil(h)
				time.Sleep(time.Second) // until a session is looked at
				goOn <- true
				got := <-done
				if got.err == nil || got.Trailer.Get("Clinicql-Rows") != "" || strings.Count(got.text, "\n") > 251 || strings.Count(got.text, "Room") < 100 && got.StatusCode == 200 && got.text != "" {
					t.Errorf("it ends with %v and %v after %d lines", got.err, got.Trailer, strings.Count(got.text, "\n"))
				}
				if n := h.count("SELECT count(*) FROM audit_log WHERE action = 'EXPORTED' AND reason LIKE '% rows as " + ending + " by the saved query %, and broke off'"); n != 1 {
					t.Errorf("%d entries of the audit say so", n)
				}
			})
		}
	}
}

// Whoever leaves ends the statement that runs for them.
func TestExports_ofAClientThatLeaves(t *testing.T) {
	t.Parallel()
	h := newExportingHouse(t)
	h.rooms(10)
	nino := h.employ("nino", auth.Receptionist)
	file := nino.save(variables{"document": `{ rooms { nodes { name } } }`}) + ".csv"
	blocker, err := h.db.SQL.BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = blocker.Rollback() }()
	blocker.MustExec("LOCK TABLE rooms IN ACCESS EXCLUSIVE MODE")
	ctx, leave := context.WithCancel(t.Context())
	request, _ := http.NewRequestWithContext(ctx, http.MethodGet, h.server.URL+"/export/"+file, nil)
	request.Header = nino.header.Clone()
	done := make(chan error)
	go func() {
		response, err := http.DefaultTransport.RoundTrip(request)
		if err == nil {
			response.Body.Close()
		}
		done <- err
	}()
	waiting := func() int {
		return h.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FROM rooms%'")
	}
	for begun := time.Now(); waiting() == 0 && time.Since(begun) < 2*time.Second; {
		time.Sleep(10 * time.Millisecond)
	}
	if waiting() == 0 {
		t.Fatal("no statement runs")
	}
	leave()
	<-done
	for begun := time.Now(); waiting() > 0; time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > time.Second { // before the lock is given up on
			t.Fatal("its statement goes on")
		}
	}
}

// A user has two exports at a time, a server eight; whoever reads none of theirs is
// dropped, and keeps nobody out.
func TestExports_areBounded(t *testing.T) {
	t.Parallel()
	var open sync.WaitGroup
	stop := make(chan struct{})
	var begun atomic.Int64
	h := newExportingHouse(t, func(exports http.Handler) {
		graph.BetweenPages(exports, func(int) { begun.Add(1); <-stop })
	})
	h.rooms(250)
	answers := make(chan int, 100)
	count := func(n int, c *client, file string) {
		for range n {
			open.Go(func() { answers <- c.export(file).StatusCode })
		}
	}
	next := func() int {
		select {
		case status := <-answers:
			return status
		case <-time.After(20 * time.Second):
			t.Fatal("no answer comes")
		}
		return 0
	}
	nino := h.employ("nino", auth.Receptionist)
	file := nino.save(variables{"document": `{ rooms { nodes { name } } }`, "isShared": true}) + ".csv"
	count(40, nino.client, file)
	for range 38 {
		if status := next(); status != http.StatusTooManyRequests {
			t.Errorf("too many of one user are answered %d", status)
		}
	}
	for n := range 3 {
		count(2, h.employ(fmt.Sprint("other", n), auth.Receptionist).client, file)
	}
	for begun.Load() < 8 {
		time.Sleep(10 * time.Millisecond)
	}
	last := h.employ("last", auth.Receptionist)
	if got := last.export(file); got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" || !strings.Contains(got.text, "UNAVAILABLE") {
		t.Errorf("the ninth is answered %d %s", got.StatusCode, got.text)
	}
	nino.ask(`{ rooms { totalCount } }`, nil) // nothing else waits
	close(stop)
	for range 8 {
		if status := next(); status != http.StatusOK {
			t.Errorf("one of the eight is answered %d", status)
		}
	}
	open.Wait()
	if got := last.export(file); got.StatusCode != http.StatusOK {
		t.Errorf("afterwards one is answered %d", got.StatusCode)
	}
}

// Whoever reads nothing of an export is given up on.
func TestExports_ofAClientThatStopsReading(t *testing.T) {
	t.Parallel()
	ended := make(chan *graph.Exported, 1)
	h := newExportingHouse(t, func(exports http.Handler) {
		graph.Patience(exports, 300*time.Millisecond, func(e *graph.Exported) { ended <- e })
	})
	h.run(`INSERT INTO rooms (id, name) SELECT overlay(overlay(gen_random_uuid()::text PLACING '0d' FROM 35) PLACING '7' FROM 15)::uuid, repeat('long', 25) || n FROM generate_series(1, 60000) n`)
	nino := h.employ("nino", auth.Receptionist)
	file := nino.save(variables{"document": `{ rooms { nodes { a: name b: name c: name d: name e: name f: name } } }`}) + ".csv"
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, h.server.URL+"/export/"+file, nil)
	request.Header = nino.header.Clone()
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if line, err := bufio.NewReaderSize(response.Body, 16).ReadString('\n'); err != nil || !strings.HasPrefix(line, "a,b,c") {
		t.Fatalf("it begins with %q, %v", line, err)
	}
	select {
	case e := <-ended:
		if e.Code == "OK" || e.Rows == 0 || e.Rows >= 60_000 {
			t.Errorf("it ended with %+v", e)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("it goes on")
	}
	if _, err := io.Copy(io.Discard, response.Body); err == nil {
		t.Error("it looks complete")
	}
}

// An export spends what its pages cost, and leaves half of what can be saved up to what
// its user does meanwhile.
func TestExports_arePaid(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	gate := &auth.Gate{Find: d.Find, Look: d.Look, Refuse: graph.Refuse}
	api, rates := graph.Handler(d.DB, nil), graph.NewRates(20, 0) // 400 saved up, 200 of them for exports
	var passed atomic.Int64
	start := time.Now()
	graph.SetClock(rates, func() time.Time { return start.Add(time.Duration(passed.Load()) * time.Second) })
	mux := http.NewServeMux()
	mux.Handle("/", gate.Handler(graph.Limited(api, rates)))
	mux.Handle("/export/{file}", gate.Downloads(graph.Limited(graph.Exports(api, nil), rates)))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	h := &house{client: &client{t: t, db: d, server: server}}
	h.rooms(250)
	nino := h.employ("nino", auth.Receptionist)
	file := nino.save(variables{"document": `{ rooms { nodes { name } } }`}) + ".ndjson"
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, h.server.URL+"/export/"+file, nil)
	request.Header = nino.header.Clone()
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	for range 200 { // two pages for 101 points each, then it waits
		if !lines.Scan() {
			t.Fatal("it ended")
		}
	}
	var got struct {
		Extensions struct {
			Cost struct {
				ThrottleStatus struct{ CurrentlyAvailable int }
			}
		}
	}
	_, text := nino.send(`{ __typename }`, nil)
	mustUnmarshal(t, []byte(text), &got)
	if left := got.Extensions.Cost.ThrottleStatus.CurrentlyAvailable; left < 150 || left > 200 {
		t.Errorf("%d points are left", left)
	}
	passed.Add(10)
	rows := 200
	for lines.Scan() {
		if !json.Valid(lines.Bytes()) {
			t.Fatalf("a line is %s", lines.Bytes())
		}
		rows++
	}
	if rows != 250 || lines.Err() != nil {
		t.Errorf("%d rows came, %v", rows, lines.Err())
	}
	passed.Add(100)
	for range 60 { // who has nothing is told so
		nino.post(`{ rooms(first: 100) { nodes { id } } }`, nil)
	}
	if got := nino.export(file); got.StatusCode != http.StatusTooManyRequests || got.Header.Get("Retry-After") == "" {
		t.Errorf("answered %d %s", got.StatusCode, got.text)
	}
}
