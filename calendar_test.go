package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/google/uuid"
)

// A clinic is one database from which several servers answer, each a process of
// its own. Its practitioners work from 9:00 to 17:00 on every day.
type clinic struct {
	*dbtest.Database
	servers       []*process
	zone          *time.Location
	today         time.Time // in the zone, when the clinic was arranged
	practitioners []uuid.UUID
	patients      []uuid.UUID
	receptionist  *api
	token         string // of the receptionist
}

// visitLength is how long the visits of these tests are.
const visitLength = 30 * time.Minute

// newClinic returns a clinic that so many servers answer from.
func newClinic(t testing.TB, servers, practitioners, patients int) *clinic {
	t.Helper()
	c := arrangeClinic(t, dbtest.New(t), practitioners, patients)
	for range servers {
		c.servers = append(c.servers, startOn(t, c.URL))
	}
	c.signIn(t)
	return c
}

// arrangeClinic returns a clinic that no server answers from yet.
func arrangeClinic(t testing.TB, database *dbtest.Database, practitioners, patients int) *clinic {
	t.Helper()
	c := &clinic{Database: database}
	ctx := auth.WithActor(t.Context(), auth.SystemActor("tester"))
	row, err := c.Clinic(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if c.zone, err = time.LoadLocation(row.TimeZone); err != nil {
		t.Fatal(err)
	}
	c.today = time.Now().In(c.zone)
	for n := range practitioners {
		p, family := &db.Practitioner{Identifiers: db.Identifiers{{System: "urn:doctor", Value: fmt.Sprint(n)}}}, fmt.Sprint("Doctor ", n)
		p.FamilyName = &family
		if p, err = c.CreatePractitioner(ctx, p); err != nil {
			t.Fatal(err)
		}
		c.practitioners = append(c.practitioners, p.ID)
		for day := time.Sunday; day <= time.Saturday; day++ {
			c.SQL.MustExec(`
				INSERT INTO working_hours (id, practitioner_id, kind, weekday, start_time, end_time, starts_on)
				VALUES ($1, $2, 'WORK', $3, '9:00', '17:00', '2020-01-01')`, db.NewID(db.KindWorkingHours), p.ID, strings.ToUpper(day.String()))
		}
	}
	for n := range patients {
		p, family := &db.Patient{BirthDatePrecision: db.UnknownPrecision, Sex: db.UnknownSex}, fmt.Sprint("Patient ", n)
		p.FamilyName = &family
		if p, err = c.CreatePatient(ctx, &db.Registration{Patient: *p}); err != nil {
			t.Fatal(err)
		}
		c.patients = append(c.patients, p.ID)
	}
	addUser(t, c.Database, "desk", auth.Receptionist)
	return c
}

// signIn signs the receptionist in and gives them an API token.
func (c *clinic) signIn(t testing.TB) {
	t.Helper()
	c.receptionist = signIn(t, "http://"+c.servers[0].address, "desk", testPassword)
	made := c.receptionist.ask(fmt.Sprintf(`mutation { createApiToken(input: {name: "tests", role: RECEPTIONIST, expiresAt: %q}) { token } }`,
		time.Now().Add(24*time.Hour).UTC().Format(time.RFC3339)))
	c.token, _ = at(made, "data", "createApiToken", "token").(string)
	if c.token == "" {
		t.Fatalf("no token: %v", made)
	}
}

// at returns what lies at a path of fields of a decoded answer, or nil.
func at(v any, path ...string) any {
	for _, field := range path {
		object, _ := v.(map[string]any)
		v = object[field]
	}
	return v
}

// client returns the nth client: every other one is at the second server, and of
// those of a server every other one has an API token and no session.
func (c *clinic) client(n int) *api {
	a := &api{
		t: c.receptionist.t, address: "http://" + c.servers[n%len(c.servers)].address,
		client: &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 1}},
	}
	if n/len(c.servers)%2 == 1 {
		a.token = c.token
	} else {
		jar, _ := cookiejar.New(nil) // never fails
		request, _ := http.NewRequest(http.MethodGet, a.address, nil)
		jar.SetCookies(request.URL, c.receptionist.client.Jar.Cookies(request.URL)) // the jar tells hosts apart, not ports
		a.client.Jar = jar
	}
	return a
}

// day returns 9:00 of the nth day from today.
func (c *clinic) day(n int) time.Time {
	year, month, day := c.today.Date()
	return time.Date(year, month, day+n, 9, 0, 0, 0, c.zone)
}

// A freeTime is what is offered instead of a time that is taken.
type freeTime struct{ StartsAt, EndsAt time.Time }

// An outcome is what is answered to somebody who books.
type outcome struct {
	ID       string // of the visit; empty when it was refused
	Code     string // of the refusal
	Kind     string
	NextFree []freeTime
	Message  string
}

// book asks for a visit. An error means that no answer came.
func (a *api) book(patient, practitioner uuid.UUID, start time.Time, key string) (*outcome, error) {
	document, input := `mutation($input: BookAppointmentInput!) { bookAppointment(input: $input) { appointment { id } } }`, map[string]any{
		"patientId": patient, "practitionerId": practitioner, "startsAt": start, "endsAt": start.Add(visitLength),
	}
	variables := map[string]any{"input": input}
	if key != "" {
		document = `mutation($input: BookAppointmentInput!, $key: String!) { bookAppointment(input: $input) @idempotent(key: $key) { appointment { id } } }`
		variables["key"], input["reason"] = key, key
	}
	response, err := a.post(document, variables)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var got struct {
		Data struct {
			BookAppointment struct{ Appointment struct{ ID string } }
		}
		Errors []struct {
			Message    string
			Extensions struct {
				Code, Kind string
				NextFree   []freeTime
			}
		}
	}
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil {
		return nil, err
	}
	o := &outcome{ID: got.Data.BookAppointment.Appointment.ID}
	if len(got.Errors) > 0 {
		e := got.Errors[0]
		o.Code, o.Kind, o.NextFree, o.Message = e.Extensions.Code, e.Extensions.Kind, e.Extensions.NextFree, e.Message
	}
	return o, nil
}

// together has n do something at the same moment and waits for all of them.
func together(n int, do func(i int)) {
	var all sync.WaitGroup
	begin := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-begin
			do(i)
		})
	}
	close(begin)
	all.Wait()
}

// A heldTime is a visit that holds its time.
type heldTime struct {
	ID             string
	PractitionerID uuid.UUID `db:"practitioner_id"`
	PatientID      uuid.UUID `db:"patient_id"`
	StartsAt       time.Time `db:"starts_at"`
	EndsAt         time.Time `db:"ends_at"`
}

func (c *clinic) held(t testing.TB) (all []heldTime) {
	t.Helper()
	err := c.SQL.Select(&all, `
		SELECT id, practitioner_id, patient_id, starts_at, ends_at
		FROM appointments
		WHERE status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS')`)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// checkOffer says whether three times were offered that practitioner and patient
// are free at, in the order of their starts and within the hours.
func (c *clinic) checkOffer(t testing.TB, held []heldTime, practitioner, patient uuid.UUID, after time.Time, offer []freeTime) {
	t.Helper()
	if len(offer) != 3 {
		t.Errorf("%d times are offered", len(offer))
	}
	for n, f := range offer {
		start, end := f.StartsAt.In(c.zone), f.EndsAt.In(c.zone)
		opens := time.Date(start.Year(), start.Month(), start.Day(), 9, 0, 0, 0, c.zone)
		if end.Sub(start) != visitLength || start.Before(opens) || end.After(opens.Add(8*time.Hour)) || start.Before(after) || n > 0 && !start.After(offer[n-1].StartsAt) {
			t.Errorf("instead of %v the %d. offer is %v to %v", after, n+1, start, end)
		}
		for _, h := range held {
			if (h.PractitionerID == practitioner || h.PatientID == patient) && h.StartsAt.Before(end) && h.EndsAt.After(start) {
				t.Errorf("%v is offered and taken", start)
			}
		}
	}
}

// checkPeace stops the servers, as the database learns of some only then, and
// says whether anybody was a deadlock's victim or any server logged a trouble.
func (c *clinic) checkPeace(t testing.TB) {
	t.Helper()
	for n, s := range c.servers {
		if err := s.end(syscall.SIGTERM); err != nil {
			t.Errorf("server %d ended with %v", n, err)
		}
		for _, word := range []string{`"level":"ERROR"`, "SQLSTATE", "deadlock", "panic"} {
			if strings.Contains(s.output.String(), word) {
				t.Errorf("server %d logged %.2000s", n, s.output)
				break
			}
		}
	}
	var deadlocks int
	if err := c.SQL.Get(&deadlocks, `SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`); err != nil || deadlocks != 0 {
		t.Errorf("%d deadlocks, %v", deadlocks, err)
	}
}
