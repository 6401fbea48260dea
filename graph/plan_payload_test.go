package graph_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/graph"
)

// Random selections below the payloads of mutations are answered by plans, byte for byte, as
// by the resolvers, errors and their paths included. A mutation that is repeated by its key
// answers of the row that it wrote first, so that both ways can be asked.
func TestPlans_answerMutationsAsResolversDo(t *testing.T) {
	t.Parallel()
	first := rand.Uint64()
	t.Logf("the seed is %d", first)
	ways := newTwoWays(t)
	p := policies(t, schema)
	t.Cleanup(func() {
		if ran, others := graph.RanByPlan(ways.api); ran < 3*others || ran < 1000 {
			t.Errorf("%d fields were answered by their plans, %d were not", ran, others)
		}
	})
	for n, role := range []auth.Role{auth.System, auth.Doctor, auth.Nurse, auth.Receptionist, auth.Admin} {
		may := func(name string) bool {
			return p.May(auth.Actor{Name: "tester", Role: role}, name) && !slices.Contains(unsteady, name)
		}
		mutations := slices.DeleteFunc(ways.mutations(n), func(mutation string) bool { return !may("Mutation." + nameOf(mutation)) })
		for i, mutation := range mutations {
			mutations[i] = fmt.Sprintf(`%s @idempotent(key: "mutation-%d-%d")`, mutation, n, i)
			_, text := ways.byResolvers.as(role).post("mutation { m: "+mutations[i]+" { __typename } }", nil)
			if isRefused := parse(t, text).Errors != nil; isRefused != strings.Contains(mutation, "expectedVersion: 77") {
				t.Errorf("%s is answered %s", mutation, text)
			}
		}
		a := newAuthor(first+uint64(n), ways.ids, may)
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			answered, refused := ways.compare(t, role, 300, func() (string, variables) { return a.mutation(mutations) })
			if answered < 100 || refused == 0 {
				t.Errorf("%d were answered, %d refused", answered, refused)
			}
		})
	}
}

// mutations are some whose payloads lead to other rows, with what they are given by client n.
// One is always refused.
func (w *twoWays) mutations(n int) []string {
	var patient string
	if err := w.byPlan.db.SQL.Get(&patient, "SELECT id FROM patients WHERE NOT is_restricted ORDER BY id LIMIT 1"); err != nil {
		w.byPlan.t.Fatal(err)
	}
	doctor := w.ids["Practitioner"][n]
	at := time.Now().AddDate(0, 6, 30*n).UTC().Truncate(time.Hour)
	on := func(hours int) string { return at.Add(time.Duration(hours) * time.Hour).Format(time.RFC3339) }
	const override = `override: {rules: [OUTSIDE_HOURS], reason: "for a test"}`
	return []string{
		`createPatient(input: {familyName: "Beridze", sex: FEMALE, birthDate: "1990-02-28", confirmNotDuplicate: true})`,
		fmt.Sprintf(`updatePatient(input: {patientId: %q, expectedVersion: 77, email: "a@example.org"})`, patient),
		fmt.Sprintf(`bookAppointment(input: {patientId: %q, practitionerId: %q, startsAt: %q, length: "PT30M", %s})`, patient, doctor, on(0), override),
		fmt.Sprintf(`requestAppointment(input: {patientId: %q, practitionerId: %q, startsAt: %q, length: "PT30M"})`, patient, doctor, on(1)),
		fmt.Sprintf(`bookAppointmentSeries(input: {patientId: %q, practitionerId: %q, startsAt: %q, length: {duration: "PT30M"}, recurrence: {frequency: WEEKLY, times: 3}, %s})`, patient, doctor, on(2), override),
		fmt.Sprintf(`createMedicalRecord(input: {patientId: %q, practitionerId: %q, diagnosis: "Asthma"})`, patient, doctor),
		fmt.Sprintf(`recordAllergy(input: {patientId: %q, substance: "Penicillin"})`, patient),
		fmt.Sprintf(`addToWaitList(input: {patientId: %q, practitionerId: %q, length: {duration: "PT30M"}, endsOn: %q})`, patient, doctor, at.AddDate(0, 1, 0).Format(time.DateOnly)),
		`createPractitioner(input: {familyName: "Kapanadze"})`,
		fmt.Sprintf(`createRoom(input: {name: "%d"})`, n),
		fmt.Sprintf(`createTimeOff(input: {practitionerId: %q, startsAt: %q, endsAt: %q})`, doctor, on(1000), on(1001)),
	}
}

func nameOf(mutation string) string { return mutation[:strings.Index(mutation, "(")] }

// mutation writes a document of up to three of some mutations, and the variables that it
// includes and skips by.
func (a *author) mutation(of []string) (string, variables) {
	for {
		a.fragments, a.names = nil, 0
		var text strings.Builder
		for _, i := range a.Perm(len(of))[:1+a.IntN(3)] {
			payload := schema.Types[schema.Mutation.Fields.ForName(nameOf(of[i])).Type.Name()]
			fmt.Fprintf(&text, " m%d: %s %s", i, of[i], a.selection(payload, 2+a.IntN(2)))
		}
		document := "mutation ($yes: Boolean!, $no: Boolean = false) { __typename @include(if: $yes) t: __typename @skip(if: $no)" +
			text.String() + " } " + strings.Join(a.fragments, " ")
		if len(document) < 4000 && strings.Count(document, "@") < 18 {
			return document, variables{"yes": a.IntN(4) > 0, "no": a.IntN(4) == 0}
		}
	}
}

// Each payload is read after its own mutation and before the next one, by one statement for
// what hangs on its row.
func TestPlans_readPayloadsInTurn(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	api := graph.Handler(c.db.DB, nil)
	c.server = serveAPI(t, api, &c.actor)
	book := func(n int) string {
		return fmt.Sprintf(`m%d: bookAppointment(input: {patientId: %q, practitionerId: %q, startsAt: %q, length: "PT30M", override: {rules: [OUTSIDE_HOURS], reason: "for a test"}}) {
			appointment { status patient { familyName appointments { totalCount nodes { status } } } } appointmentEdge { node { practitioner { familyName } } } }`,
			n, patient.ID, doctor.ID, tomorrow(n).Format(time.RFC3339))
	}
	got := asJSON(c.ask("mutation {"+book(0)+book(1)+"}", nil))
	of := func(visits int, nodes string) string {
		return fmt.Sprintf(`{"appointment":{"patient":{"appointments":{"nodes":[%s],"totalCount":%d},"familyName":"Beridze"},"status":"BOOKED"},"appointmentEdge":{"node":{"practitioner":{"familyName":"Doctor"}}}}`, nodes, visits)
	}
	if want := `{"m0":` + of(1, `{"status":"BOOKED"}`) + `,"m1":` + of(2, `{"status":"BOOKED"},{"status":"BOOKED"}`) + `}`; got != want {
		t.Errorf("got  %s\nnot  %s", got, want)
	}
	if ran, others := graph.RanByPlan(api); ran != 4 || others != 0 {
		t.Errorf("%d fields were answered by their plans, %d were not", ran, others)
	}
}

// What a plan cannot finish below a payload the resolvers do, with the paths of its errors,
// and nothing is written twice: not where a field fails, and not where the plan panics.
func TestPlans_writeOnce(t *testing.T) {
	t.Parallel()
	for name, of := range map[string]struct {
		api         func(*db.DB) http.Handler
		after, want string
	}{
		"a field fails": {func(d *db.DB) http.Handler { return graph.Handler(d, nil) }, `(after: "none")`,
			`{"createPatient":null,"restored":null} [[createPatient patient appointments] [restored]]`},
		"the plan panics": {func(d *db.DB) http.Handler { return graph.PanickingPlans(d) }, "",
			`{"createPatient":{"patient":{"appointments":{"totalCount":0}}},"restored":null} [[restored]]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var api http.Handler
			c := newOwnClient(t, auth.Doctor, func(d *db.DB) http.Handler {
				api = of.api(d)
				return api
			})
			_, text := c.post(fmt.Sprintf(`mutation { createPatient(input: {familyName: "Beridze", sex: FEMALE, birthDate: "1990-02-28"}) { patient { appointments%s { totalCount } } }
				restored: restorePatient(input: {patientId: %q, expectedVersion: 1}) { patient { id } } }`, of.after, db.NewID(db.KindPatient)), nil)
			got, paths := parse(t, text), [][]any{}
			for _, e := range got.Errors {
				paths = append(paths, e.Path)
			}
			if got := fmt.Sprint(asJSON(got.Data), " ", paths); got != of.want {
				t.Errorf("got %s", got)
			}
			if n := c.count("SELECT count(*) FROM patients"); n != 1 {
				t.Errorf("%d patients were written", n)
			}
			if ran, others := graph.RanByPlan(api); ran != 0 || others != 1 {
				t.Errorf("%d fields were answered by their plans, %d were not", ran, others)
			}
		})
	}
}

// When the database cannot answer below a payload, nothing of it is asked for again.
func TestPlans_askNothingAgainBelowPayloads(t *testing.T) {
	t.Parallel()
	of := func(api func(*dbtest.Database) http.Handler) (text string, asked int) {
		c := newTrouble(t, "appointments", api)
		return c.during("pg_cancel_backend", `mutation { createPatient(input: {familyName: "Gelashvili", sex: FEMALE, birthDate: "1990-02-28"}) {
			patient { familyName appointments { totalCount } lastVisit { startsAt } } } }`)
	}
	got, asked := of(func(d *dbtest.Database) http.Handler { return graph.Handler(d.DB, nil) })
	want, _ := of(func(d *dbtest.Database) http.Handler { return graph.ByResolvers(graph.Handler(d.DB, nil)) })
	if told := parse(t, want); len(told.Errors) == 0 || told.Errors[0].Extensions.Code != "TIMED_OUT" {
		t.Fatalf("resolvers answered %s", want)
	}
	if got, want := inOrder(t, got), inOrder(t, want); got != want {
		t.Errorf("got  %s\nnot  %s", got, want)
	}
	if asked != 2 {
		t.Errorf("the database was asked %d times, not twice", asked)
	}
}
