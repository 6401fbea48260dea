package main

import "time"

// variables are those of an operation, by name.
type variables map[string]any

// A query is one kind of request, and how it is said in each dialect.
type query struct {
	name, title string
	role        string // that asks ClinicQL; doctor when empty
	draw        func(c *clinic, n int) variables
	pages       bool // the variable after is a cursor of the server's own
	writes      bool // each request is another one

	clinicQL     string
	postGraphile string
	arranged     func(*clinic, variables) variables // for PostGraphile, where they are named otherwise
	rest         func(variables) string             // "GET /path", or "POST /path" and a body

	asked map[string]float64 // how often ClinicQL's time a peer is to take at least, by its name
}

func (q *query) called() string { return q.name }

// others says whether servers other than ClinicQL have an answer to it.
func (q *query) others() bool { return q.rest != nil }

const (
	patientFields = `mrn givenName familyName birthDate sex phone email`
	pageInfo      = `pageInfo { hasNextPage endCursor }`
)

// queries are what is measured, the writes last.
var queries = []*query{
	{
		name: "by-id", title: "a patient by id",
		draw:         func(c *clinic, n int) variables { return variables{"id": c.patient(n)} },
		clinicQL:     `query Patient($id: ID!) { patient(id: $id) { id ` + patientFields + ` createdAt updatedAt } }`,
		postGraphile: `query Patient($id: UUID!) { patient(rowId: $id) { rowId ` + patientFields + ` createdAt updatedAt } }`,
		rest:         func(v variables) string { return get("/patients/" + v["id"].(string)) },
		asked:        map[string]float64{"postgraphile": 3, "flask": 10, "mercurius": 1.5, "apollo": 1.5, "raw": 0.65},
	},
	{
		name: "page", title: "a page of 50 patients", pages: true,
		draw: func(*clinic, int) variables { return variables{} },
		clinicQL: `query Page($after: String) { patients(first: 50, after: $after) {
			edges { cursor node { id ` + patientFields + ` } } ` + pageInfo + ` } }`,
		postGraphile: `query Page($after: Cursor) { patients(first: 50, after: $after, orderBy: [FAMILY_KEY_ASC, GIVEN_KEY_ASC]) {
			edges { cursor node { rowId ` + patientFields + ` } } ` + pageInfo + ` } }`,
		rest:  func(v variables) string { return get("/patients", after(v)...) },
		asked: map[string]float64{"postgraphile": 3.3, "flask": 7.5, "mercurius": 1.5, "apollo": 1.5, "raw": 1.3},
	},
	{
		name: "nested", title: "50 patients, each with 5 visits and 5 records", pages: true,
		draw:     func(*clinic, int) variables { return variables{} },
		clinicQL: nested(""),
		postGraphile: `query Nested($after: Cursor) { patients(first: 50, after: $after, orderBy: [FAMILY_KEY_ASC, GIVEN_KEY_ASC]) {
			edges { cursor node { rowId ` + patientFields + `
				appointments(first: 5, orderBy: [STARTS_AT_DESC, ROW_ID_DESC]) { edges { node { rowId startsAt endsAt status reason practitioner { rowId familyName } } } ` + pageInfo + ` }
				medicalRecords(first: 5, orderBy: [RECORDED_ON_DESC, ROW_ID_DESC]) { edges { node { rowId recordedOn diagnosis prescription notes } } ` + pageInfo + ` } } } ` + pageInfo + ` } }`,
		rest:  func(v variables) string { return get("/patients/nested", after(v)...) },
		asked: map[string]float64{"postgraphile": 3.2, "flask": 25, "mercurius": 1.5, "apollo": 1.5, "raw": 1.4},
	},
	{
		name: "deep", title: "a practitioner's last 20 visits, their patients and 3 records of each",
		draw: func(c *clinic, n int) variables { return variables{"id": c.practitioner(n)} },
		clinicQL: `query Deep($id: ID!) { practitioner(id: $id) { id familyName
			appointments(first: 20) { edges { node { id startsAt patient { id givenName familyName
				medicalRecords(first: 3) { edges { node { id recordedOn diagnosis practitioner { id familyName } } } } } } } } } }`,
		postGraphile: `query Deep($id: UUID!) { practitioner(rowId: $id) { rowId familyName
			appointments(first: 20, orderBy: [STARTS_AT_DESC, ROW_ID_DESC]) { edges { node { rowId startsAt patient { rowId givenName familyName
				medicalRecords(first: 3, orderBy: [RECORDED_ON_DESC, ROW_ID_DESC]) { edges { node { rowId recordedOn diagnosis practitioner { rowId familyName } } } } } } } } } }`,
		rest:  func(v variables) string { return get("/practitioners/" + v["id"].(string) + "/charts") },
		asked: map[string]float64{"mercurius": 1.5, "apollo": 1.5},
	},
	{
		name: "upcoming", title: "a practitioner's next 20 visits",
		draw: func(c *clinic, n int) variables {
			return variables{"id": c.practitioner(n), "now": c.now.UTC().Format(time.RFC3339)}
		},
		clinicQL: `query Upcoming($id: ID!, $now: DateTime!) { practitioner(id: $id) { id familyName
			appointments(first: 20, where: { startsAt: { gte: $now } }, orderBy: [{ field: STARTS_AT }]) {
				edges { node { id startsAt endsAt status reason patient { id mrn givenName familyName } } } ` + pageInfo + ` } } }`,
		postGraphile: `query Upcoming($id: UUID!, $now: Datetime!) { practitioner(rowId: $id) { rowId familyName
			appointments(first: 20, filter: { startsAt: { greaterThanOrEqualTo: $now } }, orderBy: [STARTS_AT_ASC, ROW_ID_ASC]) {
				edges { node { rowId startsAt endsAt status reason patient { rowId mrn givenName familyName } } } ` + pageInfo + ` } } }`,
		rest: func(v variables) string {
			return get("/practitioners/"+v["id"].(string)+"/upcoming", "now", v["now"].(string))
		},
		asked: map[string]float64{"postgraphile": 1.8, "flask": 6, "mercurius": 1.5, "apollo": 1.5, "raw": 0.65},
	},
	{
		name: "calendar", title: "the calendar of 20 practitioners on a day",
		draw: func(c *clinic, n int) variables {
			return variables{"date": c.openDay(n), "ids": c.some(20, n)}
		},
		clinicQL: `query Day($date: Date!, $ids: [ID!]) { schedule(range: { date: $date }, practitionerIds: $ids) { columns {
			practitioner { id familyName } appointments { id startsAt endsAt status reason patient { id givenName familyName } } } } }`,
		postGraphile: `query Day($from: Datetime!, $until: Datetime!, $ids: [UUID!]) { practitioners(filter: { rowId: { in: $ids } }) { nodes { rowId familyName
			appointments(filter: { startsAt: { greaterThanOrEqualTo: $from, lessThan: $until }, status: { notIn: ["CANCELLED", "ENTERED_IN_ERROR"] } }, orderBy: [STARTS_AT_ASC, ROW_ID_ASC]) {
				nodes { rowId startsAt endsAt status reason patient { rowId givenName familyName } } } } } }`,
		arranged: (*clinic).byInstants,
		rest: func(v variables) string {
			return get("/calendar", "date", v["date"].(string), "practitionerIds", commas(v["ids"].([]string)))
		},
		asked: map[string]float64{"mercurius": 1.5, "apollo": 1.5},
	},
	{
		name: "prefix", title: "20 patients by the beginning of their family name",
		draw:     func(c *clinic, n int) variables { return variables{"q": c.prefix(n)} },
		clinicQL: `query Prefix($q: String!) { patients(first: 20, where: { familyName: { startsWith: $q } }) { edges { node { id mrn givenName familyName birthDate } } } }`,
		postGraphile: `query Prefix($q: String!, $end: String!) { patients(first: 20, filter: { familyKey: { greaterThanOrEqualTo: $q, lessThan: $end } },
			orderBy: [FAMILY_KEY_ASC, GIVEN_KEY_ASC]) { edges { node { rowId mrn givenName familyName birthDate } } } }`,
		arranged: func(_ *clinic, v variables) variables {
			return variables{"q": v["q"], "end": v["q"].(string) + "\U0010ffff"}
		},
		rest:  func(v variables) string { return get("/patients/prefix", "q", v["q"].(string)) },
		asked: map[string]float64{"mercurius": 1.5, "apollo": 1.5},
	},
	{
		name: "contains", title: "20 patients by a part of their family name",
		draw:     func(c *clinic, n int) variables { return variables{"q": c.part(n)} },
		clinicQL: `query Contains($q: String!) { patients(first: 20, where: { familyName: { contains: $q } }) { edges { node { id mrn givenName familyName birthDate } } } }`,
		postGraphile: `query Contains($q: String!) { patients(first: 20, filter: { familyKey: { includes: $q } }, orderBy: [FAMILY_KEY_ASC, GIVEN_KEY_ASC]) {
			edges { node { rowId mrn givenName familyName birthDate } } } }`,
		rest:  func(v variables) string { return get("/patients/contains", "q", v["q"].(string)) },
		asked: map[string]float64{"mercurius": 1.5, "apollo": 1.5},
	},
	{
		name: "search", title: "20 patients by search: ranked, in either script, with typing errors",
		draw:     func(c *clinic, n int) variables { return variables{"q": c.prefix(n)} },
		clinicQL: `query Search($q: String!) { searchPatients(query: $q, first: 20) { edges { node { id mrn givenName familyName birthDate } } } }`,
	},
	{
		name: "statistic", title: "an analyst's statistic: visits of a year by month", role: analyst,
		draw: func(c *clinic, n int) variables {
			from, until := c.month(-12-n%6), c.month(-n%6)
			return variables{"from": from.UTC().Format(time.RFC3339), "until": until.UTC().Format(time.RFC3339)}
		},
		clinicQL: `query Months($from: DateTime!, $until: DateTime!) { appointmentStats(groupBy: [MONTH], first: 100, where: { startsAt: { gte: $from, lt: $until } }) {
			nodes { key { monthOn } isSuppressed count cancellationRate lateCancellationRate } } }`,
	},
	{
		name: "as-of", title: "the same nested page as of last month", pages: true,
		draw: func(c *clinic, n int) variables {
			return variables{"at": c.now.AddDate(0, -1, -n%20).UTC().Format(time.RFC3339)}
		},
		clinicQL: nested(" @asOf(at: $at)"),
	},
	{
		name: "create", title: "a patient registered", writes: true,
		draw:         newPatient,
		clinicQL:     `mutation Create($input: CreatePatientInput!) { createPatient(input: $input) { patient { id mrn givenName familyName } } }`,
		postGraphile: `mutation Create($input: CreatePatientInput!) { createPatient(input: $input) { patient { rowId mrn givenName familyName } } }`,
		arranged: asRow("patient", func(input variables) variables {
			family, given := folded(input["familyName"]), folded(input["givenName"])
			return variables{"rowId": newID(3), "birthDatePrecision": "DAY", "familyKey": family, "givenKey": given, "searchWords": []string{family, given}}
		}),
		rest:  func(v variables) string { return post("/patients", v["input"]) },
		asked: map[string]float64{"postgraphile": 3, "flask": 9, "mercurius": 1.5, "apollo": 1.5},
	},
	{
		name: "book", title: "a visit booked", writes: true,
		draw:         (*clinic).newVisit,
		clinicQL:     `mutation Book($input: BookAppointmentInput!) { bookAppointment(input: $input) { appointment { id startsAt endsAt status reason patient { id givenName familyName } } } }`,
		postGraphile: `mutation Book($input: CreateAppointmentInput!) { createAppointment(input: $input) { appointment { rowId startsAt endsAt status reason patient { rowId givenName familyName } } } }`,
		arranged:     asRow("appointment", func(variables) variables { return variables{"rowId": newID(4), "status": "BOOKED"} }),
		rest:         func(v variables) string { return post("/appointments", v["input"]) },
		asked:        map[string]float64{"postgraphile": 3, "flask": 9, "mercurius": 1.5, "apollo": 1.5},
	},
	{
		name: "record", title: "a record written", writes: true,
		draw:         (*clinic).newRecord,
		clinicQL:     `mutation Record($input: CreateMedicalRecordInput!) { createMedicalRecord(input: $input) { medicalRecord { id recordedOn diagnosis patient { id givenName familyName } } } }`,
		postGraphile: `mutation Record($input: CreateMedicalRecordInput!) { createMedicalRecord(input: $input) { medicalRecord { rowId recordedOn diagnosis patient { rowId givenName familyName } } } }`,
		arranged:     asRow("medicalRecord", func(variables) variables { return variables{"rowId": newID(5), "status": "DRAFT"} }),
		rest:         func(v variables) string { return post("/medical-records", v["input"]) },
		asked:        map[string]float64{"postgraphile": 3, "flask": 9, "mercurius": 1.5, "apollo": 1.5},
	},
}

// nested is the page with what hangs on its patients, through a lens.
func nested(lens string) string {
	at := ""
	if lens != "" {
		at = ", $at: DateTime!"
	}
	return `query Nested($after: String` + at + `)` + lens + ` { patients(first: 50, after: $after) { edges { cursor node { id ` + patientFields + `
		appointments(first: 5) { edges { node { id startsAt endsAt status reason practitioner { id familyName } } } ` + pageInfo + ` }
		medicalRecords(first: 5) { edges { node { id recordedOn diagnosis prescription notes } } ` + pageInfo + ` } } } ` + pageInfo + ` } }`
}
