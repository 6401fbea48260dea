package graph_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// try sends a document and returns the answer, or why there was none.
func (c *client) try(ctx context.Context, query string) (string, error) {
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		return "", err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.server.URL, strings.NewReader(string(body)))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return strings.TrimSpace(string(text)), err
}

// Many look at many instants at once, over the same few connections, and some of
// them go away while they are answered: everybody sees their own instant, and who
// looks at no instant sees what is now.
func TestAsOf_atOnce(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	const versions, clients, questions = 20, 24, 25
	patient, other := newPatient(t, c.db, "name0"), newPatient(t, c.db, "Other")
	var instants [versions]string
	for n := range versions {
		c.run("UPDATE patients SET family_name = $2 WHERE id = $1", patient.ID, fmt.Sprintf("name%d", n))
		c.run("UPDATE clinics SET name = $1", fmt.Sprintf("name%d", n))
		instants[n] = c.instant()
	}
	for c.ask(`{ clinic { name } }`, nil).text("clinic.name") != fmt.Sprintf("name%d", versions-1) {
		time.Sleep(50 * time.Millisecond) // a server asks again after a second
	}
	question := fmt.Sprintf(`{ patient(id: %q) { familyName appointments { totalCount } } clinic { name } patients(where: {familyName: {startsWith: "name"}}) { nodes { familyName } } }`, patient.ID)
	var all sync.WaitGroup
	for n := range clients {
		all.Go(func() {
			r := rand.New(rand.NewPCG(8, uint64(n)))
			for range questions {
				version, query := r.IntN(versions), question
				if r.IntN(4) > 0 {
					query = pastOf(instants[version], question)
				} else {
					version = versions - 1
				}
				ctx, leave := context.WithCancel(t.Context())
				leaves := r.IntN(3) == 0
				if leaves {
					time.AfterFunc(time.Duration(r.IntN(8000))*time.Microsecond, leave)
				}
				text, err := c.try(ctx, query)
				leave()
				text = costs.ReplaceAllString(text, "}")
				if leaves && (errors.Is(err, context.Canceled) || strings.Contains(text, "UNAVAILABLE")) {
					continue
				}
				want := strings.ReplaceAll(`{"data":{"patient":{"familyName":"NAME","appointments":{"totalCount":0}},"clinic":{"name":"NAME"},"patients":{"nodes":[{"familyName":"NAME"}]}}}`, "NAME", fmt.Sprintf("name%d", version))
				if err != nil || text != want {
					t.Errorf("%s\nis answered with %s, %v", query, text, err)
				}
			}
		})
	}
	for n := range 20 { // and some write
		version := n + 1
		all.Go(func() {
			query := fmt.Sprintf(`mutation { updatePatient(input: {patientId: %q, expectedVersion: %d, familyName: "Else"}) { patient { id } } }`, other.ID, version)
			if text, err := c.try(t.Context(), query); err != nil || strings.Contains(text, "INTERNAL") || strings.Contains(text, "UNAVAILABLE") {
				t.Errorf("a writer got %s, %v", text, err)
			}
		})
	}
	all.Wait()
}

// Visits are moved, and moves are taken back, by several at once: at no instant,
// just before it or after it, is there another number of visits than one.
func TestAsOf_movesAreOneInstant(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctors := newPatient(t, c.db, "Beridze"), []string{newPractitioner(t, c.db, "One").ID.String(), newPractitioner(t, c.db, "Two").ID.String()}
	first := c.ask(fmt.Sprintf(`mutation { bookAppointment(input: {patientId: %q, practitionerId: %q, startsAt: %q, length: "PT30M"}) { appointment { id } } }`,
		patient.ID, doctors[0], tomorrow(0).Format(time.RFC3339)), nil).text("bookAppointment.appointment.id")
	var all sync.WaitGroup
	for n := range 5 {
		all.Go(func() {
			r := rand.New(rand.NewPCG(9, uint64(n)))
			for range 15 {
				var last struct {
					ID      string
					Version int
				}
				step := "status = 'BOOKED'"
				if r.IntN(4) == 0 {
					step = "status = 'CANCELLED' AND id = (SELECT rescheduled_from_id FROM appointments WHERE status = 'BOOKED')"
				}
				if err := c.db.SQL.Get(&last, "SELECT id, version FROM appointments WHERE "+step); err != nil {
					continue // just moved by another
				}
				query := fmt.Sprintf(`mutation { undoAppointmentStep(input: {appointmentId: %q, expectedVersion: %d}) { appointment { id } } }`, last.ID, last.Version)
				if step == "status = 'BOOKED'" {
					query = fmt.Sprintf(`mutation { rescheduleAppointment(input: {appointmentId: %q, expectedVersion: %d, startsAt: %q, practitionerId: %q}) { appointment { id } } }`,
						last.ID, last.Version, tomorrow(r.IntN(400)).Format(time.RFC3339), doctors[r.IntN(2)])
				}
				if text, err := c.try(t.Context(), query); err != nil || strings.Contains(text, "INTERNAL") {
					t.Errorf("%s got %s, %v", query, text, err)
				}
			}
		})
	}
	all.Wait()
	instants := c.changesOf("appointments")
	if len(instants) < 20 {
		t.Fatalf("the visit was moved at %d instants only", len(instants))
	}
	for _, at := range instants {
		got := c.ask(pastOf(at, fmt.Sprintf(`{ patient(id: %q) { appointments(where: {status: {eq: BOOKED}}) { totalCount nodes { rescheduledFrom { status rescheduledTo { status } } } } nextAppointment { status } } }`, patient.ID)), nil)
		if got.number("patient.appointments.totalCount") != 1 || got.text("patient.nextAppointment.status") != "BOOKED" {
			t.Errorf("at %s there is %s", at, asJSON(got))
		}
	}
	before := c.ask(pastOf(c.before("appointments", first), `{ appointments { totalCount } }`), nil)
	if before.number("appointments.totalCount") != 0 {
		t.Errorf("before it was booked there is %s", asJSON(before))
	}
}

// changesOf returns all instants at which rows of a table changed, each with those
// just before and after it, from the first on.
func (c *client) changesOf(table string) []string {
	c.t.Helper()
	var all []time.Time
	err := c.db.SQL.Select(&all, `SELECT t FROM (
			SELECT valid_from + n * interval '1 microsecond' AS t, min(valid_from) OVER () AS first FROM history.`+table+`, generate_series(-1, 1) n
		) c WHERE t >= first GROUP BY t ORDER BY t`)
	if err != nil {
		c.t.Fatal(err)
	}
	texts := make([]string, len(all))
	for i, at := range all {
		texts[i] = at.UTC().Format(time.RFC3339Nano)
	}
	return texts
}

// before returns the last instant at which a row was not there.
func (c *client) before(table, id string) string {
	c.t.Helper()
	var at time.Time
	if err := c.db.SQL.Get(&at, "SELECT min(valid_from) - interval '1 microsecond' FROM history."+table+" WHERE id = $1", id); err != nil {
		c.t.Fatal(err)
	}
	return at.UTC().Format(time.RFC3339Nano)
}
