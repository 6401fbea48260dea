package graph_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/seed"
)

// newYear returns a clinic in New York with visits all over a year, in which the
// clocks are changed twice, also at the hours of the changes.
func newYear(t testing.TB, patients int) *client {
	t.Helper()
	c := newClient(t)
	c.run("UPDATE clinics SET time_zone = 'America/New_York'")
	if _, err := seed.Run(acting(t), c.db.DB, seed.Options{Patients: patients, Seed: 9, Now: time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)}); err != nil {
		t.Fatal(err)
	}
	// Spread over the whole of 2026, day and night, and with all the times of a visit.
	for _, statement := range []string{
		"ALTER TABLE appointments DISABLE TRIGGER USER", "ALTER TABLE medical_records DISABLE TRIGGER USER",
		`UPDATE appointments SET status = 'COMPLETED', cancellation_reason = NULL, cancelled_at = NULL, cancelled_by_id = NULL, is_late_cancellation = NULL`,
		`UPDATE appointments a SET starts_at = at, ends_at = at + interval '10 minutes' * (1 + n % 9), created_at = at - interval '7 hours' * (n % 300) + interval '1 day' * (n % 7 = 0)::int,
			status = CASE WHEN n % 10 = 0 THEN 'NO_SHOW' WHEN n % 13 = 0 THEN 'CANCELLED' WHEN n % 17 = 0 THEN 'REQUESTED' WHEN n % 101 = 0 THEN 'ENTERED_IN_ERROR' ELSE 'COMPLETED' END,
			cancellation_reason = CASE WHEN n % 10 > 0 AND n % 13 = 0 THEN CASE n % 2 WHEN 0 THEN 'PATIENT' ELSE 'RESCHEDULED' END END,
			is_late_cancellation = CASE WHEN n % 10 > 0 AND n % 13 = 0 THEN n % 3 = 0 END,
			reason = CASE n % 5 WHEN 0 THEN 'Café' WHEN 1 THEN 'CAFE' WHEN 2 THEN 'თავი' END,
			checked_in_at = CASE WHEN n % 3 = 0 THEN at END, started_at = CASE WHEN n % 3 = 0 THEN at + interval '1 minute' * (n % 23) END,
			completed_at = CASE WHEN n % 3 = 0 THEN at + interval '1 minute' * (n % 23 + n % 41) END
		FROM (SELECT id, n, CASE WHEN n % 50 = 0 THEN '2026-03-08T05:30Z'::timestamptz + interval '30 minutes' * (n / 50 % 8) WHEN n % 50 = 1 THEN '2026-11-01T04:30Z'::timestamptz + interval '30 minutes' * (n / 50 % 8)
			ELSE '2026-01-01T05:00Z'::timestamptz + interval '17 minutes' * (n * 7919 % 30900) END AS at FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM appointments) x) y
		WHERE y.id = a.id`,
		`UPDATE medical_records SET recorded_on = '2026-01-01'::date + (abs(hashtext(id::text)) % 365), code = CASE abs(hashtext(id::text)) % 4 WHEN 0 THEN NULL ELSE code END,
			code_system = CASE abs(hashtext(id::text)) % 4 WHEN 0 THEN NULL ELSE code_system END`,
		`UPDATE medical_records SET signed_at = created_at + interval '3 minutes' * (abs(hashtext(id::text)) % 500) WHERE status <> 'DRAFT'`,
		"ALTER TABLE appointments ENABLE TRIGGER USER", "ALTER TABLE medical_records ENABLE TRIGGER USER",
		"ANALYZE",
	} {
		c.run(statement)
	}
	return c
}

const yearOfVisits = `where: {startsAt: {gte: "2026-01-01T05:00:00Z", lt: "2027-01-01T05:00:00Z"}}`

// cells reads all pages of a statistic into lines "key = value".
func (c *client) cells(field, arguments, key, measure string) map[string]any {
	c.t.Helper()
	found, after := map[string]any{}, ""
	for {
		got := c.ask(fmt.Sprintf(`{ %s(%s first: 100 %s) { nodes { isSuppressed key { %s } %s } pageInfo { hasNextPage endCursor } } }`, field, arguments, after, key, measure), nil)
		nodes, _ := got.at(field + ".nodes").([]any)
		for _, n := range nodes {
			cell := answer(n.(map[string]any))
			var parts []string
			for _, name := range strings.Fields(key) {
				if !strings.ContainsAny(name, "{}") {
					parts = append(parts, fmt.Sprint(cell.at("key."+name)))
				}
			}
			value := cell[measure]
			if cell["isSuppressed"] == true {
				value = "suppressed"
			}
			found[strings.Join(parts, " ")] = value
		}
		if got.at(field+".pageInfo.hasNextPage") != true {
			return found
		}
		after = fmt.Sprintf("after: %q", got.text(field+".pageInfo.endCursor"))
	}
}

// same compares the cells of a statistic with what a query selects: key and value.
func (c *client) same(t *testing.T, found map[string]any, query string) {
	t.Helper()
	var rows []struct {
		Key   string   `db:"key"`
		Value *float64 `db:"value"`
	}
	if err := c.db.SQL.Select(&rows, query); err != nil {
		t.Fatalf("%v in %s", err, query)
	}
	if len(rows) != len(found) || len(rows) == 0 {
		t.Errorf("%d cells, not %d", len(found), len(rows))
	}
	for _, r := range rows {
		got, ok := found[r.Key]
		if text, isText := got.(string); isText {
			length, err := time.ParseDuration(strings.ToLower(strings.TrimPrefix(text, "PT")))
			if err != nil {
				t.Fatalf("%s: %v", r.Key, got)
			}
			got = length.Minutes()
		}
		number, _ := got.(float64)
		if !ok || (got == nil) != (r.Value == nil) || r.Value != nil && math.Abs(number-*r.Value) > 1e-9*math.Max(1, math.Abs(number)) {
			t.Errorf("%q is %v (%t), not %v", r.Key, got, ok, value(r.Value))
		}
	}
}

func value(v *float64) any {
	if v == nil {
		return nil
	}
	return *v
}

// spent is the quantile of the minutes between two columns of visits, in SQL.
func spent(quantile, later, earlier string) string {
	return "round(extract(epoch FROM percentile_cont(" + quantile + ") WITHIN GROUP (ORDER BY a." + later + " - a." + earlier + ") FILTER (WHERE a." + later + " >= a." + earlier + ")) / 60)"
}

// visitMeasures are the measures of visits a, in SQL that was written apart.
var visitMeasures = map[string]string{
	"distinctPatients":     "count(DISTINCT a.patient_id)",
	"noShowRate":           "avg((a.status = 'NO_SHOW')::int) FILTER (WHERE a.status IN ('NO_SHOW', 'COMPLETED'))",
	"cancellationRate":     "avg((a.status = 'CANCELLED')::int) FILTER (WHERE a.status <> 'REQUESTED' AND coalesce(a.cancellation_reason, '') <> 'RESCHEDULED')",
	"lateCancellationRate": "avg((a.status = 'CANCELLED' AND a.is_late_cancellation)::int) FILTER (WHERE a.status <> 'REQUESTED' AND coalesce(a.cancellation_reason, '') <> 'RESCHEDULED')",
	"bookedMinutes":        "coalesce(sum(extract(epoch FROM a.ends_at - a.starts_at) / 60) FILTER (WHERE a.status NOT IN ('REQUESTED', 'CANCELLED')), 0)",
	"leadTimeMedian":       spent("0.5", "starts_at", "created_at"), // only of what was written down before it began
	"leadTimeP90":          spent("0.9", "starts_at", "created_at"),
	"waitMedian":           spent("0.5", "started_at", "checked_in_at"),
	"visitLengthMedian":    spent("0.5", "completed_at", "started_at"),
}

// Each measure is what SQL that was written apart says, also where the clocks change.
func TestStats_exact(t *testing.T) {
	t.Parallel()
	c := newYear(t, 400)
	doctor := c.as(auth.Doctor)
	const local = "(a.starts_at AT TIME ZONE 'America/New_York')"
	const listed = "a.status != 'ENTERED_IN_ERROR' AND a.starts_at BETWEEN '2026-01-01T05:00Z' AND '2027-01-01T04:59:59.999Z'"
	for group, key := range map[string][2]string{
		"DAY":          {"dayOn", "to_char(" + local + ", 'YYYY-MM-DD')"},
		"WEEK":         {"weekOn", "to_char(" + local + "::date - (to_char(" + local + ", 'ID')::int - 1), 'YYYY-MM-DD')"},
		"MONTH":        {"monthOn", "to_char(" + local + ", 'YYYY-MM-\"01\"')"},
		"QUARTER":      {"quarterOn", "(ARRAY['2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01'])[to_char(" + local + ", 'Q')::int]"},
		"WEEKDAY":      {"weekday", "trim(to_char(" + local + ", 'DAY'))"},
		"HOUR":         {"hour", "to_char(" + local + ", 'FMHH24')"},
		"STATUS":       {"status", "a.status"},
		"SEX":          {"sex", "(SELECT sex FROM patients WHERE id = a.patient_id)"},
		"SPECIALTY":    {"specialty", "(SELECT specialty FROM practitioners WHERE id = a.practitioner_id)"},
		"TYPE":         {"type", "coalesce((SELECT name FROM appointment_types WHERE id = a.appointment_type_id), a.type)"},
		"REASON":       {"reason", "CASE WHEN a.reason IN ('Café', 'CAFE') THEN 'cafe' ELSE coalesce(a.reason, '<nil>') END"},
		"REGION":       {"region", "coalesce((SELECT left(replace(address ->> 'postalCode', ' ', ''), 3) FROM patients WHERE id = a.patient_id), '<nil>')"},
		"PRACTITIONER": {"practitionerLabel", "(SELECT concat_ws(' ', prefix, given_name, family_name) FROM practitioners WHERE id = a.practitioner_id)"},
		"AGE_BAND": {"ageBand", `(SELECT coalesce((SELECT band FROM (VALUES ('AGE_0_4', 0, 4), ('AGE_5_17', 5, 17), ('AGE_18_29', 18, 29), ('AGE_30_44', 30, 44), ('AGE_45_59', 45, 59), ('AGE_60_74', 60, 74),
			('AGE_75_89', 75, 89), ('AGE_90_OR_MORE', 90, 200)) b (band, low, high) WHERE (to_char(` + local + `, 'YYYYMMDD')::int - to_char(p.birth_date, 'YYYYMMDD')::int) / 10000 BETWEEN low AND high), 'UNKNOWN')
			FROM patients p WHERE p.id = a.patient_id)`},
	} {
		t.Run(group, func(t *testing.T) {
			found := doctor.in(t).cells("appointmentStats", "groupBy: ["+group+"] "+yearOfVisits, key[0], "count")
			c.same(t, found, "SELECT "+key[1]+" AS key, count(*) AS value FROM appointments a WHERE "+listed+" GROUP BY 1")
		})
	}
	for measure, expression := range visitMeasures {
		t.Run(measure, func(t *testing.T) {
			for _, group := range []string{"WEEK", "PRACTITIONER"} {
				keys := map[string][2]string{"WEEK": {"weekOn", "to_char(date_trunc('week', " + local + "), 'YYYY-MM-DD')"},
					"PRACTITIONER": {"practitionerLabel", "(SELECT concat_ws(' ', prefix, given_name, family_name) FROM practitioners WHERE id = a.practitioner_id)"}}
				found := doctor.in(t).cells("appointmentStats", "groupBy: ["+group+"] "+yearOfVisits, keys[group][0], measure)
				c.same(t, found, "SELECT "+keys[group][1]+" AS key, ("+expression+")::float8 AS value FROM appointments a WHERE "+listed+" GROUP BY 1")
			}
		})
	}
	t.Run("utilisation", func(t *testing.T) { // over three days, of which one lacks an hour
		march := strings.NewReplacer("2026-01-01T05:00", "2026-03-07T05:00", "2027-01-01T05:00", "2026-03-10T04:00", "2027-01-01T04:59", "2026-03-10T03:59")
		c.run("INSERT INTO time_off (id, practitioner_id, starts_at, ends_at) VALUES ($1, NULL, '2026-03-08T06:00Z', '2026-03-10T17:00Z')", db.NewID(db.KindTimeOff))
		c.run("INSERT INTO working_hours (id, practitioner_id, kind, weekday, start_time, end_time, starts_on) SELECT $1, id, 'WORK', 'SUNDAY', '22:00', '06:00', '2026-01-01' FROM practitioners ORDER BY id LIMIT 1", db.NewID(db.KindWorkingHours))
		for group, key := range map[string]string{"WEEK weekOn": "date_trunc('week', l)::date::text", "HOUR hour": "to_char(l, 'FMHH24')", "WEEKDAY weekday": "trim(to_char(l, 'DAY'))"} {
			group, field, _ := strings.Cut(group, " ")
			found := doctor.in(t).cells("appointmentStats", "groupBy: ["+group+"] "+march.Replace(yearOfVisits), field, "utilisation")
			// Minute by minute: who is at work by the clock on the wall, and not on a break, away or closed.
			c.same(t, found, `
				WITH minute AS (SELECT m, m AT TIME ZONE 'America/New_York' AS l FROM generate_series('2026-03-07T05:00Z'::timestamptz, '2026-03-10T03:59Z', '1 minute') m
				), clock AS (SELECT m, l, trim(to_char(l, 'DAY')) AS today, trim(to_char(l - interval '1 day', 'DAY')) AS yesterday, l::time AS at, l::date AS day FROM minute
				), free AS (SELECT h.practitioner_id, c.m FROM working_hours h JOIN clock c ON h.weekday = c.today OR h.weekday = c.yesterday WHERE h.starts_on <= c.day AND coalesce(h.ends_on, 'infinity') >= c.day AND (
					h.weekday = c.today AND c.at >= h.start_time AND (c.at < h.end_time OR h.end_time <= h.start_time) OR h.weekday = c.yesterday AND h.end_time <= h.start_time AND c.at < h.end_time)
					GROUP BY 1, 2 HAVING bool_or(h.kind = 'WORK') AND NOT bool_or(h.kind = 'BREAK')
						AND NOT EXISTS (SELECT FROM time_off o WHERE o.cancelled_at IS NULL AND coalesce(o.practitioner_id, h.practitioner_id) = h.practitioner_id AND c.m >= o.starts_at AND c.m < o.ends_at)
				), available AS (SELECT `+key+` AS key, count(*) AS n FROM free f JOIN minute USING (m) GROUP BY 1
				), booked AS (SELECT `+key+` AS key, coalesce(sum(extract(epoch FROM ends_at - starts_at) / 60) FILTER (WHERE status NOT IN ('REQUESTED', 'CANCELLED')), 0) AS n
					FROM appointments a, LATERAL (SELECT `+local+` AS l) x WHERE `+march.Replace(listed)+` GROUP BY 1)
				SELECT key, (b.n / a.n)::float8 AS value FROM booked b LEFT JOIN available a USING (key)`)
		}
	})
	const records = "a.status != 'ENTERED_IN_ERROR' AND a.recorded_on BETWEEN '2026-01-01' AND '2026-12-31'"
	for measure, test := range map[string][3]string{
		"count":            {"DIAGNOSIS_CHAPTER", "diagnosisChapter", "count(*)"},
		"distinctPatients": {"DIAGNOSIS_CODE", "diagnosisCode", "count(DISTINCT a.patient_id)"},
		"codedShare":       {"MONTH", "monthOn", "avg((a.code IS NOT NULL)::int)"},
		"timeToSignMedian": {"WEEK", "weekOn", "round(extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY a.signed_at - a.created_at)) / 60)"},
	} {
		t.Run("of records "+measure, func(t *testing.T) {
			keys := map[string]string{"diagnosisCode": "coalesce(a.code, '<nil>')", "monthOn": "to_char(a.recorded_on, 'YYYY-MM-\"01\"')", "weekOn": "(a.recorded_on - (extract(isodow FROM a.recorded_on)::int - 1))::text",
				"diagnosisChapter": `coalesce((SELECT name FROM (VALUES ('I', 'A00', 'B99'), ('II', 'C00', 'D48'), ('III', 'D50', 'D89'), ('IV', 'E00', 'E90'), ('V', 'F00', 'F99'), ('VI', 'G00', 'G99'), ('VII', 'H00', 'H59'), ('VIII', 'H60', 'H95'),
					('IX', 'I00', 'I99'), ('X', 'J00', 'J99'), ('XI', 'K00', 'K93'), ('XII', 'L00', 'L99'), ('XIII', 'M00', 'M99'), ('XIV', 'N00', 'N99'), ('XV', 'O00', 'O99'), ('XVI', 'P00', 'P96'), ('XVII', 'Q00', 'Q99'), ('XVIII', 'R00', 'R99'),
					('XIX', 'S00', 'T98'), ('XX', 'V01', 'Y98'), ('XXI', 'Z00', 'Z99'), ('XXII', 'U00', 'U99')) x (name, low, high)
					WHERE left(a.code, 3) COLLATE "C" BETWEEN low AND high AND coalesce(a.code_system, 'http://hl7.org/fhir/sid/icd-10') = 'http://hl7.org/fhir/sid/icd-10'), '<nil>')`}
			found := doctor.in(t).cells("recordStats", `groupBy: [`+test[0]+`] where: {recordedOn: {gte: "2026-01-01", lt: "2027-01-01"}}`, test[1], measure)
			c.same(t, found, "SELECT "+keys[test[1]]+" AS key, ("+test[2]+")::float8 AS value FROM medical_records a WHERE "+records+" GROUP BY 1")
		})
	}
	for measure, expression := range map[string]string{
		"count": "count(*)", "visitsPerPatient": "avg((SELECT count(*) FROM appointments v WHERE v.patient_id = p.id AND v.status = 'COMPLETED' AND v.starts_at BETWEEN now() - interval '365 days' AND now()))",
		"ageMedian": "percentile_cont(0.5) WITHIN GROUP (ORDER BY (to_char(least((now() AT TIME ZONE 'America/New_York')::date, p.deceased_on), 'YYYYMMDD')::int - to_char(p.birth_date, 'YYYYMMDD')::int) / 10000)",
	} {
		t.Run("of patients "+measure, func(t *testing.T) {
			found := doctor.in(t).cells("patientStats", "groupBy: [SEX]", "sex", measure)
			c.same(t, found, "SELECT p.sex AS key, ("+expression+")::float8 AS value FROM patients p WHERE p.archived_at IS NULL GROUP BY 1")
		})
	}
}

// The third free time is the one that availableSlots lists third, of each practitioner who is asked for.
func TestStats_thirdNextAvailable(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	desk := h.employ("desk", auth.Receptionist)
	var ids []string
	for n, name := range []string{"early", "late"} {
		doctor := h.employ(name, auth.Doctor).practitioner
		newAppointment(t, h.db, newPatient(t, h.db, "Visitor"), doctor, n) // of which the statistic has a cell
		h.run("UPDATE working_hours SET start_time = $2, end_time = $3 WHERE practitioner_id = $1", doctor.ID, fmt.Sprintf("%02d:00", 9+5*n), fmt.Sprintf("%02d:30", 10+5*n))
		ids = append(ids, doctor.ID.String())
	}
	const free = `query($id: ID!, $from: DateTime!, $until: DateTime!) { practitioner(id: $id) { availableSlots(from: $from, until: $until, length: {duration: "PT30M"}, every: "PT15M", first: 3) { nodes { startsAt } } } }`
	before := time.Now()
	found := desk.cells("appointmentStats", fmt.Sprintf(`groupBy: [PRACTITIONER], where: {practitionerId: {in: ["%s"]}}`, strings.Join(ids, `", "`)), "practitioner { id }", "thirdNextAvailable")
	if len(found) != 2 {
		t.Fatalf("got %v", found)
	}
	for key, told := range found {
		id := ids[0]
		if strings.Contains(key, ids[1]) {
			id = ids[1]
		}
		slots, _ := desk.ask(free, variables{"id": id, "from": before.Format(time.RFC3339), "until": before.AddDate(0, 0, 30).Format(time.RFC3339)}).at("practitioner.availableSlots.nodes").([]any)
		if len(slots) != 3 {
			t.Fatalf("%s has %d free times", key, len(slots))
		}
		third, err := time.Parse(time.RFC3339, fmt.Sprint(answer(slots[2].(map[string]any)).at("startsAt")))
		if err != nil {
			t.Fatal(err)
		}
		wait, err := db.ParseDuration(fmt.Sprint(told))
		if err != nil {
			t.Fatal(err)
		}
		if off := third.Sub(before.Add(time.Duration(wait))); off.Abs() > time.Minute {
			t.Errorf("%s: %v from now is not %s, by %v", key, told, third, off)
		}
	}
}

// Where the clinic is strict there are no regions for analysts, nor for their login by SQL.
func TestStats_strict(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	analyst := h.employ("analyst", auth.Analyst)
	const byRegion = `{ patientStats(groupBy: [REGION]) { nodes { key { region } count } } }`
	analyst.ask(byRegion, nil)
	h.run("UPDATE clinics SET is_deidentification_strict = true")
	if got := analyst.refused(byRegion, nil); told(got) != "FORBIDDEN" || !strings.Contains(got[0].Message, "StatsKey.region") {
		t.Errorf("got %s", asJSON(got))
	}
	for _, asked := range []string{`'{region}', '{}'`, `'{}', '{"region": "010"}'`} {
		if _, err := h.db.SQL.Exec("SELECT FROM stats.cells('patients', " + asked + ", '{count}')"); err == nil || !strings.Contains(err.Error(), "no regions") {
			t.Errorf("%s: %v", asked, err)
		}
	}
}
