package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/seed"
)

// What would take too long or tell too much is refused with what to narrow.
func TestStats_refused(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor, analyst := c.as(auth.Doctor), c.as(auth.Analyst)
	for n := range 3 {
		newPractitioner(t, c.db, fmt.Sprint("Doctor", n))
	}
	const tenYears = `where: {startsAt: {gte: "2016-01-01T00:00:00Z", lt: "2026-01-01T00:00:00Z"}}`
	for _, test := range []struct {
		who                      *client
		arguments, code, telling string
	}{
		{doctor, "groupBy: [SHOE_SIZE]", "INVALID", "groupBy.0 is not a value of AppointmentGroup"},
		{doctor, "groupBy: [SEX, STATUS, TYPE, HOUR, WEEKDAY]", "INVALID", "groupBy are 5 groups: ask for at most 4"},
		{doctor, "groupBy: [" + strings.Repeat("SEX,", 40) + "]", "INVALID", "groupBy are 40 groups"},
		{doctor, "groupBy: [SEX, SEX]", "INVALID", "groupBy.1 is there already"},
		{doctor, "groupBy: [DAY]", "INVALID", "where.startsAt is needed"},
		{doctor, `where: {startsAt: {gte: "1826-01-01T00:00:00Z", lt: "2026-01-01T00:00:00Z"}}`, "INVALID", "where.startsAt is a range of 200 years: ask for at most 10"},
		{doctor, `where: {startsAt: {gte: "2026-01-01T00:00:00Z", lt: "2026-01-01T00:00:00Z"}}`, "INVALID", "ends before it starts"},
		{doctor, "groupBy: [DAY, HOUR, STATUS] " + tenYears, "INVALID", "ask for fewer or coarser groups, or for a shorter range"},
		{doctor, "orderBy: [{field: COUNT}, {field: COUNT}, {field: COUNT}, {field: COUNT}, {field: KEY}]", "INVALID", "at most 4 steps"},
		{doctor, "after: \"x\"", "INVALID", "is no cursor"},
		{doctor, "first: 101", "INVALID", "from 1 to 100"},
		{analyst, "groupBy: [REASON]", "FORBIDDEN", "AppointmentGroup.REASON"},
		{analyst, "groupBy: [SEX] where: {startsAt: {gte: \"2026-01-15T00:00:00Z\", lt: \"2026-03-01T00:00:00Z\"}}", "INVALID", "whole months"},
		{analyst, `where: {reason: {contains: "x"}}`, "FORBIDDEN", "AppointmentWhere.reason"},
		{analyst, `where: {patient: {familyName: {eq: "Beridze"}}}`, "FORBIDDEN", "PatientWhere.familyName"},
		{analyst, `groupBy: [PRACTITIONER, DAY], where: {startsAt: {gte: "2015-12-31T20:00:00Z", lt: "2025-12-31T20:00:00Z"}}`, "INVALID", "groupBy make more than 10,000 cells"},
		{analyst, "groupBy: [WEEKDAY, HOUR, WEEK] " + `where: {startsAt: {gte: "2025-11-30T20:00:00Z", lt: "2025-12-31T20:00:00Z"}}`, "INVALID", "groupBy.2 says the same as WEEKDAY"},
		{analyst, "groupBy: [SPECIALTY, PRACTITIONER]", "INVALID", "groupBy.1 says the same as SPECIALTY"},
	} {
		refused := test.who.in(t).refused("{ appointmentStats("+test.arguments+") { nodes { count } } }", nil)[0]
		if refused.Extensions.Code != test.code || !strings.Contains(refused.Message, test.telling) {
			t.Errorf("%s: %s %s", test.arguments, refused.Extensions.Code, refused.Message)
		}
	}
	for _, field := range []string{"key { reason }", "thirdNextAvailable"} {
		if refused := analyst.refused("{ appointmentStats { nodes { "+field+" } } }", nil)[0]; refused.Extensions.Code != "FORBIDDEN" {
			t.Errorf("%s: %s", field, refused.Extensions.Code)
		}
	}
	for who, query := range map[auth.Role]string{auth.Receptionist: "{ recordStats { nodes { count } } }", auth.Admin: "{ appointmentStats { nodes { count } } }"} {
		if refused := c.as(who).refused(query, nil)[0]; refused.Extensions.Code != "FORBIDDEN" {
			t.Errorf("%s: %s", who, refused.Extensions.Code)
		}
	}
}

// Analysts get numbers in fives of many, and of few nothing; pages and orders hold.
func TestStats_analyst(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	if _, err := seed.Run(acting(t), c.db.DB, seed.Options{Patients: 300, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	analyst := c.as(auth.Analyst)
	for _, query := range []string{
		"appointmentStats(groupBy: [STATUS, SEX], first: 5, orderBy: [{field: COUNT, direction: DESC}])", "recordStats(groupBy: [DIAGNOSIS_CHAPTER], first: 5)", "patientStats(groupBy: [AGE_BAND, SEX], first: 5)",
	} {
		name, _, _ := strings.Cut(query, "(")
		seen, last, after, suppressed := map[string]bool{}, 1<<30, "", false
		for {
			paged := strings.Replace(query, "first: 5", "first: 5"+after, 1)
			got := analyst.ask("{ "+paged+" { totalCount pageInfo { hasNextPage endCursor } nodes { isSuppressed count distinctPatients key { status sex ageBand diagnosisChapter } } } }", nil)
			nodes, _ := got.at(name + ".nodes").([]any)
			for _, n := range nodes {
				cell := answer(n.(map[string]any))
				key := asJSON(cell["key"])
				if seen[key] {
					t.Errorf("%s comes twice", key)
				}
				seen[key] = true
				isSuppressed := cell["isSuppressed"] == true
				if count := cell.number("count"); isSuppressed != (cell["count"] == nil) || count%5 != 0 || !isSuppressed && count == 0 {
					t.Errorf("%s: %v", key, cell)
				}
				if suppressed && !isSuppressed || strings.Contains(query, "DESC") && !isSuppressed && cell.number("count") > last {
					t.Errorf("%s stands in the wrong place", key)
				}
				suppressed = isSuppressed
				last = cell.number("count")
			}
			if got.at(name+".pageInfo.hasNextPage") != true {
				if n := got.number(name + ".totalCount"); n != len(seen) || n < 5 {
					t.Errorf("%s has %d cells, not %d", name, len(seen), n)
				}
				break
			}
			after = ` after: "` + got.text(name+".pageInfo.endCursor") + `"`
		}
	}
}
