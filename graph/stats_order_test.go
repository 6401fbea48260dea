package graph_test

import (
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
)

// Keys of which some are numbers have one order, so that pages of one cell each hold all.
func TestStats_orderOfKeys(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for _, code := range []string{"1a", "9", "b", "10", "2", "1A0"} {
		c.run(`UPDATE patients SET address = jsonb_build_object('postalCode', $1::text) WHERE id = $2`, code, newPatient(t, c.db, code).ID)
	}
	newPatient(t, c.db, "Nowhere")
	doctor := c.as(auth.Doctor)
	var regions []string
	for after := any(nil); len(regions) < 10; {
		got := doctor.ask(`query ($after: String) { patientStats(groupBy: [REGION], first: 1, after: $after) { nodes { key { region } } pageInfo { hasNextPage endCursor } } }`, variables{"after": after})
		regions = append(regions, got.text("patientStats.nodes.0.key.region"))
		if got.at("patientStats.pageInfo.hasNextPage") != true {
			break
		}
		after = got.at("patientStats.pageInfo.endCursor")
	}
	if got := strings.Join(regions, " "); got != "2 9 10 1A 1A0 B " {
		t.Errorf("the regions are %q", got)
	}
}
