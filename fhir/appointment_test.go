package fhir_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/dbtest"
)

// bookedFor is a bundle of a patient, a practitioner and one booked appointment
// of half an hour, with pairs of old and new texts exchanged.
func bookedFor(t testing.TB, pairs ...string) string {
	t.Helper()
	text := `{"resourceType": "Bundle", "type": "collection", "entry": [
  {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient", "id": "p", "name": [{"family": "Small"}], "gender": "male", "birthDate": "1970-01-01"}},
  {"fullUrl": "urn:uuid:2", "resource": {"resourceType": "Practitioner", "id": "d", "name": [{"family": "Doktori"}]}},
  {"fullUrl": "urn:uuid:3", "resource": {"resourceType": "Appointment", "id": "b", "status": "booked", "description": "Cough", "appointmentType": {"text": "Check-up"},
    "start": "2020-05-04T10:00:00+04:00", "end": "2020-05-04T10:30:00+04:00",
    "participant": [{"actor": {"reference": "urn:uuid:1"}, "status": "accepted"}, {"actor": {"reference": "urn:uuid:2"}, "status": "accepted"}]}}
]}
`
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("the bundle does not hold %s", pairs[i])
		}
		text = strings.ReplaceAll(text, pairs[i], pairs[i+1])
	}
	return text
}

// Each changes the bundle in one place and compares the visits that come of it.
func TestImportKeepsAppointments(t *testing.T) {
	t.Parallel()
	const at = "2020-05-04 06:00:00+00|00:30:00|"
	const nobody = `, {"actor": {"reference": "urn:uuid:2"}, "status": "accepted"}`
	for _, c := range []struct {
		claim         string
		change        []string // old and new texts
		want, notKept string
	}{
		{"a booked one of the past", nil, at + "BOOKED|Check-up|Cough|Doktori", ""},
		{"one that is wished for", []string{"booked", "proposed"}, at + "REQUESTED|Check-up|Cough|Doktori", ""},
		{"one that waits for an answer", []string{"booked", "pending"}, at + "REQUESTED|Check-up|Cough|Doktori", ""},
		{"one whose patient has arrived", []string{"booked", "arrived"}, at + "CHECKED_IN|Check-up|Cough|Doktori", ""},
		{"one whose patient is checked in", []string{"booked", "checked-in"}, at + "CHECKED_IN|Check-up|Cough|Doktori", ""},
		{"one that took place", []string{"booked", "fulfilled"}, at + "COMPLETED|Check-up|Cough|Doktori", ""},
		{"one to which nobody came", []string{"booked", "noshow"}, at + "NO_SHOW|Check-up|Cough|Doktori", ""},
		{"one that was never meant", []string{"booked", "entered-in-error"}, at + "ENTERED_IN_ERROR|Check-up|Cough|Doktori", ""},
		{"one that was called off", []string{`"booked"`, `"cancelled", "cancelationReason": {"text": "Ill"}`}, at + "CANCELLED|Check-up|Cough|OTHER|Ill|Doktori", ""},
		{"one that was called off for no reason", []string{"booked", "cancelled"},
			at + "CANCELLED|Check-up|Cough|OTHER|Called off where this was imported from|Doktori", ""},
		{"a cancelled one with nobody", []string{"booked", "cancelled", nobody, ""},
			at + "CANCELLED|Check-up|Cough|OTHER|Called off where this was imported from", ""},
		{"the service for want of a type", []string{`"appointmentType": {"text": "Check-up"}`, `"serviceType": [{"text": "Dentistry"}, {"text": "X"}]`},
			at + "BOOKED|Dentistry|Cough|Doktori", ""},
		{"the code of its reason for want of words", []string{`"description": "Cough"`, `"reasonCode": [{"text": "Fever"}]`}, at + "BOOKED|Check-up|Fever|Doktori", ""},
		{"no place on a waiting list", []string{"booked", "waitlist"}, "", "map[Appointment:map[with the status waitlist:1]]"},
		{"no wish without a time", []string{"booked", "proposed", `"start": "2020-05-04T10:00:00+04:00", `, ""}, "",
			"map[Appointment:map[that have no start or no end:1]]"},
		{"none of a group", []string{`{"reference": "urn:uuid:1"}`, `{"reference": "Group/1"}`}, "", "map[Appointment:map[without a patient:1]]"},
	} {
		t.Run(c.claim, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t)
			path := file(t, "b.json", bookedFor(t, c.change...))
			report := fine(t, run(t, d, path))
			checkText(t, lines(t, d, appointments), c.want)
			if c.notKept != "" {
				checkText(t, fmt.Sprint(report.NotKept), c.notKept)
			}
			before := state(t, d)
			fine(t, run(t, d, path))
			checkText(t, state(t, d), before)
		})
	}
	t.Run("once what an encounter tells of too", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		report := fine(t, run(t, d, file(t, "b.json", bookedFor(t, `"booked"`, `"fulfilled"`, "\n]}", `,
  {"resource": {"resourceType": "Encounter", "id": "e", "status": "finished", "subject": {"reference": "urn:uuid:1"}, "appointment": [{"reference": "urn:uuid:3"}],
    "period": {"start": "2020-05-04T10:05:00+04:00", "end": "2020-05-04T10:20:00+04:00"}}}
]}`))))
		checkText(t, lines(t, d, appointments), "2020-05-04 06:05:00+00|00:15:00|COMPLETED")
		checkText(t, fmt.Sprint(report.NotKept), "map[Appointment:map[that an encounter tells of:1]]")
	})
	t.Run("those of a bulk export", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		var all strings.Builder
		for line := range strings.Lines(bookedFor(t, "urn:uuid:1", "Patient/p", "urn:uuid:2", "Practitioner/d", "\n    ", " ")) {
			if _, resource, found := strings.Cut(line, `"resource": `); found {
				all.WriteString(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(resource), ","), "}") + "\n")
			}
		}
		fine(t, run(t, d, file(t, "all.ndjson", all.String())))
		checkText(t, lines(t, d, appointments), at+"BOOKED|Check-up|Cough|Doktori")
	})
}

func TestImportRefusesAppointments(t *testing.T) {
	t.Parallel()
	const toCome = `"2020-05-04T10:00:00+04:00", "end": "2020-05-04T10:30:00+04:00"`
	for _, c := range []struct{ claim, old, new, problem string }{
		{"an unknown status", "booked", "made", " entry 2: Appointment.status is no code of FHIR's appointmentstatus"},
		{"a booked one without an end", `, "end": "2020-05-04T10:30:00+04:00"`, "", " entry 2: Appointment.end is missing"},
		{"a start without a time", "2020-05-04T10:00:00+04:00", "2020-05-04", " entry 2: Appointment.start is no instant that exists"},
		{"a start without an offset", "2020-05-04T10:00:00+04:00", "2020-05-04T10:00:00", " entry 2: Appointment.start is no instant that exists"},
		{"an end before the start", "T10:30:00+04:00", "T09:30:00+04:00", " entry 2: Appointment.end lies before the start"},
		{"an end at the start", "T10:30:00+04:00", "T10:00:00+04:00", " entry 2: Appointment.end does not lie after the start"},
		{"25 hours", `"end": "2020-05-04T10:30`, `"end": "2020-05-05T11:00`, " entry 2: Appointment.end lies more than 24 hours after the start"},
		{"a visit in six years", toCome, fmt.Sprintf(`"%[1]d-05-04T10:00:00Z", "end": "%[1]d-05-04T10:30:00Z"`, time.Now().Year()+6),
			" entry 2: Appointment.start lies more than five years ahead"},
		{"a booked one with nobody", `, {"actor": {"reference": "urn:uuid:2"}, "status": "accepted"}`, "", " entry 2: Appointment.participant names no practitioner"},
		{"one with somebody who is not there", `{"reference": "urn:uuid:2"}`, `{"reference": "Practitioner/none"}`,
			" entry 2: Appointment.participant[1].actor leads to no practitioner"},
		{"two at once", "\n]}", `,
  {"resource": {"resourceType": "Appointment", "id": "c", "status": "booked", "start": "2020-05-04T10:29:00+04:00", "end": "2020-05-04T11:00:00+04:00",
    "participant": [{"actor": {"reference": "urn:uuid:1"}}, {"actor": {"reference": "urn:uuid:2"}}]}}
]}`, " entry 3: Appointment.start is when the patient has another visit"},
	} {
		t.Run(c.claim, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t)
			bad := file(t, "bad.json", bookedFor(t, c.old, c.new))
			report := run(t, d, bad)
			checkText(t, told(report, filepath.Dir(bad)), "bad.json"+c.problem)
			checkText(t, lines(t, d, appointments), "")
		})
	}
	t.Run("of those to come", func(t *testing.T) {
		t.Parallel()
		tomorrow := time.Now().Add(24 * time.Hour).Truncate(time.Minute)
		future := fmt.Sprintf(`%q, "end": %q`, tomorrow.Format(time.RFC3339), tomorrow.Add(time.Hour).Format(time.RFC3339))
		for _, c := range []struct{ claim, old, new, problem string }{
			{"one that took place", `"booked"`, `"fulfilled"`, "start lies in the future"},
			{"one to which nobody came", `"booked"`, `"noshow"`, "start lies in the future"},
			{"one of a patient who has died", `"1970-01-01"`, `"1970-01-01", "deceasedDateTime": "2020-01-01"`, "participant is a patient who has died"},
			{"one with a practitioner who has left", `"id": "d", `, `"id": "d", "active": false, `, "participant is a practitioner who is not active"},
		} {
			t.Run(c.claim, func(t *testing.T) {
				t.Parallel()
				d := dbtest.New(t)
				bad := file(t, "bad.json", bookedFor(t, toCome, future, c.old, c.new))
				checkText(t, told(run(t, d, bad), filepath.Dir(bad)), "bad.json entry 2: Appointment."+c.problem)
				checkText(t, lines(t, d, appointments), "")
			})
		}
	})
	// What is taken is refused to an import as it is to everybody, and all else goes on.
	t.Run("a time that is taken", func(t *testing.T) {
		t.Parallel()
		for claim, c := range map[string]struct{ pairs, want string }{
			"by the practitioner": {`"id": "p"|"id": "q"|"id": "b"|"id": "c"|"Small"|"Other"|T10:00|T10:29`, "practitioner"},
			"by the patient":      {`"id": "d"|"id": "e"|"id": "b"|"id": "c"|"Doktori"|"Another"|T10:00|T10:29`, "patient"},
		} {
			t.Run(claim, func(t *testing.T) {
				t.Parallel()
				d := dbtest.New(t)
				fine(t, run(t, d, file(t, "first.json", bookedFor(t))))
				second := file(t, "second.json", bookedFor(t, append(strings.Split(c.pairs, "|"), "T10:30", "T10:45")...))
				report := run(t, d, second)
				checkText(t, told(report, filepath.Dir(second)), "second.json entry 2: Appointment.start is when the "+c.want+" has another visit")
				checkText(t, lines(t, d, appointments), "2020-05-04 06:00:00+00|00:30:00|BOOKED|Check-up|Cough|Doktori")
			})
		}
	})
	t.Run("nothing that begins when another ends", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		fine(t, run(t, d, file(t, "first.json", bookedFor(t))))
		fine(t, run(t, d, file(t, "second.json", bookedFor(t, `"id": "p"`, `"id": "q"`, `"id": "b"`, `"id": "c"`, `"Small"`, `"Other"`, "T10:30", "T11:00", "T10:00", "T10:30"))))
		checkText(t, lines(t, d, `SELECT count(*)::text FROM appointments WHERE status = 'BOOKED'`), "2")
	})
	t.Run("a visit that was booked over on purpose", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		fine(t, run(t, d, file(t, "first.json", bookedFor(t))))
		d.SQL.MustExec(`UPDATE appointments SET is_overbooked = true, overridden_rules = '{OVERBOOKING}', override_reason = 'Emergency'`)
		second := file(t, "second.json", bookedFor(t, `"id": "p"`, `"id": "q"`, `"id": "b"`, `"id": "c"`, `"Small"`, `"Other"`))
		checkText(t, told(run(t, d, second), filepath.Dir(second)), "second.json entry 2: Appointment.start is when the practitioner has another visit")
	})
	t.Run("all but one of those that want a time at once", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		dir := t.TempDir()
		fine(t, run(t, d, file(t, "d.json", bookedFor(t, `"status": "booked"`, `"status": "waitlist"`))))
		for i := range 20 {
			text := bookedFor(t, `"id": "p"`, fmt.Sprintf(`"id": "p%d"`, i), `"id": "b"`, fmt.Sprintf(`"id": "b%d"`, i), `"Small"`, fmt.Sprintf(`"Small %d"`, i))
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i)+".json"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		report := run(t, d, dir)
		if got := *report.Resources["Appointment"]; got.Written != 1 || got.Refused != 19 || len(report.Problems) != 19 {
			t.Errorf("%+v", got)
		}
		for _, p := range report.Problems {
			if p.Reason != "is when the practitioner has another visit" {
				t.Error(p)
			}
		}
	})
}
