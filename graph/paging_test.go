package graph_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/clinicql/clinicql/db"
)

// Every order can be paged in both directions, a page of any size at a time,
// and nothing is left out or comes twice.
func TestPaging(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for i := range 23 {
		newPatient(t, c.db, fmt.Sprintf("Name%d", i%5), func(p *db.Patient) {
			if i%4 == 0 {
				p.BirthDate, p.BirthDatePrecision = nil, db.UnknownPrecision // so that some have no value to be ordered by
			} else {
				p.BirthDate = ptr(db.Date(fmt.Sprintf("19%02d-01-01", i/3+10)))
			}
		})
	}
	for _, order := range []string{
		``, `[{field: MRN}]`, `[{field: MRN, direction: DESC}]`, `[{field: BIRTH_DATE}]`, `[{field: BIRTH_DATE, direction: DESC}]`,
		`[{field: FAMILY_NAME, direction: DESC}, {field: BIRTH_DATE}]`, `[{field: GIVEN_NAME}, {field: BIRTH_DATE, direction: DESC}, {field: CREATED_AT}]`,
	} {
		t.Run(order, func(t *testing.T) {
			c := c.in(t)
			all := c.pages(t, order, 100, "forwards")
			if len(all) != 23 {
				t.Fatalf("%d patients on one page", len(all))
			}
			for _, size := range []int{1, 7, 23} {
				for _, way := range []string{"forwards", "backwards"} {
					if got := c.pages(t, order, size, way); !slices.Equal(got, all) {
						t.Errorf("pages of %d %s are\n%v, not\n%v", size, way, got, all)
					}
				}
			}
		})
	}
}

// pages returns the record numbers of all patients, read page by page.
func (c *client) pages(t *testing.T, order string, size int, way string) []string {
	t.Helper()
	if order != "" {
		order = ", orderBy: " + order
	}
	var all []string
	var cursor any
	for range 30 {
		take, from, more, next := "first", "after", "hasNextPage", "endCursor"
		if way == "backwards" {
			take, from, more, next = "last", "before", "hasPreviousPage", "startCursor"
		}
		got := c.ask(fmt.Sprintf(`query($cursor: String) { patients(%s: %d, %s: $cursor%s) {
			nodes { mrn } pageInfo { %s %s } } }`, take, size, from, order, more, next), variables{"cursor": cursor})
		var page []string
		for _, node := range got.at("patients.nodes").([]any) {
			page = append(page, node.(map[string]any)["mrn"].(string))
		}
		if way == "backwards" {
			all = append(page, all...)
		} else {
			all = append(all, page...)
		}
		if got.at("patients.pageInfo."+more) != true {
			return all
		}
		cursor = got.at("patients.pageInfo." + next)
	}
	t.Fatal("the pages do not end")
	return nil
}

func TestPaging_tellsWhereThePageLies(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for i := range 3 {
		newPatient(t, c.db, fmt.Sprintf("Name%d", i))
	}
	first := c.ask(`{ patients(first: 1) { totalCount pageInfo { hasNextPage hasPreviousPage endCursor } } }`, nil)
	second := c.ask(`query($after: String) { patients(first: 1, after: $after) { totalCount pageInfo { hasNextPage hasPreviousPage } nodes { familyName } } }`,
		variables{"after": first.text("patients.pageInfo.endCursor")})
	const want = `{"patients":{"nodes":[{"familyName":"Name1"}],"pageInfo":{"hasNextPage":true,"hasPreviousPage":true},"totalCount":3}}`
	if got := asJSON(second); got != want {
		t.Errorf("got %s", got)
	}
	empty := c.ask(`{ patients(where: {familyName: {eq: "nobody"}}) { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`, nil)
	const wantEmpty = `{"patients":{"nodes":[],"pageInfo":{"endCursor":null,"hasNextPage":false,"hasPreviousPage":false,"startCursor":null},"totalCount":0}}`
	if got := asJSON(empty); got != wantEmpty {
		t.Errorf("got %s", got)
	}
}

// A cursor opens only the list and the order that it came from, and says nothing.
func TestCursor(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	newPatient(t, c.db, "Beridze")
	newPractitioner(t, c.db, "Beridze")
	cursor := c.ask(`{ patients { pageInfo { endCursor } } }`, nil).text("patients.pageInfo.endCursor")
	edited := []byte(cursor)
	edited[len(edited)/2] ^= 1
	for name, query := range map[string]string{
		"of another order": `query($c: String) { patients(after: $c, orderBy: [{field: MRN}]) { nodes { id } } }`,
		"of another list":  `query($c: String) { practitioners(after: $c) { nodes { id } } }`,
		"to end before":    `query($c: String) { patients(before: $c, orderBy: [{field: FAMILY_NAME, direction: DESC}]) { nodes { id } } }`,
	} {
		t.Run(name, func(t *testing.T) { wantProblem(t, c.in(t).refused(query, variables{"c": cursor}), "BAD_CURSOR") })
	}
	for name, forged := range map[string]string{"edited": string(edited), "empty": "", "cut": cursor[:10], "no base64": "%%%", "zero bytes": "AAAA"} {
		t.Run(name, func(t *testing.T) {
			wantProblem(t, c.refused(`query($c: String) { patients(after: $c) { nodes { id } } }`, variables{"c": forged}), "BAD_CURSOR")
		})
	}
	if again := c.ask(`{ patients { pageInfo { endCursor } } }`, nil).text("patients.pageInfo.endCursor"); again != cursor {
		t.Errorf("equal places have different cursors")
	}
}

// wantProblem makes sure that the only thing wrong has the code.
func wantProblem(t *testing.T, errors []refusal, code db.ProblemCode) {
	t.Helper()
	if len(errors) != 1 || errors[0].Extensions.Code != "INVALID" || len(errors[0].Extensions.Fields) != 1 || errors[0].Extensions.Fields[0].Code != code {
		t.Errorf("got %s, not INVALID with %s", asJSON(errors), code)
	}
}

// wantFields makes sure that one INVALID names just these fields, each with its
// code: "input.name TOO_LONG". Their order does not matter.
func wantFields(t *testing.T, errors []refusal, problems ...string) {
	t.Helper()
	var got []string
	for _, p := range errors[0].Extensions.Fields {
		got = append(got, db.PathText(p.Path)+" "+string(p.Code))
	}
	slices.Sort(got)
	slices.Sort(problems)
	if len(errors) != 1 || errors[0].Extensions.Code != "INVALID" || !slices.Equal(got, problems) {
		t.Errorf("got %s, not INVALID with %q", asJSON(errors), problems)
	}
}

// A list below each of several rows is paged as one of its own, both ways.
func TestPaging_ofNestedLists(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	for i := range 3 {
		patient := newPatient(t, c.db, fmt.Sprintf("Name%d", i))
		for n := range 7 {
			newRecord(t, c.db, patient, doctor, n+1+7*i)
		}
	}
	const fields = `{ nodes { recordedOn } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount }`
	page := func(arguments string) answer {
		return c.ask(`{ patients { nodes { medicalRecords(`+arguments+`, orderBy: [{field: RECORDED_ON}]) `+fields+` } } }`, nil)
	}
	days := func(a answer, patient int) string {
		var all []string
		for _, n := range a.at(fmt.Sprintf("patients.nodes.%d.medicalRecords.nodes", patient)).([]any) {
			all = append(all, n.(map[string]any)["recordedOn"].(string)[8:])
		}
		return fmt.Sprint(all)
	}
	first, last := page("first: 3"), page("last: 3")
	for patient, want := range []struct{ first, last, after, before string }{
		{"[01 02 03]", "[05 06 07]", "[04 05 06]", "[02 03 04]"}, {"[08 09 10]", "[12 13 14]", "[11 12 13]", "[09 10 11]"}, {"[15 16 17]", "[19 20 21]", "[18 19 20]", "[16 17 18]"},
	} {
		at := fmt.Sprintf("patients.nodes.%d.medicalRecords.", patient)
		if days(first, patient) != want.first || days(last, patient) != want.last || first.number(at+"totalCount") != 7 {
			t.Errorf("patient %d: first %s, last %s of %d", patient, days(first, patient), days(last, patient), first.number(at+"totalCount"))
		}
		if first.at(at+"pageInfo.hasNextPage") != true || first.at(at+"pageInfo.hasPreviousPage") != false || last.at(at+"pageInfo.hasPreviousPage") != true {
			t.Errorf("patient %d: %s", patient, asJSON(first.at(at+"pageInfo")))
		}
		after := page(fmt.Sprintf("first: 3, after: %q", first.text(at+"pageInfo.endCursor")))
		before := page(fmt.Sprintf("last: 3, before: %q", last.text(at+"pageInfo.startCursor")))
		if days(after, patient) != want.after || days(before, patient) != want.before {
			t.Errorf("patient %d: after %s, before %s", patient, days(after, patient), days(before, patient))
		}
	}
}

// One list may be asked for twice in an operation, with different arguments.
func TestPaging_ofAliases(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	for n := range 3 {
		newRecord(t, c.db, patient, doctor, n+1)
	}
	got := c.ask(`{ patients { nodes {
		oldest: medicalRecords(first: 1, orderBy: [{field: RECORDED_ON}]) { nodes { recordedOn } pageInfo { endCursor } }
		newest: medicalRecords(first: 1, orderBy: [{field: RECORDED_ON, direction: DESC}]) { nodes { recordedOn } }
		again: medicalRecords(first: 1, orderBy: [{field: RECORDED_ON}]) { nodes { recordedOn } pageInfo { endCursor } }
		none: medicalRecords(first: 1, where: {diagnosis: {eq: "nothing"}}) { nodes { recordedOn } }
	} } }`, nil)
	node := answer(got.at("patients.nodes.0").(map[string]any))
	if node.text("oldest.nodes.0.recordedOn") != "2026-03-01" || node.text("newest.nodes.0.recordedOn") != "2026-03-03" || asJSON(node["again"]) != asJSON(node["oldest"]) ||
		asJSON(node["none"]) != `{"nodes":[]}` {
		t.Errorf("got %s", asJSON(got))
	}
}
