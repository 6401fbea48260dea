package graph_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/graph"
)

// The export of a statistic of several pages counts once: it is of one moment, and in
// the audit once.
func TestExports_ofStatistics(t *testing.T) {
	t.Parallel()
	pages, after := 0, func() {}
	h := newExportingHouseOf(t, graph.NewRates(0, 0), func(api http.Handler) http.Handler {
		return graph.Exports(graph.AfterEach(api, func() { pages++; after() }), nil)
	})
	doctor := h.employ("doctor", auth.Doctor)
	patient := newPatient(t, h.db, "Beridze")
	const days = 230
	for range days {
		newRecord(t, h.db, patient, doctor.practitioner, 1)
	}
	h.run("UPDATE medical_records SET recorded_on = d.day FROM (SELECT id, '2025-01-01'::date + row_number() OVER (ORDER BY id)::int AS day FROM medical_records) d WHERE d.id = medical_records.id")
	file := doctor.save(variables{"document": `query($first: Int, $after: String) { recordStats(groupBy: [DAY], first: $first, after: $after, where: {recordedOn: {gte: "2025-01-01", lt: "2026-01-01"}}) { pageInfo { hasNextPage endCursor } nodes { key { dayOn } count } } }`}) + ".csv"
	pages = 0
	after = func() { // all on one day
		h.run("UPDATE medical_records SET recorded_on = (SELECT max(recorded_on) FROM medical_records)")
	}
	got := doctor.export(file)
	rows := got.records(t)[1:]
	seen := map[string]bool{}
	for _, r := range rows {
		if count, err := strconv.Atoi(r[1]); err != nil || count != 1 || seen[r[0]] {
			t.Errorf("%v comes twice, or is of another moment", r)
		}
		seen[r[0]] = true
		if _, err := time.Parse(time.DateOnly, r[0]); err != nil {
			t.Error(err)
		}
	}
	if len(rows) != days || pages != 3 {
		t.Errorf("%d cells on %d pages", len(rows), pages)
	}
	if n := h.count("SELECT count(*) FROM audit_log WHERE action = 'READ' AND 'Query.recordStats' = ANY (fields)"); n != 1 {
		t.Errorf("it is in the audit %d times", n)
	}
}
