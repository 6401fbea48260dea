package fhir_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/klauspost/compress/gzip"
)

// A tree is a resource as plain JSON, read by no code of ours.
type tree map[string]any

// at returns what stands at a path, where a number is a place in a list; nil when nothing does.
func (r tree) at(path ...any) any {
	var v any = map[string]any(r)
	for _, p := range path {
		switch p := p.(type) {
		case string:
			object, _ := v.(map[string]any)
			v = object[p]
		case int:
			list, _ := v.([]any)
			if p >= len(list) {
				return nil
			}
			v = list[p]
		}
	}
	return v
}

func (r tree) text(path ...any) string {
	s, _ := r.at(path...).(string)
	return s
}

// syntheaBundles returns the resources of each bundle.
func syntheaBundles(t *testing.T) [][]tree {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dbtest.Synthea(t), "*.json.gz"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d bundles, %v", len(paths), err)
	}
	var all [][]tree
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		unpacked, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(unpacked)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		var bundle struct{ Entry []struct{ Resource tree } }
		if err := json.Unmarshal(content, &bundle); err != nil {
			t.Fatal(err)
		}
		var resources []tree
		for _, e := range bundle.Entry {
			resources = append(resources, e.Resource)
		}
		all = append(all, resources)
	}
	return all
}

func TestSynthea(t *testing.T) {
	t.Parallel()
	bundles := syntheaBundles(t)
	d := dbtest.New(t)
	report := fine(t, run(t, d, dbtest.Synthea(t)))

	t.Run("counts what an independent reader counts", func(t *testing.T) {
		seen, distinct := map[string]int{}, map[string]map[string]bool{}
		for _, bundle := range bundles {
			for _, r := range bundle {
				resourceType := r.text("resourceType")
				seen[resourceType]++
				if distinct[resourceType] == nil {
					distinct[resourceType] = map[string]bool{}
				}
				distinct[resourceType][r.text("id")] = true
			}
		}
		for _, resourceType := range []string{"Patient", "Practitioner", "Encounter", "Condition", "MedicationRequest", "AllergyIntolerance"} {
			c := report.Resources[resourceType]
			if c.Read != seen[resourceType] || c.Written != len(distinct[resourceType]) || c.NotKept+c.Refused > 0 {
				t.Errorf("%s: %+v, want %d, of which %d are different", resourceType, *c, seen[resourceType], len(distinct[resourceType]))
			}
			delete(seen, resourceType)
		}
		for resourceType, n := range seen {
			if c := report.Resources[resourceType]; c.Read != n || c.NotKept != n {
				t.Errorf("%s: %+v, want %d", resourceType, *c, n)
			}
		}
		checkText(t, lines(t, d, `SELECT concat_ws(' ', (SELECT count(*) FROM patients), (SELECT count(*) FROM practitioners),
			(SELECT count(*) FROM appointments), (SELECT count(*) FROM medical_records WHERE code IS NOT NULL), (SELECT count(*) FROM allergies))`),
			fmt.Sprint(len(distinct["Patient"]), len(distinct["Practitioner"]), len(distinct["Encounter"]), len(distinct["Condition"]), len(distinct["AllergyIntolerance"])))
	})
	t.Run("changes nothing when repeated", func(t *testing.T) {
		before := state(t, d)
		fine(t, run(t, d, dbtest.Synthea(t)))
		checkText(t, state(t, d), before)
	})
	for _, bundle := range bundles {
		if i := slices.IndexFunc(bundle, func(r tree) bool { return r.text("resourceType") == "Patient" }); i >= 0 {
			t.Run("keeps the chart of "+bundle[i].text("id"), func(t *testing.T) { checkChart(t, d, bundle, bundle[i]) })
		}
	}
}

// checkChart compares a patient's rows with the bundle, each list as sorted lines.
func checkChart(t *testing.T, d *dbtest.Database, bundle []tree, patient tree) {
	c := &syntheaChart{bundle: bundle, byID: map[string]tree{}, want: map[string][]string{}}
	for _, r := range bundle {
		c.byID[r.text("id")] = r
	}
	for _, r := range bundle {
		c.expect(t, r)
	}
	number := patient.text("identifier", 0, "value")
	for list, query := range map[string]string{
		"person": `SELECT concat_ws('|', given_name, family_name, birth_date, birth_date_precision, lower(sex), phone, deceased_on IS NOT NULL,
			address ->> 'line', address ->> 'city', address ->> 'country', preferred_language, jsonb_array_length(identifiers)) FROM patients o`,
		"visits": `SELECT concat_ws('|', to_char(starts_at, 'YYYY-MM-DD"T"HH24:MI:SS'), to_char(ends_at, 'YYYY-MM-DD"T"HH24:MI:SS'), type, reason, status,
			(SELECT given_name || ' ' || family_name FROM practitioners d WHERE d.id = practitioner_id)) FROM appointments JOIN patients o ON o.id = patient_id`,
		"conditions": `SELECT concat_ws('|', diagnosis, code, code_system, recorded_on, m.status, to_char(starts_at, 'YYYY-MM-DD"T"HH24:MI:SS'))
			FROM medical_records m JOIN patients o ON o.id = m.patient_id LEFT JOIN appointments a ON a.id = appointment_id
			WHERE code IS NOT NULL`,
		"medicines": `SELECT concat_ws('|', line, diagnosis, to_char(starts_at, 'YYYY-MM-DD"T"HH24:MI:SS'))
			FROM medical_records m JOIN patients o ON o.id = m.patient_id LEFT JOIN appointments a ON a.id = appointment_id,
			unnest(string_to_array(prescription, E'\n')) line`,
		"allergies": `SELECT concat_ws('|', substance, code, noted_on, severity, t.status) FROM allergies t JOIN patients o ON o.id = patient_id`,
	} {
		var got []string
		where := ` WHERE `
		if list == "conditions" {
			where = ` AND `
		}
		if err := d.SQL.Select(&got, query+where+`o.identifiers -> 0 ->> 'value' = $1`, number); err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		slices.Sort(c.want[list])
		checkText(t, strings.Join(got, "\n"), strings.Join(c.want[list], "\n"))
	}
}

// A syntheaChart is what the rows of a bundle have to be.
type syntheaChart struct {
	bundle []tree
	byID   map[string]tree
	want   map[string][]string
}

func (c *syntheaChart) expect(t *testing.T, r tree) {
	switch r.text("resourceType") {
	case "Patient":
		name := r.at("name", 0).(map[string]any)
		for _, n := range r.at("name").([]any) {
			if n := n.(map[string]any); n["use"] == "official" {
				name = n
			}
		}
		c.keep("person", tree(name).text("given", 0), tree(name).text("family"), r.text("birthDate"), "DAY", r.text("gender"), r.text("telecom", 0, "value"),
			map[bool]string{true: "t", false: "f"}[r.text("deceasedDateTime") != ""], r.text("address", 0, "line", 0), r.text("address", 0, "city"),
			r.text("address", 0, "country"), r.text("communication", 0, "language", "coding", 0, "code"), fmt.Sprint(len(r.at("identifier").([]any))))
	case "Encounter":
		doctor := ""
		if d := c.lead(r.text("participant", 0, "individual", "reference")); d != nil {
			doctor = d.text("name", 0, "given", 0) + " " + d.text("name", 0, "family")
		}
		c.keep("visits", utc(t, r.text("period", "start")), utc(t, r.text("period", "end")), r.text("type", 0, "text"),
			r.text("reasonCode", 0, "coding", 0, "display"), "COMPLETED", doctor)
	case "Condition":
		c.keep("conditions", r.text("code", "text"), r.text("code", "coding", 0, "code"), r.text("code", "coding", 0, "system"),
			tbilisi(t, r.text("recordedDate")), "SIGNED", c.start(t, r))
	case "MedicationRequest":
		c.keep("medicines", r.text("medicationCodeableConcept", "text"), c.reason(r), c.start(t, r))
	case "AllergyIntolerance":
		c.keep("allergies", r.text("code", "text"), r.text("code", "coding", 0, "code"), tbilisi(t, r.text("recordedDate")), "UNKNOWN", "CONFIRMED")
	}
}

// keep adds a line; parts that are missing leave no gap, as in the queries.
func (c *syntheaChart) keep(list string, parts ...string) {
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	c.want[list] = append(c.want[list], strings.Join(parts, "|"))
}

func (c *syntheaChart) lead(reference string) tree {
	return c.byID[strings.TrimPrefix(reference, "urn:uuid:")]
}

// start returns when the visit of a resource began.
func (c *syntheaChart) start(t *testing.T, r tree) string {
	return utc(t, c.lead(r.text("encounter", "reference")).text("period", "start"))
}

// reason returns the diagnosis of the record in which a medicine stands.
func (c *syntheaChart) reason(r tree) string {
	visit := r.text("encounter", "reference")
	reasons, _ := r.at("reasonReference").([]any)
	for i := range reasons {
		if k := c.lead(r.text("reasonReference", i, "reference")); k.text("encounter", "reference") == visit {
			return k.text("code", "text")
		}
	}
	for _, k := range c.bundle {
		if k.text("resourceType") == "Condition" && k.text("encounter", "reference") == visit {
			return k.text("code", "text")
		}
	}
	if len(reasons) > 0 {
		return c.lead(r.text("reasonReference", 0, "reference")).text("code", "text")
	}
	if reason := c.lead(visit).text("reasonCode", 0, "coding", 0, "display"); reason != "" {
		return reason
	}
	return c.lead(visit).text("type", 0, "text")
}

func utc(t *testing.T, s string) string { return instant(t, s).UTC().Format("2006-01-02T15:04:05") }

// tbilisi returns the day in the clinic, which is in Tbilisi.
func tbilisi(t *testing.T, s string) string {
	zone, err := time.LoadLocation("Asia/Tbilisi")
	if err != nil {
		t.Fatal(err)
	}
	return instant(t, s).In(zone).Format(time.DateOnly)
}

func instant(t *testing.T, s string) time.Time {
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
