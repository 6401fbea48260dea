package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

const visitsOn = `subscription($day: Date!, $with: [ID!], $after: String) {
	appointmentChanged(range: {date: $day}, practitionerIds: $with, after: $after) { eventId kind version occurredAt appointment { id status patient { displayName } } }
}`

// dayOf is the day of an instant on the clinic's calendar.
func dayOf(t testing.TB, d *db.DB, at time.Time) string {
	t.Helper()
	clinic, err := d.Clinic(acting(t))
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation(clinic.TimeZone)
	if err != nil {
		t.Fatal(err)
	}
	return at.In(zone).Format(time.DateOnly)
}

// The desk is told of the visits that it asks for, of those that come and of those that go.
func TestChanges_ofACalendar(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	goLive(t, h.db.DB)
	nino := h.employ("nino", auth.Receptionist)
	other := newPractitioner(t, h.db, "Other")
	patient := newPatient(t, h.db, "Beridze")
	mine := h.stranger.practitioner
	w := nino.connect()
	w.subscribe("1", visitsOn, variables{"day": dayOf(t, h.db.DB, tomorrow(0)), "with": []any{mine.ID}})
	if got := w.event(); got.text("kind") != "STARTED" || got.at("appointment") != nil || got.at("version") != nil {
		t.Errorf("got %v", got)
	}
	newAppointment(t, h.db, patient, other, 4) // with somebody else
	visit := newAppointment(t, h.db, patient, mine, 0)
	h.run("UPDATE appointments SET status = 'CHECKED_IN', version = 2 WHERE id = $1", visit.ID)
	h.run("UPDATE appointments SET status = status WHERE id = $1", visit.ID) // nothing
	h.run("UPDATE appointments SET starts_at = starts_at + interval '3 days', ends_at = ends_at + interval '3 days', version = 3 WHERE id = $1", visit.ID)
	h.run("UPDATE appointments SET status = 'BOOKED', version = 4 WHERE id = $1", visit.ID) // elsewhere
	h.run("UPDATE appointments SET starts_at = starts_at - interval '3 days', ends_at = ends_at - interval '3 days', version = 5 WHERE id = $1", visit.ID)
	h.run("UPDATE appointments SET practitioner_id = $2, version = 6 WHERE id = $1", visit.ID, other.ID)
	var told []string
	for range 5 {
		got := w.event()
		told = append(told, fmt.Sprint(got.text("kind"), " ", got.number("version")))
		if got.text("appointment.id") != visit.ID.String() || got.text("appointment.patient.displayName") != "Test Beridze" {
			t.Errorf("got %v", got)
		}
	}
	if got := strings.Join(told, ", "); got != "CREATED 1, UPDATED 2, MOVED_AWAY 3, UPDATED 5, MOVED_AWAY 6" {
		t.Errorf("told of %s", got)
	}
	w.silent()
	for name, test := range map[string]struct {
		vars variables
		want string
	}{
		"practitioners": {variables{"day": "2026-01-01", "with": make([]string, 51)}, "INVALID"},
		"a day":         {variables{"day": "9999-12-31"}, "INVALID range.date OUT_OF_RANGE"},
		"an event":      {variables{"day": "2026-01-01", "after": "x"}, "INVALID after BAD_CURSOR"},
	} {
		w.subscribe(name, visitsOn, test.vars)
		if got := w.refusals(); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// Each role is told of those changes that it may read, and of nothing else; what
// hangs on them has walls of its own.
func TestChanges_walls(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	goLive(t, h.db.DB)
	for _, test := range []struct {
		role   auth.Role
		glass  bool
		query  string
		told   string // kinds of patients, and whether their charts hold something
		refuse string
	}{
		{auth.Receptionist, false, `id`, "own other restricted team", ""},
		{auth.Nurse, false, `id`, "own other restricted team", ""},
		{auth.Doctor, false, `id allergies { substance }`, "own+ other+ restricted team+", ""},
		{auth.Nurse, false, `id allergies { substance }`, "own+ other+ restricted team+", ""},
		{auth.Receptionist, false, `id allergies { substance }`, "", "FORBIDDEN"},
		{auth.Admin, false, `id`, "", "FORBIDDEN"},
		{auth.Analyst, false, `id`, "", "FORBIDDEN"},
		{auth.Admin, true, `id`, "other", ""},
		{auth.Admin, true, `id allergies { substance }`, "other+", ""},
	} {
		name := strings.ToLower(fmt.Sprintf("%s.%v.%d", test.role, test.glass, len(test.query)))
		t.Run(name, func(t *testing.T) {
			who := h.employ(name, test.role)
			charts := who.chartsOfEachKind()
			if test.glass {
				who.breakGlass(charts[1])
			}
			for _, noun := range []string{"patient", "appointment"} {
				query := fmt.Sprintf(`subscription { patientChanged { version patient { %s } } }`, test.query)
				if noun == "appointment" {
					from := time.Now().AddDate(0, 0, h.charts-6)
					query = fmt.Sprintf(`subscription { appointmentChanged(range: {days: {from: %q, until: %q}}) { version appointment { patient { %s } } } }`,
						from.Format(time.DateOnly), from.AddDate(0, 0, 20).Format(time.DateOnly), test.query)
				}
				w := who.in(t).connect()
				w.subscribe("1", query, nil)
				if test.refuse != "" {
					if got := w.refusals(); got != test.refuse {
						t.Errorf("refused with %s", got)
					}
					continue
				}
				w.event()
				kinds := map[string]string{}
				for n, c := range charts {
					kinds[c.values["Patient"]] = c.kind
					if noun == "patient" {
						h.run("UPDATE patients SET version = 100 + $2 WHERE id = $1", c.values["Patient"], n)
					} else {
						h.run("UPDATE appointments SET version = 100 + $2 WHERE id = $1", c.values["Visit"], n)
					}
				}
				var got []string
				for len(got) < len(strings.Fields(test.told)) {
					e := w.event()
					path := map[string]string{"patient": "patient", "appointment": "appointment.patient"}[noun]
					kind := kinds[e.text(path+".id")]
					if e.number("version") < 100 {
						continue // was arranged shortly before
					}
					if all, _ := e.at(path + ".allergies").([]any); len(all) > 0 {
						kind += "+"
					}
					got = append(got, kind)
				}
				if text := strings.Join(got, " "); text != test.told {
					t.Errorf("%s: told of %s, not %s", noun, text, test.told)
				}
				w.silent()
			}
		})
	}
}

// Charts that events tell of are in the audit as those of queries are, before
// they are told; what cannot be recorded ends the subscription.
func TestChanges_areAudited(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	goLive(t, h.db.DB)
	chart := h.patient("own", h.stranger)
	w := h.stranger.connect()
	w.subscribe("1", `subscription { patientChanged(patientIds: [`+fmt.Sprintf("%q", chart.values["Patient"])+`]) { version patient { allergies { substance } } } }`, nil)
	w.event()
	h.run("UPDATE patients SET version = 100 WHERE id = $1", chart.values["Patient"])
	for w.event().number("version") != 100 { // was arranged shortly before
	}
	var fields string
	if err := h.db.SQL.Get(&fields, "SELECT fields FROM audit_log WHERE action = 'READ' AND patient_id = $1", chart.values["Patient"]); err != nil || fields != "{Allergy.substance,Patient.allergies}" {
		t.Errorf("the audit holds %s, %v", fields, err)
	}
	h.run("REVOKE EXECUTE ON FUNCTION audit_events FROM clinicql_care, PUBLIC")
	h.run("UPDATE patients SET version = version + 1 WHERE id = $1", chart.values["Patient"])
	if got := w.refusals(); got != "INTERNAL" {
		t.Errorf("what is not recorded is told: %s", got)
	}
}

// A database that is away for a moment costs nobody an event.
func TestChanges_whileTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	own := dbtest.New(t)
	between := newProxy(t, own.URL)
	d := openDB(t, between.url)
	c := &client{t: t, db: own, actor: "tester"}
	c.server = serve(t, d, &c.actor)
	goLive(t, d)
	w := c.connect()
	w.subscribe("1", everyPatient, nil)
	w.event()
	for n := range 5 {
		newPatient(t, own, fmt.Sprint("before ", n))
		if n == 2 {
			between.down.Store(true)
		}
		between.cut()
		newPatient(t, own, fmt.Sprint("while ", n))
		between.down.Store(false)
	}
	after := ""
	var told []string
	for len(told) < 10 {
		f := w.next()
		if f.Type == "error" { // resumed from the last
			w.subscribe("1", everyPatient, variables{"after": after})
			continue
		}
		var got result
		mustUnmarshal(t, f.Payload, &got)
		told = append(told, strings.TrimPrefix(got.Data.text("patientChanged.patient.displayName"), "Test "))
		after = got.Data.text("patientChanged.eventId")
	}
	if got := strings.Join(told, ", "); got != "before 0, while 0, before 1, while 1, before 2, while 2, before 3, while 3, before 4, while 4" {
		t.Errorf("told of %s", got)
	}
}
