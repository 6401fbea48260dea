package graph_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/seed"
)

// Random queries over a clinic of which a tenth is restricted hold nothing of
// charts that are closed to who asks, nor, to an administrator behind glass,
// anything of anybody but that patient.
func TestRandomQueries_keepChartsClosed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if _, err := seed.Run(acting(t), h.db.DB, seed.Options{Patients: 60, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	// What stands in a chart, and with p who the patient is, begins with the patient's place among all.
	h.run("WITH n AS (SELECT id, row_number() OVER (ORDER BY mrn) n FROM patients) UPDATE patients p SET is_restricted = n % 10 = 0, primary_practitioner_id = NULL, gender_identity = 'p' || n || 'p' FROM n WHERE n.id = p.id")
	mark := "'m' || trim('p' FROM p.gender_identity) || CASE WHEN p.is_restricted THEN 'closed' ELSE 'open' END"
	h.run("SELECT set_config('session_replication_role', 'replica', true); UPDATE medical_records r SET diagnosis = " + mark + ", code = " + mark + ", prescription = " + mark + ", notes = " + mark + " FROM patients p WHERE p.id = r.patient_id")
	h.run("UPDATE allergies r SET substance = " + mark + ", code = " + mark + ", reaction = " + mark + " FROM patients p WHERE p.id = r.patient_id")
	fillCalendar(h.client)
	h.run("UPDATE appointments a SET reason = p.gender_identity FROM patients p WHERE p.id = a.patient_id")
	h.run("UPDATE wait_list_entries w SET note = p.gender_identity FROM patients p WHERE p.id = w.patient_id")
	doctor, admin := h.employ("doctor", auth.Doctor), h.employ("admin", auth.Admin)
	var one struct{ ID, Name string }
	err := h.db.SQL.Get(&one, "SELECT id, gender_identity AS name FROM patients p WHERE is_restricted AND EXISTS (SELECT FROM medical_records WHERE patient_id = p.id) ORDER BY mrn LIMIT 1")
	if err != nil {
		t.Fatal(err)
	}
	theirs := []string{one.Name, "m" + strings.Trim(one.Name, "p") + "closed"}
	marks := regexp.MustCompile(`\b(m[0-9]+(open|closed)|p[0-9]+p)\b`)
	h.run("INSERT INTO glass_accesses (id, patient_id, user_id, reason, closes_at) VALUES ($1, $2, $3, 'found unconscious', now() + interval '1 hour')", db.NewID(db.KindGlassAccess), one.ID, admin.user.ID)
	h.run("INSERT INTO glass_accesses (id, patient_id, user_id, reason, closes_at) VALUES ($1, $2, $3, 'an hour ago', now())", db.NewID(db.KindGlassAccess), one.ID, doctor.user.ID)
	g := &generator{Rand: rand.New(rand.NewPCG(3, 4)), ids: map[string][]string{}}
	for noun, table := range tablesOf {
		column := "patient_id"
		if slices.Contains([]string{"Patient", "Practitioner", "Room", "AppointmentType", "TimeOff", "SlotHold"}, noun) {
			column = "id"
		}
		var ids []string // the first are those of the patient whose glass is broken
		if err := h.db.SQL.Select(&ids, fmt.Sprintf("SELECT t.id FROM %s t LEFT JOIN patients p ON p.id = t.%s ORDER BY p.id = $1 DESC, p.is_restricted DESC, t.id LIMIT 20", table, column), one.ID); err != nil {
			t.Fatal(err)
		}
		g.ids[noun] = ids
	}
	found := map[auth.Role]int{}
	glass := []auth.Glass{{ClosesAt: time.Now().Add(time.Hour)}}
	known := policies(t, schema)
	for range 500 {
		for _, who := range []*colleague{doctor, admin} {
			g.may = func(name string) bool {
				return known.May(auth.Actor{Name: "a", Role: who.user.Role, Glass: glass}, name)
			}
			query := "query " + g.selection(schema.Query, 4)
			_, text := who.post(query, nil)
			if strings.Contains(text, "INTERNAL") {
				t.Errorf("%s: %.300s\n%s", who.user.Role, text, query)
			}
			for _, mark := range marks.FindAllString(text, -1) {
				found[who.user.Role]++
				isOpen := who == admin && slices.Contains(theirs, mark) || who == doctor && !strings.HasSuffix(mark, "closed")
				if !isOpen {
					t.Errorf("%s was told %s: %.300s\n%s", who.user.Role, mark, text, query)
				}
			}
		}
	}
	if found[auth.Doctor] < 80 || found[auth.Admin] < 20 {
		t.Errorf("the queries try nothing: %v", found)
	}
}
