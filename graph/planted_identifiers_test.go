package graph_test

import (
	"encoding/base64"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"
)

// planted holds what says who somebody is, by its letter in the list of 45 CFR
// 164.514(b)(2)(i). Each stands in the free texts of one patient, and where there is a
// place for it. The record number and the ids are the patient's own.
var planted = map[string][]string{
	"A": {"Ketevanzq", "Lomtatidzezq"},                        // names
	"B": {"Zqstreet", "Zqtown", "Zqregion", "0z9q8"},          // places
	"C": {"1931-07-19", "1931-01-01", `"1931-`, "2026-01-01"}, // days, and a year of birth more than 89 years ago
	"D": {"+995599887711", "599 88 77 11"},                    // telephones
	"E": {"fax-5550177zq"},                                    // faxes
	"F": {"zq@planted.example"},                               // e-mail
	"G": {"987-65-4320"},                                      // social security
	"I": {"hpbn-77zq1"},                                       // health plans
	"J": {"acc-44zq2"},                                        // accounts
	"K": {"lic-33zq3"},                                        // licences
	"L": {"vin1hgzq4"},                                        // vehicles
	"M": {"dev-snzq5"},                                        // devices
	"N": {"https://zq.planted.example/nino"},                  // web addresses
	"O": {"203.0.113.77"},                                     // IP addresses
	"P": {"fingerprint-zq6"},                                  // of the body
	"Q": {"nino-zq7.jpg"},                                     // photographs
	"H": {"<mrn>"}, "R": {"tattoo-zq8", "<Patient>", "<Appointment>", "<Visit>", "<Past>", "<MedicalRecord>", "<Allergy>"},
}

// plant writes what is planted over every text of a patient and their chart.
const plant = `
SELECT set_config('clinicql.actor', 'planter', true);
UPDATE patients SET given_name = 'Ketevanzq', family_name = 'Lomtatidzezq', given_key = 'ketevanzq', family_key = 'lomtatidzezq', search_words = '{ketevanzq,lomtatidzezq}',
	birth_date = '1931-07-19', phone = 'tel. 599 88 77 11', phone_number = '+995599887711', email = 'zq@planted.example', gender_identity = <words>, preferred_language = 'x-ketevanzq',
	address = '{"line": "Zqstreet 17", "city": "Zqtown", "region": "Zqregion", "postalCode": "0z9q8", "country": "GE"}',
	identifiers = '[{"system": "urn:fax", "value": "fax-5550177zq"}, {"system": "urn:oid:2.16.840.1.113883.4.1", "value": "987-65-4320"}, {"system": "urn:plan", "value": "hpbn-77zq1"},
		{"system": "urn:account", "value": "acc-44zq2"}, {"system": "urn:licence", "value": "lic-33zq3"}, {"system": "urn:device", "value": "dev-snzq5"}, {"system": "urn:mark", "value": "tattoo-zq8"}]'
WHERE id = <Patient>;
UPDATE appointments SET type = <words>, reason = <words> WHERE patient_id = <Patient>;
UPDATE appointments SET cancellation_note = <words> WHERE patient_id = <Patient> AND cancellation_note IS NOT NULL;
UPDATE appointments SET override_reason = <words> WHERE patient_id = <Patient> AND override_reason IS NOT NULL;
UPDATE medical_records SET diagnosis = <words>, prescription = <words>, notes = <words>, code = '987-65-4320', code_system = 'https://zq.planted.example/nino',
	prescription_lines = jsonb_build_array(jsonb_build_object('medicine', <words>::text, 'startsOn', '2026-01-01')) WHERE patient_id = <Patient>;
UPDATE allergies SET substance = <words>, reaction = <words>, status_reason = <words>, code = '987-65-4320', code_system = 'https://zq.planted.example/nino' WHERE patient_id = <Patient>;
UPDATE wait_list_entries SET note = <words> WHERE patient_id = <Patient>;
UPDATE glass_accesses SET reason = <words> WHERE patient_id = <Patient>;`

// A search looks for what is planted.
type search struct {
	texts map[string][]string // by letter, in lower case
	found map[string]string   // by letter: where it was first seen
}

// sealed is what may hold something in base64: a cursor or a token.
var sealed = regexp.MustCompile(`[A-Za-z0-9_+/-]{16,}`)

// in looks through a text, what it holds in base64, and ids as bytes.
func (s *search) in(place, text string) {
	for _, part := range sealed.FindAllString(text, -1) {
		for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			if plain, err := encoding.DecodeString(part); err == nil {
				text += " " + string(plain)
			}
		}
	}
	lower := strings.ToLower(text)
	for letter, texts := range s.texts {
		for _, one := range texts {
			id, err := uuid.Parse(one)
			if strings.Contains(lower, one) || err == nil && strings.Contains(text, string(id[:])) {
				if s.found[letter] == "" {
					s.found[letter] = fmt.Sprintf("%s: %q", place, one)
				}
			}
		}
	}
}

// reply asks something, and returns all that came back, headers too.
func reply(c *client, query string, vars variables) string {
	response, text := c.send(query, vars)
	var b strings.Builder
	_ = response.Header.Write(&b)
	return b.String() + text
}

// A planting is a clinic in which identifiers are planted in one patient's data.
type planting struct {
	*house
	analyst, doctor *colleague
	chart, shown    *folder // by true ids, and by pseudonyms
	texts           map[string][]string
}

func newPlanting(t *testing.T) *planting {
	t.Helper()
	h := newExportingHouse(t).house
	p := &planting{house: h, analyst: h.employ("analyst", auth.Analyst), doctor: h.employ("doctor", auth.Doctor), texts: map[string][]string{}}
	for n := range 12 {
		newPatient(t, h.db, fmt.Sprintf("Other%d", n))
	}
	p.chart = h.patient("other", p.analyst)
	var words []string
	for letter, texts := range planted {
		for _, text := range texts {
			if strings.HasPrefix(text, "<") {
				text = p.chart.values[strings.Trim(text, "<>")]
			} else if text != `"1931-` {
				words = append(words, text)
			}
			p.texts[letter] = append(p.texts[letter], strings.ToLower(text))
		}
	}
	slices.Sort(words)
	p.chart.values["words"] = strings.Join(append(words, p.chart.values["mrn"]), " ")
	statement := plant
	for name, value := range p.chart.values {
		statement = strings.ReplaceAll(statement, "<"+name+">", "'"+value+"'")
	}
	h.run(statement)
	p.shown = &folder{values: maps.Clone(p.chart.values)}
	for _, name := range []string{"Patient", "Appointment", "Before", "Visit", "Away", "Past", "MedicalRecord", "Allergy"} {
		var id string
		err := h.db.SQL.Get(&id, `SELECT id::text FROM (SELECT * FROM pseudonym.appointments UNION ALL SELECT * FROM pseudonym.medical_records UNION ALL
			SELECT * FROM pseudonym.allergies UNION ALL SELECT row_id, id FROM pseudonym.patients) k WHERE row_id = $1`, p.chart.values[name])
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		p.shown.values[name] = id
	}
	return p
}

// search begins a search.
func (p *planting) search() *search { return &search{texts: p.texts, found: map[string]string{}} }

// fields asks for each field of the schema that a query leads to, and those of
// mutations that the role may not use; a folder says of whom. It returns how many
// were answered.
func (p *planting) fields(s *search, c *client, of *folder, own []string) (answered int) {
	all := paths(schema)
	for _, d := range schema.Types {
		at, ok := all[d.Name]
		if d.Kind != ast.Object || !ok || at.root == schema.Subscription || d == schema.Subscription {
			continue
		}
		for _, f := range d.Fields {
			if strings.HasPrefix(f.Name, "__") || at.root == schema.Mutation && (d != schema.Mutation || slices.Contains(own, f.Name)) {
				continue
			}
			query := strings.ToLower(at.root.Name) + " { " + of.of(at.to(schema, "x", d, f)) + " }"
			text := reply(c, query, nil)
			s.in(query, text)
			if strings.Contains(text, `"data":{`) {
				answered++
			}
		}
	}
	return answered
}

// conditions writes each single condition of an input with each planted text.
func (p *planting) conditions(d *ast.Definition) (all []string) {
	for _, f := range d.Fields {
		switch input := schema.Types[f.Type.Name()]; input.Name {
		case "StringFilter":
			for _, letter := range slices.Sorted(maps.Keys(p.texts)) {
				for _, operator := range []string{"eq", "startsWith", "contains"} {
					all = append(all, fmt.Sprintf("%s: {%s: %q}", f.Name, operator, p.texts[letter][0]))
				}
			}
		case "IdFilter":
			all = append(all, fmt.Sprintf("%s: {eq: %q}", f.Name, p.chart.values["Patient"]), fmt.Sprintf("%s: {in: [%q, %q]}", f.Name, p.shown.values["Patient"], p.shown.values["Visit"]))
		case "DateFilter":
			all = append(all, f.Name+`: {eq: "1931-07-19"}`, f.Name+`: {lt: "1940-01-01"}`, f.Name+`: {isNull: true}`)
		case "DateTimeFilter":
			all = append(all, f.Name+`: {gte: "2025-12-31T00:00:00Z", lt: "2026-01-02T00:00:00Z"}`, f.Name+`: {gte: "2020-01-01T00:00:00Z"}`)
		case "IdentifierInput":
			all = append(all, f.Name+`: {system: "urn:fax", value: "fax-5550177zq"}`)
		case "Boolean":
			all = append(all, f.Name+": true")
		case "PatientWhere", "AppointmentWhere", "MedicalRecordWhere":
			if f.Type.Elem == nil && input != d {
				all = append(all, f.Name+fmt.Sprintf(": {id: {eq: %q}}", p.shown.values[strings.TrimSuffix(input.Name, "Where")]))
			}
		}
	}
	return all
}

// One of each of the identifiers of the safe-harbour list is planted in every place
// that there is for it. Whatever an analyst asks for, none comes back: every field of
// the schema by true ids and by pseudonyms, every filter, order and cursor, counts,
// errors, history, node, and random queries; nor is any in what their database role
// can read. A doctor finds all of them.
func TestPlantedIdentifiers(t *testing.T) {
	t.Parallel()
	p := newPlanting(t)
	s := p.search()
	actor := auth.Actor{Name: "analyst", Role: auth.Analyst}
	allowed := policies(t, schema)
	may := func(name string) bool { return allowed.May(actor, name) }
	own := []string{}
	for _, f := range schema.Mutation.Fields {
		if may("Mutation." + f.Name) {
			own = append(own, f.Name)
		}
	}
	for name, of := range map[string]*folder{"true ids": p.chart, "pseudonyms": p.shown} {
		n := p.fields(s, p.analyst.in(t), of, own)
		if t.Logf("%d fields are answered by %s", n, name); n < 150 {
			t.Errorf("only %d fields are answered by %s", n, name)
		}
	}

	answers := 0
	ask := func(query string) string {
		text := reply(p.analyst.client, query, nil)
		s.in(query, text)
		if strings.Contains(text, `"data":{`) {
			answers++
		} else if !strings.Contains(text, `"FORBIDDEN"`) && !strings.Contains(text, `"INVALID"`) {
			t.Errorf("%s is answered with %s", query, text)
		}
		return text
	}
	for noun, list := range map[string]string{
		"Patient": "patients%s { totalCount edges { cursor node { id displayName birthDate age address { postalCode } } } }", "Appointment": "appointments%s { totalCount edges { cursor node { id startsAt patient { id displayName } } } }",
		"MedicalRecord": "medicalRecords%s { totalCount edges { cursor node { id recordedOn code codeSystem } } }", "Practitioner": "practitioners%s { totalCount edges { cursor node { id } } }",
	} {
		for _, condition := range p.conditions(schema.Types[noun+"Where"]) {
			ask("{ " + fmt.Sprintf(list, "(where: {"+condition+"})") + " }")
		}
		for _, v := range schema.Types[noun+"OrderField"].EnumValues {
			text := ask("{ " + fmt.Sprintf(list, "(first: 1, orderBy: {field: "+v.Name+"})") + " }")
			if cursor := regexp.MustCompile(`"cursor":"([^"]+)"`).FindStringSubmatch(text); cursor != nil {
				ask("{ " + fmt.Sprintf(list, fmt.Sprintf("(first: 3, after: %q, orderBy: {field: %s})", cursor[1], v.Name)) + " }")
			}
		}
	}
	for _, letter := range slices.Sorted(maps.Keys(p.texts)) {
		for _, text := range p.texts[letter] {
			ask(fmt.Sprintf(`{ patient(id: %q) { id } }`, text))
			ask(fmt.Sprintf(`{ node(id: %q) { id } nodes(ids: [%[1]q]) { id } }`, text))
			ask(fmt.Sprintf(`{ patients(after: %q) { nodes { id } } }`, text))
			ask(fmt.Sprintf(`{ patientBy(by: {mrn: %q}) { id } searchPatients(query: %[1]q) { totalCount } }`, text))
		}
	}
	const byName = `{ patients(orderBy: {field: FAMILY_NAME}, first: 1) { pageInfo { endCursor } } usual: patients(first: 1) { pageInfo { endCursor } } appointments(first: 1) { pageInfo { endCursor } } }`
	theirs := p.doctor.ask(byName, nil)
	for path, list := range map[string]string{"patients": "patients", "usual": "patients", "appointments": "appointments"} {
		ask(fmt.Sprintf(`{ %s(after: %q) { nodes { id } } }`, list, theirs.text(path+".pageInfo.endCursor")))
	}
	ask(`{ __schema { types { name description fields { name description } } } }`)
	if answers < 100 {
		t.Errorf("only %d lists were answered", answers)
	}

	ids := map[string][]string{}
	for noun, names := range map[string][]string{"Patient": {"Patient"}, "Appointment": {"Appointment", "Visit", "Past"}, "MedicalRecord": {"MedicalRecord"}, "Allergy": {"Allergy"}, "Practitioner": {"Practitioner"}, "Room": {"Room"}} {
		for _, name := range names {
			ids[noun] = append(ids[noun], p.shown.values[name], p.chart.values[name])
		}
	}
	g := &generator{Rand: rand.New(rand.NewPCG(9, 1)), ids: ids, may: may}
	random := 0
	for range 400 {
		query := "query " + g.selection(schema.Query, 3)
		text := reply(p.analyst.client, query, nil)
		s.in(query, text)
		if strings.Contains(text, `"data":{`) {
			random++
		}
	}
	if random < 80 {
		t.Errorf("only %d random queries were answered", random)
	}
	p.exports(t, s)
	p.statistics(t, s)
	p.views(t, s)
	p.run("UPDATE clinics SET is_deidentification_strict = true")
	s.texts["C"] = slices.DeleteFunc(s.texts["C"], func(day string) bool { return day == "2026-01-01" }) // every year's first day is one
	s.texts["B"] = append(s.texts["B"], `"0z9"`, `,0z9,`)                                                // three bare characters stand in a sealed cursor now and then
	p.fields(s, p.analyst.in(t), p.shown, own)
	p.views(t, s)
	for letter, place := range s.found {
		t.Errorf("%s: %s", letter, place)
	}
}

// exports looks through files of what an analyst lists, and for what others share with them.
func (p *planting) exports(t *testing.T, s *search) {
	t.Helper()
	for _, document := range []string{
		`{ patients { nodes { id displayName birthDate age sex address { country postalCode } deceasedOn allergies { code } appointments { nodes { startsAt } } } } }`,
		`{ appointments { nodes { id startsAt endsAt status patient { displayName birthDate } practitioner { displayName } } } }`,
		`{ medicalRecords { nodes { id recordedOn code codeSystem patient { id age } } } }`,
		`{ patientStats(groupBy: [REGION, AGE_BAND]) { nodes { key { region ageBand } isSuppressed count ageMedian } } }`,
	} {
		id := p.analyst.save(variables{"document": document})
		for _, format := range []string{".csv", ".ndjson"} {
			file := p.analyst.export(id + format)
			if file.StatusCode != 200 || file.err != nil {
				t.Errorf("%s is exported with %d %s %v", document, file.StatusCode, file.text, file.err)
			}
			s.in("an export of "+document, file.text)
		}
	}
	words := p.chart.values["words"]
	shared := p.doctor.save(variables{"name": words[:100], "description": words, "document": `query($text: String!) { searchPatients(query: $text) { nodes { displayName } } }`, "variables": variables{"text": words}, "isShared": true})
	for _, query := range []string{`{ savedQuery(id: %q) { id name description document variables exportUrl owner { displayName } } }`, `{ node(id: %q) { id ... on SavedQuery { name variables } } }`} {
		s.in(query, reply(p.analyst.client, fmt.Sprintf(query, shared), nil))
	}
	s.in("an export of what a doctor shares", p.analyst.export(shared+".csv").text)
}

// statistics looks through each statistic by each of its groups.
func (p *planting) statistics(t *testing.T, s *search) {
	t.Helper()
	clinic, err := p.db.Clinic(acting(t))
	if err != nil {
		t.Fatal(err)
	}
	start := func(day db.Date) string { return clinic.StartOf(day).Format(time.RFC3339) }
	told := 0
	for field, where := range map[string]string{
		"appointmentStats": fmt.Sprintf(`startsAt: {gte: %q, lt: %q}`, start("2026-04-01"), start("2027-04-01")), "recordStats": `recordedOn: {gte: "2026-04-01", lt: "2027-04-01"}`, "patientStats": "",
	} {
		f := schema.Query.Fields.ForName(field)
		for _, v := range schema.Types[f.Arguments.ForName("groupBy").Type.Name()].EnumValues {
			for _, arguments := range []string{"", ", where: {" + where + "}"} {
				query := fmt.Sprintf(`{ %s(groupBy: [%s]%s) { totalCount edges { cursor node { isSuppressed count distinctPatients key { practitionerLabel specialty status type weekday hour dayOn weekOn monthOn quarterOn ageBand sex region diagnosisCode diagnosisCategory diagnosisChapter preferredLanguage } } } } }`, field, v.Name, arguments)
				text := reply(p.analyst.client, query, nil)
				s.in(query, text)
				if strings.Contains(text, `"data":{`) {
					told++
				}
			}
		}
	}
	if told < 20 {
		t.Errorf("only %d statistics were answered", told)
	}
}

// views looks through all that the analysts' database role can read.
func (p *planting) views(t *testing.T, s *search) {
	t.Helper()
	var views []string
	if err := p.db.SQL.Select(&views, `SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
		WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND relkind IN ('r', 'v', 'm', 'p') AND has_any_column_privilege('clinicql_analyst', c.oid, 'SELECT')`); err != nil || len(views) < 8 {
		t.Fatalf("%q, %v", views, err)
	}
	for _, view := range views {
		var text string
		if err := p.db.SQL.Get(&text, "SELECT coalesce(string_agg(v::text, ' '), '') FROM "+view+" v"); err != nil {
			t.Fatalf("%s: %v", view, err)
		}
		s.in(view, text)
	}
}

// A doctor who asks for the same fields finds what is planted of every letter, so
// that what an analyst does not find is not merely out of the way.
func TestPlantedIdentifiers_byADoctor(t *testing.T) {
	t.Parallel()
	p := newPlanting(t)
	s := p.search()
	own := []string{}
	for _, f := range schema.Mutation.Fields {
		own = append(own, f.Name)
	}
	p.fields(s, p.doctor.in(t), p.chart, own)
	for letter := range planted {
		if s.found[letter] == "" {
			t.Errorf("%s is not found", letter)
		}
	}
	if len(planted) != 18 {
		t.Errorf("%d identifiers", len(planted))
	}
}
