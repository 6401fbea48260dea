package graph_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

// newHistory gives a patient visits on the mornings of three days of March and
// records of two of these and of one between.
func newHistory(c *client, patient *db.Patient, doctor *db.Practitioner) {
	c.t.Helper()
	for n := range 3 {
		c.run(fmt.Sprintf(`INSERT INTO appointments (id, patient_id, practitioner_id, starts_at, ends_at, status)
			VALUES ($1, $2, $3, '2026-03-0%[1]dT06:00Z', '2026-03-0%[1]dT06:30Z', 'COMPLETED')`, 2*n+1), db.NewID(db.KindAppointment), patient.ID, doctor.ID)
		newRecord(c.t, c.db, patient, doctor, n+1)
	}
}

// The items of a timeline, newest first: a record stands where its day begins in
// the clinic's zone, which is at 20:00 of the day before in UTC.
var wantTimeline = []string{
	"Appointment 2026-03-05T06:00:00Z", "Appointment 2026-03-03T06:00:00Z", "MedicalRecord 2026-03-02T20:00:00Z",
	"MedicalRecord 2026-03-01T20:00:00Z", "Appointment 2026-03-01T06:00:00Z", "MedicalRecord 2026-02-28T20:00:00Z",
}

func itemsOf(connection any) (items []string) {
	for _, n := range connection.(map[string]any)["nodes"].([]any) {
		item := answer(n.(map[string]any))
		items = append(items, item.text("__typename")+" "+item.text("happenedAt"))
	}
	return items
}

func TestTimeline(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	c.run("UPDATE clinics SET time_zone = 'Asia/Tbilisi'")
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	newHistory(c, patient, doctor)
	ask := func(arguments string) answer {
		return c.ask(`query($id: ID!) { patient(id: $id) { timeline`+arguments+` { totalCount nodes { __typename id happenedAt }
			edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`, variables{"id": patient.ID})
	}
	got := ask("")
	if items := itemsOf(got.at("patient.timeline")); !slices.Equal(items, wantTimeline) || got.number("patient.timeline.totalCount") != 6 {
		t.Errorf("got %s", asJSON(got))
	}
	for size := 1; size <= 7; size++ {
		t.Run(fmt.Sprintf("in pages of %d, from either end", size), func(t *testing.T) {
			var forward, backward []string
			for cursor := ""; ; {
				page := ask(fmt.Sprintf("(first: %d%s)", size, cursor))
				forward = append(forward, itemsOf(page.at("patient.timeline"))...)
				if page.at("patient.timeline.pageInfo.hasNextPage") == false || len(forward) > 6 {
					break
				}
				cursor = fmt.Sprintf(", after: %q", page.text("patient.timeline.pageInfo.endCursor"))
			}
			for cursor := ""; ; {
				page := ask(fmt.Sprintf("(last: %d%s)", size, cursor))
				backward = append(itemsOf(page.at("patient.timeline")), backward...)
				if page.at("patient.timeline.pageInfo.hasPreviousPage") == false || len(backward) > 6 {
					break
				}
				cursor = fmt.Sprintf(", before: %q", page.text("patient.timeline.pageInfo.startCursor"))
			}
			if !slices.Equal(forward, wantTimeline) || !slices.Equal(backward, wantTimeline) {
				t.Errorf("got %q and %q", forward, backward)
			}
		})
	}
	t.Run("refuses the cursor of another list", func(t *testing.T) {
		other := c.in(t).ask(`{ patients { pageInfo { endCursor } } }`, nil).text("patients.pageInfo.endCursor")
		wantProblem(t, c.in(t).refused(`query($id: ID!) { patient(id: $id) { timeline(after: "`+other+`") { nodes { id } } } }`, variables{"id": patient.ID}), "BAD_CURSOR")
	})
	t.Run("is not for the front desk", func(t *testing.T) {
		if got := c.in(t).as(auth.Receptionist).refused(`query($id: ID!) { patient(id: $id) { timeline { nodes { id } } } }`, variables{"id": patient.ID}); got[0].Extensions.Code != "FORBIDDEN" {
			t.Errorf("got %s", asJSON(got))
		}
	})
}

// Timelines and problems of many patients take as many statements as those of one.
func TestTimelines_areReadTogether(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	const query = `query($n: Int) { patients(first: $n) { nodes { displayName currentProblems { diagnosis practitioner { displayName } }
		timeline(first: 4) { totalCount nodes { id ... on MedicalRecord { practitioner { displayName } } ... on Appointment { practitioner { displayName } } } } } } }`
	newHistory(c, newPatient(t, c.db, "Patient0"), doctor)
	single, _ := c.post(query, variables{"n": 1})
	for n := range 5 {
		patient := newPatient(t, c.db, fmt.Sprintf("Patient%d", n+1))
		c.run("UPDATE appointments SET starts_at = starts_at - interval '1 month', ends_at = ends_at - interval '1 month'") // the doctor has time
		newHistory(c, patient, doctor)
	}
	many, text := c.post(query, variables{"n": 6})
	if a, b := statements(t, single.Header.Get("Server-Timing")), statements(t, many.Header.Get("Server-Timing")); a != b {
		t.Errorf("one patient takes %s, six %s: %.300s", a, b, text)
	}
}

// A problem is told once, by its newest record: a code, or the words of a
// diagnosis whatever their case and script.
func TestCurrentProblems(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	other := newPatient(t, c.db, "Other")
	for n, r := range []struct{ diagnosis, code string }{
		{"Asthma", ""}, {"asthma ", ""}, {"Asthma, mild", "J45.9"}, {"Asthma bronchiale", "j45.9"}, {"გრიპი", ""}, {"gripi", ""}, {"Gout", ""},
	} {
		row := &db.MedicalRecord{PatientID: patient.ID, PractitionerID: &doctor.ID, RecordedOn: db.Date(fmt.Sprintf("2026-03-%02d", n+1)), Diagnosis: r.diagnosis}
		if r.code != "" {
			row.Code = &r.code
		}
		mustDo(t)(c.db.CreateMedicalRecord(acting(t), row))
	}
	c.run("UPDATE medical_records SET status = 'ENTERED_IN_ERROR', error_reason = 'r' WHERE diagnosis = 'Gout'")
	got := asJSON(c.ask(`{ patients { nodes { familyName currentProblems { diagnosis code recordedOn } } } }`, nil).at("patients.nodes"))
	want := `[{"currentProblems":[{"code":null,"diagnosis":"gripi","recordedOn":"2026-03-06"},{"code":"J45.9","diagnosis":"Asthma bronchiale","recordedOn":"2026-03-04"},` +
		`{"code":null,"diagnosis":"asthma","recordedOn":"2026-03-02"}],"familyName":"Beridze"},{"currentProblems":[],"familyName":"Other"}]`
	if got != want {
		t.Errorf("got %s", got)
	}
	for range 60 {
		mustDo(t)(c.db.CreateMedicalRecord(acting(t), &db.MedicalRecord{PatientID: other.ID, PractitionerID: &doctor.ID, Diagnosis: db.NewID(1).String()}))
	}
	if n := len(c.ask(`query($id: ID!) { patient(id: $id) { currentProblems { id } } }`, variables{"id": other.ID}).at("patient.currentProblems").([]any)); n != 50 {
		t.Errorf("%d problems are told", n)
	}
	t.Run("of many patients of many patients are too many", func(t *testing.T) {
		if got := c.in(t).refused(`{ patients(first: 100) { nodes { currentProblems { patient { currentProblems { id } } } } } }`, nil); got[0].Extensions.Code != "TOO_COMPLEX" {
			t.Errorf("got %s", asJSON(got))
		}
	})
}
