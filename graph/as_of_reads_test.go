package graph_test

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph"
	"github.com/jmoiron/sqlx"
)

// pastPage asks for 50 patients with what hangs on them.
const pastPage = `{ patients(first: 50) { nodes { id displayName mrn primaryPractitioner { displayName } allergyStatus allergies { substance }
	appointments(first: 5) { totalCount nodes { id startsAt status reason practitioner { displayName } room { name } } }
	medicalRecords(first: 5) { totalCount nodes { id recordedOn diagnosis practitioner { displayName } } } } } }`

// pastQueries are what a clinic asks, by what they are called, in words that a
// sample of its rows completes.
var pastQueries = map[string]string{
	"a page with what hangs on it": pastPage,
	"summaries of a page": `{ patients(first: 50) { nodes { currentProblems { diagnosis } nextAppointment { startsAt } lastVisit { startsAt }
		careTeam { practitioner { displayName } } timeline(first: 5) { totalCount nodes { __typename } } } } }`,
	"the last page":               `{ patients(last: 50) { nodes { displayName } } }`,
	"by given name":               `{ patients(orderBy: [{field: GIVEN_NAME}]) { nodes { displayName } } }`,
	"by record number":            `{ patients(orderBy: [{field: MRN}]) { nodes { displayName } } }`,
	"oldest first":                `{ patients(orderBy: [{field: BIRTH_DATE}]) { nodes { displayName } } }`,
	"youngest first":              `{ patients(orderBy: [{field: BIRTH_DATE, direction: DESC}]) { nodes { displayName } } }`,
	"latest registered first":     `{ patients(orderBy: [{field: CREATED_AT, direction: DESC}]) { nodes { displayName } } }`,
	"latest changed first":        `{ patients(orderBy: [{field: UPDATED_AT, direction: DESC}]) { nodes { displayName } } }`,
	"a patient":                   `{ patient(id: "<patient>") { displayName appointments { totalCount nodes { startsAt practitioner { displayName } } } medicalRecords { totalCount nodes { diagnosis amendments { nodes { reason } } } } allergies { substance } careTeam { practitioner { displayName } } } }`,
	"a timeline":                  `{ patient(id: "<patient>") { currentProblems { diagnosis } timeline(first: 20) { totalCount nodes { __typename } } nextAppointment { startsAt } lastVisit { startsAt } } }`,
	"a record number":             `{ patientBy(by: {mrn: "<mrn>"}) { displayName } }`,
	"an identifier":               `{ patientBy(by: {identifier: {system: "<system>", value: "<value>"}}) { displayName } }`,
	"a visit":                     `{ appointment(id: "<visit>") { startsAt patient { displayName } medicalRecords { nodes { diagnosis } } } }`,
	"a family name":               `{ patients(where: {familyName: {startsWith: "<family>"}}) { nodes { displayName } } }`,
	"a telephone":                 `{ patients(where: {phoneNumber: {eq: "<phone>"}}) { nodes { displayName } } }`,
	"a birth date":                `{ patients(where: {birthDate: {eq: "<birth>"}}) { totalCount nodes { displayName } } }`,
	"those who come on a day":     `{ patients(where: {hasAppointment: {startsAt: {gte: "<day>T00:00:00Z", lt: "<day>T23:00:00Z"}}}) { nodes { displayName } } }`,
	"those with a practitioner":   `{ patients(where: {hasAppointment: {practitionerId: {eq: "<doctor>"}, status: {eq: COMPLETED}}}) { nodes { displayName } } }`,
	"those without a visit":       `{ patients(where: {not: {hasAppointment: {status: {eq: COMPLETED}}}}) { nodes { displayName } } }`,
	"visits of a day":             `{ appointments(where: {startsAt: {gte: "<day>T00:00:00Z", lt: "<day>T23:00:00Z"}}) { totalCount nodes { startsAt patient { displayName } } } }`,
	"the latest visits":           `{ appointments { nodes { startsAt patient { displayName } } } }`,
	"visits of a practitioner":    `{ appointments(where: {practitionerId: {eq: "<doctor>"}}) { nodes { startsAt } } }`,
	"visits changed last":         `{ appointments(orderBy: [{field: UPDATED_AT, direction: DESC}]) { nodes { startsAt } } }`,
	"the latest records":          `{ medicalRecords { nodes { diagnosis patient { displayName } } } }`,
	"drafts":                      `{ medicalRecords(where: {status: {eq: DRAFT}}) { nodes { diagnosis } } }`,
	"the calendar of a day":       `{ schedule(range: {date: "<day>"}, practitionerIds: ["<doctor>"]) { ` + drawn + ` } }`,
	"the calendar of a week":      `{ schedule(range: {weekOf: "<day>"}, practitionerIds: ["<doctor>"]) { ` + drawn + ` } }`,
	"search: two names":           `{ searchPatients(query: "<given> <family>") { nodes { displayName } } }`,
	"search: a given name":        `{ searchPatients(query: "<given>") { nodes { displayName } } }`,
	"search: a misspelt name":     `{ searchPatients(query: "<given> <misspelt>") { nodes { displayName } } }`,
	"search: two letters":         `{ searchPatients(query: "ნი") { nodes { displayName } } }`,
	"search: a telephone":         `{ searchPatients(query: "<phone>") { nodes { displayName } } }`,
	"search: a telephone's end":   `{ searchPatients(query: "<tail>") { nodes { displayName } } }`,
	"search: a record number":     `{ searchPatients(query: "<mrn>") { nodes { displayName } } }`,
	"search: a birth date":        `{ searchPatients(query: "<birth>") { nodes { displayName } } }`,
	"search: an identifier":       `{ searchPatients(query: "<value>") { nodes { displayName } } }`,
	"who may be the same person":  `{ possibleDuplicates(of: {patientId: "<patient>"}) { score } }`,
	"the practitioners":           `{ practitioners { nodes { displayName } } }`,
	"several things by their ids": `{ nodes(ids: ["<patient>", "<visit>", "<doctor>"]) { id } }`,
}

// sampleOf returns what completes queries, of a patient with a visit.
func sampleOf(t testing.TB, url string) *strings.Replacer {
	t.Helper()
	pool := sqlx.MustOpen("postgres", url)
	defer pool.Close()
	words := map[string]any{}
	must(t, pool.QueryRowx(`
		SELECT p.id::text AS "<patient>", p.mrn AS "<mrn>", i.system AS "<system>", i.value AS "<value>", p.given_name AS "<given>", p.family_name AS "<family>",
			overlay(p.family_name PLACING 'ყ' FROM 3 FOR 1) AS "<misspelt>", p.phone_number AS "<phone>", right(p.phone_number, 6) AS "<tail>", p.birth_date::text AS "<birth>",
			a.id::text AS "<visit>", a.practitioner_id::text AS "<doctor>", (a.starts_at AT TIME ZONE 'UTC')::date::text AS "<day>"
		FROM patients p JOIN patient_identifiers i ON i.owner_id = p.id JOIN appointments a ON a.patient_id = p.id AND a.status = 'COMPLETED'
		WHERE p.phone_number IS NOT NULL AND p.birth_date_precision = 'DAY' AND length(p.family_name) > 5 AND p.family_name > 'ა'
		ORDER BY p.id DESC, a.starts_at DESC LIMIT 1`).MapScan(words))
	var pairs []string
	for name, word := range words {
		pairs = append(pairs, name, word.(string))
	}
	return strings.NewReplacer(pairs...)
}

// A tableRead says how many rows of a table were read in the order in which they
// lie there, and how many entries of its indexes: what the plans that were
// chosen did.
type tableRead struct {
	Table            string
	Rows             int // that the table holds
	InOrder, Indexed int
}

// tableReads returns what has been read of each table so far. It waits until all
// others have left the database, as they tell what they read when they leave.
func tableReads(t testing.TB, pool *sqlx.DB) map[string]tableRead {
	t.Helper()
	for others := true; others; time.Sleep(time.Millisecond) {
		must(t, pool.Get(&others, `SELECT EXISTS (SELECT FROM pg_stat_activity
			WHERE datname = current_database() AND backend_type IN ('client backend', 'parallel worker') AND pid <> pg_backend_pid())`))
	}
	var all []tableRead
	must(t, pool.Select(&all, `
		SELECT format('%s.%s', t.schemaname, t.relname) AS table, greatest(c.reltuples, 0)::int AS rows, coalesce(t.seq_tup_read, 0) AS inorder,
			(SELECT coalesce(sum(i.idx_tup_read), 0)::bigint FROM pg_stat_user_indexes i WHERE i.relid = t.relid) AS indexed
		FROM pg_stat_user_tables t JOIN pg_class c ON c.oid = t.relid`))
	found := map[string]tableRead{}
	for _, r := range all {
		found[r.Table] = r
	}
	return found
}

// readsOf returns what the database reads for a doctor's query, most first, and
// how many statements that takes.
func readsOf(t testing.TB, pool *sqlx.DB, url, query string) (read []tableRead, took string) {
	t.Helper()
	before := tableReads(t, pool)
	d, err := db.Open(url)
	must(t, err)
	ctx := auth.WithActor(t.Context(), aDoctor)
	request := httptest.NewRequestWithContext(ctx, "POST", "/", strings.NewReader(asJSON(map[string]string{"query": query})))
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	graph.Handler(d, nil).ServeHTTP(answer, request)
	must(t, d.Close())
	if strings.Contains(answer.Body.String(), `"errors"`) {
		t.Fatalf("%s\nanswered %.500s", query, answer.Body)
	}
	for _, r := range tableReads(t, pool) {
		r.InOrder, r.Indexed = r.InOrder-before[r.Table].InOrder, r.Indexed-before[r.Table].Indexed
		if r.InOrder+r.Indexed > 0 {
			read = append(read, r)
		}
	}
	slices.SortFunc(read, func(a, b tableRead) int { return b.InOrder + b.Indexed - a.InOrder - a.Indexed })
	return read, statements(t, answer.Header().Get("Server-Timing"))
}

// As of last month each query takes as many statements as now, and reads a table
// of versions from its beginning to its end only where it reads the table so
// now, and by index not much more than the versions of the rows that it reads
// now. Those who changed last pass over all versions that have begun since.
func TestAsOf_readsByIndex(t *testing.T) {
	t.Parallel()
	const small = 2000 // rows, of which reading all is quickest
	url := clinicWithPast(t, 2000)
	sample := sampleOf(t, url)
	pool := sqlx.MustOpen("postgres", url)
	defer pool.Close()
	pool.SetMaxOpenConns(1)
	for name, query := range pastQueries {
		query = sample.Replace(query)
		now, statements := readsOf(t, pool, url, query)
		then, took := readsOf(t, pool, url, `query @asOf(at: "`+lastMonth()+`") `+query)
		if took != statements {
			t.Errorf("%s takes %s statements now, and %s as of last month", name, statements, took)
		}
		if total(then) > 4*total(now)+10_000 && name != "latest changed first" {
			t.Errorf("%s reads now %v, and as of last month %v", name, now, then)
		}
		for _, r := range then {
			table, isHistory := strings.CutPrefix(r.Table, "history.")
			if isHistory && r.InOrder > 0 && r.Rows > small && !slices.ContainsFunc(now, func(n tableRead) bool { return n.Table == "public."+table && n.InOrder > 0 }) {
				t.Errorf("%s reads %s from its beginning to its end: %d of %d rows", name, r.Table, r.InOrder, r.Rows)
			}
		}
	}
}

func total(reads []tableRead) (n int) {
	for _, r := range reads {
		n += r.InOrder + r.Indexed
	}
	return n
}
