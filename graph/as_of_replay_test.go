package graph_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

// A moment is what somebody was answered at an instant.
type moment struct {
	who       *colleague
	query, at string
	answer    string
	edits     int // that there had been
}

// What one asks of a clinic, as the tool of a doctor would. <after> is where the
// second page of patients begins, the others are ids.
const (
	wholeCharts = `
{ patients(first: 15, where: {or: [{isArchived: false}, {isArchived: true}]}) { totalCount edges { cursor node { ...chart } } pageInfo { hasNextPage endCursor } } }
fragment chart on Patient {
	id mrn identifiers { system value } displayName familyName givenName birthDate birthDatePrecision age sex genderIdentity phone phoneNumber email address { line city }
	preferredLanguage deceasedOn primaryPractitioner { displayName specialty isActive } nextAppointment { ...visit } lastVisit { ...visit }
	appointments(first: 5, orderBy: [{field: STARTS_AT, direction: DESC}]) { totalCount edges { cursor node { ...visit medicalRecords(first: 2) { totalCount nodes { id diagnosis } } } } pageInfo { hasNextPage endCursor } }
	booked: appointments(last: 3, where: {status: {in: [BOOKED, REQUESTED]}, hasMedicalRecord: {diagnosis: {contains: "a"}}}) { totalCount nodes { id } pageInfo { hasPreviousPage startCursor } }
	medicalRecords(first: 10) { totalCount edges { cursor node { ...record } } pageInfo { hasNextPage endCursor } }
	mistakes: medicalRecords(first: 5, where: {status: {eq: ENTERED_IN_ERROR}}) { totalCount nodes { id errorReason } }
	currentProblems { id diagnosis recordedOn } timeline(first: 10) { totalCount edges { cursor node { __typename id happenedAt } } pageInfo { hasNextPage endCursor } }
	allergyStatus allergies { id substance status statusReason severity version updatedAt }
	isRestricted chartAccess careTeam { id practitioner { displayName } createdAt } accessLog(first: 5) { totalCount nodes { id kind actor fields reason } }
	archivedAt archiveReason version createdAt updatedAt
}
fragment visit on Appointment {
	id status startsAt endsAt happenedAt localStart length bufferBefore bufferAfter reason type room { name isActive } appointmentType { name length color } practitioner { displayName }
	cancellationReason cancellationNote cancelledAt cancelledBy { displayName } isLateCancellation checkedInAt startedAt completedAt overriddenRules overrideReason isOverbooked
	nextSteps undoableUntil rescheduledFrom { id startsAt } rescheduledTo { id startsAt } series { id times } waitListMatches { id note } version updatedAt
}
fragment record on MedicalRecord {
	id status recordedOn happenedAt diagnosis code codeSystem prescription prescriptionLines { medicine dose } notes author { displayName } signedAt signedBy { displayName } signer { displayName }
	amendedAt amendedBy { displayName } amendmentReason appointment { id status } version updatedAt
	amendments(first: 5) { totalCount edges { cursor node { id reason replacedVersion diagnosis notes amendedBy { displayName } createdAt } } }
}`
	wholeClinic = `
{
	clinic { name timeZone today undoPeriod cancellationNotice version }
	next: patients(first: 3, after: "<after>") { totalCount edges { cursor node { id displayName } } pageInfo { hasNextPage hasPreviousPage } }
	byBirth: patients(first: 10, orderBy: [{field: BIRTH_DATE, direction: DESC}, {field: UPDATED_AT}]) { nodes { id birthDate } pageInfo { endCursor } }
	sick: patients(where: {hasMedicalRecord: {diagnosis: {startsWith: "a"}}, not: {hasAppointment: {status: {eq: CANCELLED}}}}) { totalCount nodes { id displayName } }
	here: patients(where: {or: [{familyName: {startsWith: "Be"}}, {phoneNumber: {contains: "12341"}}, {identifiers: {system: "urn:y", value: "w1"}}]}) { totalCount nodes { id } }
	found: searchPatients(query: "beridze") { totalCount edges { cursor score matchedOn node { displayName phone } } }
	like: searchPatients(query: "gelashvlii") { totalCount nodes { id } }
	patientBy(by: {mrn: "<mrn>"}) { id displayName } node(id: "<patient>") { ... on Patient { displayName } }
	possibleDuplicates(of: {patientId: "<patient>"}) { score reasons isRuledOut patient { id } }
	appointments(first: 20, orderBy: [{field: UPDATED_AT, direction: DESC}], where: {practitioner: {isActive: true}}) { totalCount nodes { id status patient { displayName } } }
	medicalRecords(first: 20, where: {appointment: {isOverbooked: false}}) { totalCount nodes { id status diagnosis } }
	waitList(first: 20) { totalCount edges { cursor node { id status note patient { displayName } slotHold { id startsAt expiresAt } appointment { id } replacesAppointment { id } version } } }
	timeOff(first: 20) { totalCount nodes { id startsAt endsAt cancelledAt appointmentsWithin { id } practitioner { displayName } } }
	rooms { nodes { id name isActive version } } appointmentTypes { nodes { id name length bufferAfter color isActive } }
	practitioners(first: 20) { totalCount nodes {
		id displayName specialty isActive deactivationReason workingHours { kind weekday startTime endTime startsOn } appointmentsOutsideHours { id startsAt }
		availableSlots(from: "<from>", until: "<until>", length: {duration: "PT30M"}, first: 5) { nodes { startsAt localStart } }
		patients(first: 3) { totalCount nodes { id } } appointments(last: 3) { totalCount nodes { id } } medicalRecords(first: 3) { totalCount nodes { id } }
	} }
	availableSlots(specialty: "s", from: "<from>", until: "<until>", length: {duration: "PT15M"}, first: 20) { edges { cursor node { startsAt practitioner { displayName } } } }
	schedule(range: {weekOf: "<day>"}) { startsOn timeZone columns { practitioner { displayName } workingPeriods { kind startsAt } timeOff { id } holds { id startsAt } appointments { id startsAt status } } }
}`
	wholeOffice = `
{
	users { totalCount nodes { id displayName role isActive practitioner { displayName specialty } version } } glassAccesses { totalCount nodes { id reason user { displayName } closesAt } }
	auditLog(first: 20) { totalCount nodes { id kind actor fields changes { field before after } user { displayName } } } clinic { name timeZone version }
}`
)

// asOfNow are the fields that say themselves that they tell of now.
var asOfNow = []string{"Query.viewer", "Query.auditSealStatus", "User.sessions", "User.apiTokens", "User.lastSignedInAt", "User.hasSecondFactor"}

// A replay is a clinic in which deeds are done, and asked for again.
type replay struct {
	*house
	*rand.Rand
	staff   map[auth.Role]*colleague
	reader  *colleague
	queries *generator
	moments []*moment
	edits   int
}

func newReplay(t testing.TB, seed uint64) *replay {
	h := newHouse(t)
	r := &replay{house: h, Rand: rand.New(rand.NewPCG(seed, seed)), staff: map[auth.Role]*colleague{}, reader: h.employ("reader", auth.Doctor)}
	for _, role := range []auth.Role{auth.Doctor, auth.Nurse, auth.Receptionist, auth.Admin} {
		r.staff[role] = h.employ(strings.ToLower(string(role)), role)
	}
	for i, kind := range []string{"own", "other", "team", "restricted"} { // closed ones are closed then as they are now
		chart := h.patient(kind, r.reader)
		h.run("UPDATE patients SET family_name = $2, family_key = $3, search_words = ARRAY[$3] WHERE id = $1", chart.values["Patient"], names[i], db.Fold(names[i]))
	}
	for _, name := range []string{"build", "offer a type", "register", "register"} {
		h.do(r.Rand, r.staff, name)
	}
	known := policies(t, schema)
	r.queries = &generator{Rand: r.Rand, ids: map[string][]string{}}
	r.queries.may = func(name string) bool {
		return known.May(auth.Actor{Name: "a", Role: auth.Doctor}, name) && !slices.Contains(asOfNow, name)
	}
	return r
}

// fill writes where things are now into the places of a query.
func (r *replay) fill(query string) string {
	r.t.Helper()
	var first struct{ ID, MRN string }
	if err := r.db.SQL.Get(&first, "SELECT id, mrn FROM patients ORDER BY id OFFSET $1 LIMIT 1", r.IntN(6)); err != nil {
		r.t.Fatal(err)
	}
	after := r.reader.ask(`{ patients(first: 2) { pageInfo { endCursor } } }`, nil).text("patients.pageInfo.endCursor")
	return strings.NewReplacer("<after>", after, "<patient>", first.ID, "<mrn>", first.MRN, "<from>", tomorrow(0).Format("2006-01-02T15:04:05Z07:00"),
		"<until>", tomorrow(10*48).Format("2006-01-02T15:04:05Z07:00"), "<day>", tomorrow(0).Format("2006-01-02")).Replace(query)
}

// keep asks for everything, and keeps what is answered with the instant.
func (r *replay) keep() {
	r.t.Helper()
	for noun, table := range tablesOf {
		var ids []string
		if err := r.db.SQL.Select(&ids, "SELECT id FROM "+table+" ORDER BY updated_at DESC, id LIMIT 20"); err != nil {
			r.t.Fatal(err)
		}
		r.queries.ids[noun] = ids
	}
	random := "\n" + r.queries.selection(schema.Query, 4)
	asked := map[string]*colleague{r.fill(wholeCharts): r.reader, r.fill(wholeClinic): r.reader, r.fill(wholeOffice): r.staff[auth.Admin], random: r.reader}
	for _, query := range slices.Sorted(maps.Keys(asked)) {
		m := &moment{who: asked[query], query: query, at: r.instant(), edits: r.edits}
		_, m.answer = m.who.post("query"+query, nil)
		for _, e := range parse(r.t, m.answer).Errors {
			if code := e.Extensions.Code; query != random || code != "INVALID" && code != "TOO_COMPLEX" {
				r.t.Fatalf("%s\nis answered with %.2000s", query, asJSON(e))
			}
		}
		r.moments = append(r.moments, m)
	}
}

// run does so many deeds, and keeps what is answered at so many instants between.
func (r *replay) run(edits, instants int) {
	r.t.Helper()
	at := map[int]bool{}
	for len(at) < instants {
		at[1+r.IntN(edits)] = true
	}
	done := map[string]int{}
	for tries := 0; r.edits < edits; tries++ {
		if tries > 20*edits {
			r.t.Fatalf("nothing can be done any more: %v", done)
		}
		name := someDeed(r.Rand)
		if !r.do(r.Rand, r.staff, name) {
			continue
		}
		done[name]++
		if r.edits++; at[r.edits] {
			r.keep()
		}
	}
	for name := range deeds {
		if edits >= 1000 && done[name] == 0 {
			r.t.Errorf("%s was never done", name)
		}
	}
}

// check asks everything again, as of then, in any order.
func (r *replay) check() {
	r.t.Helper()
	differ := 0
	for _, i := range r.Perm(len(r.moments)) {
		m := r.moments[i]
		if _, then := m.who.post(`query @asOf(at: "`+m.at+`")`+m.query, nil); then != m.answer {
			if differ++; differ <= 5 {
				r.t.Errorf("after %d edits, at %s: %s\nof %s", m.edits, m.at, difference(m.answer, then), m.query)
			}
		}
	}
	if differ > 0 {
		r.t.Errorf("%d of %d answers differ", differ, len(r.moments))
	}
}

// difference shows where two texts part.
func difference(a, b string) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	cut := func(s string) string { return s[max(0, n-200):min(len(s), n+200)] }
	return fmt.Sprintf("\nthen  …%s\nlater …%s", cut(a), cut(b))
}

// What was answered at any instant is answered as of it for ever, byte by byte.
// BenchmarkAsOf_replay does the same with 2,000 edits.
func TestAsOf_replay(t *testing.T) {
	t.Parallel()
	r := newReplay(t, 5)
	r.run(200, 10)
	r.check()
}

func BenchmarkAsOf_replay(b *testing.B) {
	for b.Loop() {
		r := newReplay(b, 6)
		r.run(2000, 100)
		r.check()
		length := 0
		for _, m := range r.moments {
			length += len(m.answer)
		}
		b.ReportMetric(float64(len(r.moments)), "answers")
		b.ReportMetric(float64(length)/1e6, "MB")
	}
}
