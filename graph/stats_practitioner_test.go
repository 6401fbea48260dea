package graph_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/seed"
)

// Analysts are told of practitioners by name, in statistics as in rows, and the share
// of working time that is booked is of the same minutes as for staff.
func TestStats_practitioners(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	if _, err := seed.Run(acting(t), c.db.DB, seed.Options{Patients: 400, Seed: 12}); err != nil {
		t.Fatal(err)
	}
	var month struct{ From, Until string }
	if err := c.db.SQL.Get(&month, `SELECT to_char(m AT TIME ZONE z AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS from, to_char((m + interval '3 months') AT TIME ZONE z AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS until
		FROM (SELECT time_zone AS z, date_trunc('month', now() AT TIME ZONE time_zone) - interval '3 months' AS m FROM clinics) x`); err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	var rows []struct{ ID, Name string }
	mustRead(t, c, &rows, "SELECT id, concat_ws(' ', prefix, given_name, family_name) AS name FROM practitioners")
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	query := fmt.Sprintf(`{ appointmentStats(first: 100, groupBy: [PRACTITIONER], where: {startsAt: {gte: %q, lt: %q}}) { nodes { isSuppressed bookedMinutes utilisation key { practitionerLabel practitioner { id displayName } } } } }`, month.From, month.Until)
	available, told := map[string]float64{}, 0
	for _, role := range []auth.Role{auth.Doctor, auth.Analyst} {
		nodes, _ := c.as(role).ask(query, nil).at("appointmentStats.nodes").([]any)
		for _, n := range nodes {
			cell := answer(n.(map[string]any))
			if cell.at("key.practitioner") == nil {
				continue
			}
			id := cell.text("key.practitioner.id")
			if names[id] == "" || cell.text("key.practitionerLabel") != names[id] || cell.text("key.practitioner.displayName") != names[id] {
				t.Errorf("%s is told %v of %s", role, cell["key"], names[id])
			}
			booked, _ := cell["bookedMinutes"].(float64)
			share, _ := cell["utilisation"].(float64)
			if share == 0 {
				continue
			}
			minutes := booked / share
			if role == auth.Doctor {
				available[id] = minutes
			} else if told++; math.Abs(minutes-available[id]) > 0.01 {
				t.Errorf("%s: an analyst's share is of %.0f minutes, and not of %.0f", names[id], minutes, available[id])
			}
		}
	}
	if told == 0 {
		t.Error("an analyst is told of nobody's time")
	}
}

// Analysts do not see when somebody was registered, and so do not group by it.
func TestStats_registrations(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	analyst := c.as(auth.Analyst)
	for query, sent := range map[string]variables{
		`{ patientStats(groupBy: [REGISTERED_MONTH]) { nodes { count } } }`:                                         nil,
		`{ patientStats(groupBy: [SEX, REGISTERED_MONTH]) { totalCount } }`:                                         nil,
		`query($g: [PatientGroup!]!) { patientStats(groupBy: $g) { nodes { count } } }`:                             {"g": []string{"REGISTERED_MONTH"}},
		`query($g: [PatientGroup!]! = [REGISTERED_MONTH]) { patientStats(groupBy: $g) { nodes { count } } }`:        nil,
		`query($g: PatientGroup!) { patientStats(groupBy: [$g]) { nodes { key { monthOn } isSuppressed count } } }`: {"g": "REGISTERED_MONTH"},
	} {
		if got := analyst.refused(query, sent); told(got) != "FORBIDDEN" || !strings.Contains(got[0].Message, "PatientGroup.REGISTERED_MONTH") {
			t.Errorf("%s is answered %s", query, asJSON(got))
		}
	}
	c.as(auth.Receptionist).ask(`{ patientStats(groupBy: [REGISTERED_MONTH], where: {createdAt: {gte: "2026-01-01T00:00:00Z", lt: "2027-01-01T00:00:00Z"}}) { nodes { count } } }`, nil)
}
