package graph_test

import (
	"fmt"
	"regexp"
	"testing"
)

// A nested query takes as many statements for a hundred patients as for one.
func TestNestedQueryTakesAConstantNumberOfStatements(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for i := range 100 {
		patient, practitioner := newPatient(t, c.db, fmt.Sprintf("Name%03d", i)), newPractitioner(t, c.db, fmt.Sprintf("Doctor%03d", i))
		for n := range 3 {
			newAppointment(t, c.db, patient, practitioner, n)
			newRecord(t, c.db, patient, practitioner, n+1)
		}
	}
	const query = `query Page($first: Int!) {
		patients(first: $first) { nodes {
			displayName
			appointments(first: 2, where: {status: {eq: BOOKED}}, orderBy: [{field: STARTS_AT}]) { nodes { startsAt practitioner { displayName } } }
			medicalRecords(first: 2, orderBy: [{field: RECORDED_ON}]) { nodes { recordedOn practitioner { displayName } } }
		} } }`
	c.ask(query, variables{"first": 1}) // reads the key of cursors and the clinic, once for a server
	for _, first := range []int{1, 50, 100} {
		response, text := c.post(query, variables{"first": first})
		if got := statements(t, response.Header.Get("Server-Timing")); got != "3" {
			t.Errorf("%d patients took %s statements, not 3", first, got)
		}
		if first == 100 {
			checkPage(t, text)
		}
	}
}

// checkPage makes sure that batching gave each patient what is theirs.
func checkPage(t *testing.T, text string) {
	t.Helper()
	if n := len(regexp.MustCompile(`"displayName":"Test Name\d+"`).FindAllString(text, -1)); n != 100 {
		t.Errorf("%d patients came", n)
	}
	page := regexp.MustCompile(`\{"displayName":"Test Name(\d+)","appointments":\{"nodes":\[\{"startsAt":"[^"]+T09:00:00Z","practitioner":\{"displayName":"Dr. Test Doctor(\d+)"\}\},` +
		`\{"startsAt":"[^"]+T09:30:00Z","practitioner":\{"displayName":"Dr. Test Doctor(\d+)"\}\}\]\},"medicalRecords":\{"nodes":\[` +
		`\{"recordedOn":"2026-03-01","practitioner":\{"displayName":"Dr. Test Doctor(\d+)"\}\},\{"recordedOn":"2026-03-02","practitioner":\{"displayName":"Dr. Test Doctor(\d+)"\}\}\]\}\}`)
	found := page.FindAllStringSubmatch(text, -1)
	if len(found) != 100 {
		t.Fatalf("%d patients came with their own first two visits and records: %.500s", len(found), text)
	}
	for _, m := range found {
		for _, doctor := range m[2:] {
			if doctor != m[1] {
				t.Errorf("patient %s got doctor %s", m[1], doctor)
			}
		}
	}
}

func statements(t testing.TB, header string) string {
	t.Helper()
	found := regexp.MustCompile(`desc="(\d+) statements"`).FindStringSubmatch(header)
	if found == nil {
		t.Fatalf("Server-Timing is %q", header)
	}
	return found[1]
}

// Counts of nested lists are read for all parents at once too, and without the rows.
func TestNestedCountsTakeOneStatement(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	for i := range 10 {
		patient := newPatient(t, c.db, fmt.Sprintf("Name%03d", i))
		for n := range i {
			newRecord(t, c.db, patient, doctor, n+1)
		}
	}
	c.ask(`{ patients { totalCount } }`, nil)
	response, text := c.post(`{ patients { nodes { medicalRecords(first: 1) { totalCount } } } }`, nil)
	if got := statements(t, response.Header.Get("Server-Timing")); got != "2" {
		t.Errorf("took %s statements, not 2", got)
	}
	for i := range 10 {
		if want := fmt.Sprintf(`"totalCount":%d}`, i); !regexp.MustCompile(regexp.QuoteMeta(want)).MatchString(text) {
			t.Errorf("no count of %d in %s", i, text)
		}
	}
}
