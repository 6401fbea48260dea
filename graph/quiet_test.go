package graph_test

import (
	"strings"
	"testing"
)

// Errors about a document say where it is wrong without repeating a value.
func TestErrors_repeatNoValue(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for query, want := range map[string]string{
		`"A" "Beridze" { clinic { name } }`:                                                 `Unexpected String`,
		`Beridze Nino { clinic { name } }`:                                                  `Unexpected Name`,
		`{ searchPatients(query: Beridze) { totalCount } }`:                                 `a value does not fit its type`,
		`query($a: Int = "Beridze") { clinic { name } }`:                                    `a value does not fit its type; Variable "$a" is never used.`,
		`query a { patients(first: "Beridze") { totalCount } } query b { clinic { name } }`: `a value does not fit its type`,
		`{ ... @include(if: "Beridze") { clinic { name } } }`:                               `a value does not fit its type`,
		`{ clinic { nam } }`:                                                                `Cannot query field "nam" on type "Clinic". Did you mean "name"?`,
	} {
		var got []string
		for _, e := range c.refused(query, nil) {
			got = append(got, e.Message)
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s\ngot  %s\nwant %s", query, strings.Join(got, "; "), want)
		}
	}
	yes := `query($yes: Boolean!) { ... @include(if: $yes) { clinic { name } } }`
	if got := c.refused(yes, variables{"yes": "Beridze"}); got[0].Message != "does not fit its type" {
		t.Errorf("got %s", asJSON(got))
	}
	if got := c.refused(yes, nil); got[0].Message != "must be defined" {
		t.Errorf("got %s", asJSON(got))
	}
	if got := c.refused(`query($w: PatientWhere) { patients(where: $w) { totalCount } }`, variables{"w": variables{"Nino Beridze": 1}}); got[0].Message != "where.? is not a field of PatientWhere" {
		t.Errorf("got %s", asJSON(got))
	}
}
