package graph_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

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
		return nino.save(variables{"document": document, "variables": vars}) + ".csv"
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
	// The API itself still wants its header.
	ours := http.Header{"Cookie": {cookie}, "Sec-Fetch-Site": {"same-origin"}}
	if status, err := nino.sends(http.MethodGet, "?query={__typename}", "", "", ours); err != nil || status != http.StatusForbidden {
		t.Errorf("a GET of the API is answered %d, %v", status, err)
	}
	token := nino.ask(createToken, variables{"name": "report", "role": "RECEPTIONIST", "expires": time.Now().Add(time.Hour)}).text("createApiToken.token")
	if got := nino.fetch(http.MethodGet, file, http.Header{"Authorization": {"Bearer " + token}}); got.StatusCode != http.StatusOK {
		t.Errorf("a program is answered %d %s", got.StatusCode, got.text)
	}
}
