package graph_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
)

// An export is a file of all that its query lists.
func TestExports(t *testing.T) {
	t.Parallel()
	h := newExportingHouse(t)
	h.rooms(250)
	nino := h.employ("nino", auth.Doctor)
	t.Run("have all pages of the list", func(t *testing.T) {
		for query, vars := range map[string]variables{
			`{ rooms { nodes { name id } } }`: nil,
			`{ rooms(first: 7, after: null) { totalCount nodes { name id } pageInfo { endCursor } } }`:                                                                  nil,
			`query R($n: Int, $c: String) { rooms(last: $n, before: $c) { edges { cursor node { name id } } } }`:                                                        {"n": 3, "c": "nonsense"},
			`{ clinic { name } viewer { id } rooms { ...page nodes { ...of } } } fragment of on Room { name ...{ id } } fragment page on RoomConnection { totalCount }`: nil,
			`query($exportFirst: Boolean!) { all: rooms { rows: nodes { name @include(if: $exportFirst) id } } }`:                                                       {"exportFirst": true},
		} {
			for _, ending := range []string{"csv", "ndjson"} {
				got := nino.in(t).exported(query, ending, vars)
				lines := strings.Split(strings.TrimSuffix(got.text, "\n"), "\n")
				if ending == "csv" {
					if lines[0] != "name,id\r" {
						t.Errorf("%s begins with %q", query, lines[0])
					}
					lines = lines[1:]
				}
				if got.err != nil || got.StatusCode != http.StatusOK || len(lines) != 250 || got.Trailer.Get("Clinicql-Rows") != "250" {
					t.Fatalf("%s is answered %d with %d lines, %v: %.300s", query, got.StatusCode, len(lines), got.err, got.text)
				}
				for i, line := range lines {
					if !strings.Contains(line, fmt.Sprintf("Room %03d", i+1)) {
						t.Fatalf("the line %d is %s", i+1, line)
					}
				}
			}
		}
	})
	t.Run("say what they are, and nothing of what is in them", func(t *testing.T) {
		for ending, media := range map[string]string{"csv": "text/csv; charset=utf-8; header=present", "ndjson": "application/x-ndjson; charset=utf-8"} {
			got := nino.in(t).exported(`{ rooms { nodes { name } } }`, ending, nil)
			for name, want := range map[string]string{
				"Content-Type": media, "Content-Disposition": `attachment; filename="export.` + ending + `"`, "Cache-Control": "no-store",
			} {
				if got.Header.Get(name) != want {
					t.Errorf("%s has %s %q", ending, name, got.Header.Get(name))
				}
			}
		}
	})
	t.Run("are empty where there is nothing", func(t *testing.T) {
		if got := nino.in(t).exported(`{ patients { nodes { id name: displayName } } }`, "csv", nil); got.text != "id,name\r\n" || got.Trailer.Get("Clinicql-Rows") != "0" {
			t.Errorf("got %d %q", got.StatusCode, got.text)
		}
		if got := nino.in(t).exported(`{ patients { nodes { id } } }`, "ndjson", nil); got.text != "" || got.StatusCode != http.StatusOK || got.Trailer.Get("Clinicql-Rows") != "0" {
			t.Errorf("got %d %q", got.StatusCode, got.text)
		}
	})
	t.Run("take objects apart, and keep lists whole", func(t *testing.T) {
		chart := h.patient("own", nino)
		id := chart.values["Patient"]
		query := `query($id: ID!) { patient(id: $id) { displayName appointments(orderBy: [{field: STARTS_AT}]) { edges { node {
			__typename startsAt isOverbooked practitioner { specialty name: displayName } room { name } patient { identifiers { system value } address { city country } }
			medicalRecords(first: 1) { nodes { diagnosis } } } } } } }`
		got := nino.in(t).exported(query, "csv", variables{"id": id}).records(t)
		if want := []string{"__typename", "startsAt", "isOverbooked", "practitioner.specialty", "practitioner.name", "room.name", "patient.identifiers", "patient.address.city", "patient.address.country",
			"medicalRecords.nodes"}; !slices.Equal(got[0], want) {
			t.Errorf("the columns are %q", got[0])
		}
		if row := got[1]; row[0] != "Appointment" || row[1] != "2026-01-01T09:00:00Z" || row[2] != "false" || row[3] != "s" || row[5] != "" || row[7] != "Tbilisi" || !strings.HasPrefix(row[6], `[{"system":"urn:x"`) || row[9] != "[]" {
			t.Errorf("a visit is %q", row)
		}
		if !slices.ContainsFunc(got, func(row []string) bool { return row[9] == `[{"diagnosis":"`+chart.marker+`"}]` }) {
			t.Errorf("no visit has its record: %q", got)
		}
		var visit struct {
			Patient struct{ Address struct{ City string } }
		}
		lines := strings.Split(nino.in(t).exported(query, "ndjson", variables{"id": id}).text, "\n")
		mustUnmarshal(t, []byte(lines[0]), &visit)
		if visit.Patient.Address.City != "Tbilisi" || len(lines) != len(got) {
			t.Errorf("got %d lines, %s", len(lines), lines[0])
		}
		if reads := h.count(`SELECT count(*) FROM audit_log WHERE action = 'READ' AND patient_id = '` + id + `' AND 'MedicalRecord.diagnosis' = ANY(fields)`); reads != 2 {
			t.Errorf("the chart was read twice, and the audit has it %d times", reads)
		}
	})
	t.Run("write no formula, and any text", func(t *testing.T) {
		texts := []string{"=1+1", "+995", "-2", "@a", "\t=1", `say "no"`, "a,b", "a\nb", "a\r\nb", " a ", "გიორგი", "'=1", "a=1", "<b>&"}
		for i, text := range texts {
			h.run("UPDATE rooms SET name = $1 WHERE name = $2", text, fmt.Sprintf("Room %03d", i+1))
		}
		query := `{ rooms { nodes { name } } }`
		var got []string
		csvText := nino.in(t).exported(query, "csv", nil)
		for _, row := range csvText.records(t)[1:] {
			got = append(got, row[0])
		}
		var plain []string
		for line := range strings.Lines(nino.in(t).exported(query, "ndjson", nil).text) {
			var row struct{ Name string }
			mustUnmarshal(t, []byte(line), &row)
			plain = append(plain, row.Name)
		}
		for _, text := range texts {
			if !slices.Contains(plain, text) {
				t.Errorf("%q is not among the lines of JSON", text)
			}
			if strings.ContainsRune("=+-@\t", rune(text[0])) {
				text = "'" + text
			}
			if text = strings.ReplaceAll(text, "\r\n", "\n"); !slices.Contains(got, text) { // as the reader has it
				t.Errorf("%q is not among the cells", text)
			}
		}
		if !strings.Contains(csvText.text, "\"a\r\nb\"\r\n") || !strings.Contains(csvText.text, "\"a\nb\"\r\n") {
			t.Error("breaks of lines are changed")
		}
	})
}
