package graph_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/graph/examples"
)

const exampleQueries = `{ exampleQueries { id title description document variables } }`

type example struct {
	ID, Title, Description, Document string
	Variables                        variables
}

// examples returns those that somebody is offered.
func (c *client) examples() []example {
	c.t.Helper()
	var all []example
	mustUnmarshal(c.t, []byte(asJSON(c.ask(exampleQueries, nil).at("exampleQueries"))), &all)
	return all
}

// Everybody is offered what their role can run, and it runs.
func TestExampleQueries(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	offered := map[auth.Role][]string{}
	for _, role := range auth.Roles {
		c := h.employ(strings.ToLower(string(role)), role)
		h.patient("own", c)
		for _, e := range c.examples() {
			offered[role] = append(offered[role], e.ID)
			response, text := c.send(e.Document, e.Variables)
			if got := parse(t, text); response.StatusCode != http.StatusOK || got.Errors != nil {
				t.Errorf("%s as %s is answered %s", e.ID, role, text)
			}
		}
	}
	all, err := examples.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if !slices.ContainsFunc(auth.Roles, func(role auth.Role) bool { return slices.Contains(offered[role], e.ID) }) {
			t.Errorf("%s is offered to nobody: it does not fit the schema, or no role may run all of it", e.ID)
		}
	}
	for role, want := range map[auth.Role]struct{ with, without string }{
		auth.Admin:        {"who-read-charts without-second-factor working-hours clinic cost ask-the-schema", "search nested-chart paging"},
		auth.Doctor:       {"search nested-chart diagnoses as-of history visits-to-export", "who-read-charts without-second-factor"},
		auth.Nurse:        {"nested-chart diagnoses as-of", "who-read-charts"},
		auth.Receptionist: {"search patients-by-filter paging free-slots wait-list history", "nested-chart diagnoses as-of"},
		auth.Analyst:      {"clinic cost ask-the-schema", "search nested-chart who-read-charts wait-list"},
	} {
		for _, id := range strings.Fields(want.with) {
			if !slices.Contains(offered[role], id) {
				t.Errorf("%s is not offered to %s", id, role)
			}
		}
		for _, id := range strings.Fields(want.without) {
			if slices.Contains(offered[role], id) {
				t.Errorf("%s is offered to %s", id, role)
			}
		}
	}
}

// Texts are in the language that is asked for, and English for whoever asks for none of
// them; times are those of today.
func TestExampleQueries_texts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	nino := h.employ("nino", auth.Receptionist)
	in := func(language string) []example {
		other := *nino.client
		other.header = nino.header.Clone()
		other.header.Set("Accept-Language", language)
		return other.examples()
	}
	english, georgian := nino.examples(), in("ka-GE,ka;q=0.9,en;q=0.8")
	for i, e := range english {
		g := georgian[i]
		if e.Title == "" || e.Description == "" || strings.ContainsAny(e.Title+e.Description, "აეიოუ") || !strings.ContainsAny(g.Title, "აეიოუ") || !strings.ContainsAny(g.Description, "აეიოუ") {
			t.Errorf("%s is %q in English and %q in Georgian", e.ID, e.Title, g.Title)
		}
		if e.ID != g.ID || e.Document != g.Document || strings.HasPrefix(e.Document, "#") {
			t.Errorf("%s is another document in Georgian, or begins with comments", e.ID)
		}
	}
	for language, first := range map[string]string{"fr": english[0].Title, "en-GB": english[0].Title, "de, ka;q=0.5": georgian[0].Title, "\"; DROP": english[0].Title, strings.Repeat("a-", 3000): english[0].Title} {
		if got := in(language)[0].Title; got != first {
			t.Errorf("in %.20q it is %q", language, got)
		}
	}
	place := slices.IndexFunc(english, func(e example) bool { return e.ID == "cancelled-late" })
	from, err := time.Parse(time.RFC3339, english[place].Variables["from"].(string))
	if days := time.Since(from).Hours() / 24; err != nil || days < 30 || days > 31.1 {
		t.Errorf("the visits are those from %v on, %v", english[place].Variables, err)
	}
}
