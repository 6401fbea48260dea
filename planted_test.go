package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/embedded"
	"github.com/jmoiron/sqlx"
)

// Nothing that is sent to the server gets into its log, into that of its
// Postgres, or, where it is a value, into an error: marks are planted in every
// place of a request and then looked for in all that was written.
func TestPlanted(t *testing.T) {
	t.Parallel()
	dir := scratch(t)
	// Nobody is limited: whoever is refused as often as here would be held.
	p, err := start(t, dir, "--demo", "--log-level=debug", "--rate=0", "--anonymous-rate=0")
	if err != nil {
		t.Fatal(err)
	}
	url, err := embedded.Running(filepath.Join(dir, "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	f := newField(t, p, url)
	f.plantDocuments()
	f.plantRequests()
	if f.codes["INTERNAL"]+f.codes["UNAVAILABLE"] > 0 {
		t.Errorf("a healthy server failed: %v", f.codes)
	}
	f.plantTrouble()
	if err := p.end(syscall.SIGTERM); err != nil {
		t.Errorf("it ended with %v", err)
	}
	f.look("the log", p.output.String())
	f.look("standard output", p.said.String())
	for path, text := range postgresLogs(t, dir) {
		f.look(path, text)
	}
	if n := strings.Count(p.output.String(), `"operation failed"`); n < 20 {
		t.Errorf("%d failures are in the log: too few were tried", n)
	}
	if !strings.Contains(p.output.String(), `"postgres"`) {
		t.Error("nothing of Postgres is in the log")
	}
	t.Logf("%d marks in %d requests: %v", len(f.marks), f.requests, f.codes)
}

// A field is where marks are planted.
type field struct {
	t        *testing.T
	address  string
	db       *sqlx.DB
	browsers map[string]*api // by role
	mu       sync.Mutex
	marks    map[string]string // where each was planted
	day      time.Time         // of the newest appointment
	requests int
	codes    map[string]int
	ids      map[string]string // of a row of each noun
}

func newField(t *testing.T, p *process, url string) *field {
	t.Helper()
	pool, err := sqlx.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	f := &field{
		t: t, address: "http://" + p.address, db: pool, browsers: map[string]*api{"": newAPI(t, "http://"+p.address)},
		marks: map[string]string{}, day: time.Now().AddDate(0, 3, 0), codes: map[string]int{}, ids: map[string]string{},
	}
	for role, password := range p.passwords {
		f.browsers[role] = signIn(t, f.address, role, password)
	}
	f.fillCalendar()
	for noun, table := range map[string]string{
		"Patient": "patients", "Practitioner": "practitioners", "Appointment": "appointments", "MedicalRecord": "medical_records", "Allergy": "allergies",
		"Room": "rooms", "AppointmentType": "appointment_types", "TimeOff": "time_off", "SlotHold": "slot_holds", "WaitListEntry": "wait_list_entries",
		"AppointmentSeries": "appointment_series",
	} {
		var id string
		if err := pool.Get(&id, "SELECT id FROM "+table+" ORDER BY id DESC LIMIT 1"); err != nil {
			t.Fatal(err)
		}
		f.ids[noun] = id
	}
	return f
}

// fillCalendar adds a hold, a wish and a series, of which the demonstration has
// none, and opens all days.
func (f *field) fillCalendar() {
	f.exec("DELETE FROM working_hours; UPDATE time_off SET cancelled_at = now()", "")
	f.exec(`
		WITH visit AS (SELECT patient_id, practitioner_id FROM appointments WHERE practitioner_id IS NOT NULL ORDER BY id DESC LIMIT 1),
			hold AS (INSERT INTO slot_holds (id, practitioner_id, starts_at, ends_at, expires_at)
				SELECT '01900000-0000-7000-8000-000000000011', practitioner_id, now() + interval '1 day', now() + interval '25 hours', now() + interval '1 hour' FROM visit
				ON CONFLICT DO NOTHING),
			wish AS (INSERT INTO wait_list_entries (id, patient_id, practitioner_id, length, starts_on, ends_on, status)
				SELECT '01900000-0000-7000-8000-000000000012', patient_id, practitioner_id, 30, current_date, current_date + 300, 'WAITING' FROM visit
				ON CONFLICT DO NOTHING)
		INSERT INTO appointment_series (id, patient_id, practitioner_id, frequency, every, times)
		SELECT '01900000-0000-7000-8000-000000000013', patient_id, practitioner_id, 'DAILY', 1, 2 FROM visit
		ON CONFLICT DO NOTHING`, "")
}

// mark returns a text that is nowhere else.
func (f *field) mark(where string) string {
	return f.keep(where, "zq"+strings.ToLower(rand.Text()[:12]))
}

// number returns a number that is nowhere else.
func (f *field) number(where string) json.Number {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000_000))
	if err != nil {
		f.t.Fatal(err)
	}
	return json.Number(f.keep(where, fmt.Sprint(1_100_000_000+n.Int64())))
}

// keep notes a mark that was made elsewhere, and returns it.
func (f *field) keep(where, mark string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.marks[strings.ToLower(mark)] = where
	return mark
}

// send sends a request in the browser of a role. The values must not be in its errors.
func (f *field) send(role string, request *http.Request, values ...string) string {
	f.t.Helper()
	browser := f.browsers[role]
	response, err := (&http.Client{Jar: browser.client.Jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(request)
	if err != nil {
		f.t.Errorf("%s: %v", values, err)
		return ""
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	var answer struct {
		Errors []struct{ Extensions struct{ Code string } }
	}
	var errors struct{ Errors json.RawMessage }
	if json.Unmarshal(text, &answer) != nil || json.Unmarshal(text, &errors) != nil {
		errors.Errors = text
	}
	code := fmt.Sprint(response.StatusCode)
	if len(answer.Errors) > 0 {
		code = answer.Errors[0].Extensions.Code
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests++
	f.codes[code]++
	for _, v := range values {
		if strings.Contains(strings.ToLower(string(errors.Errors)), strings.ToLower(v)) {
			f.t.Errorf("an error repeats a value of %s: %.600s", f.marks[strings.ToLower(v)], errors.Errors)
		}
	}
	return code
}

// post makes the request of a body of JSON.
func (f *field) post(body []byte) *http.Request {
	request, err := http.NewRequestWithContext(f.t.Context(), http.MethodPost, f.address+"/graphql", bytes.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("GraphQL-Require-Preflight", "1")
	return request
}

// ask sends a document with variables.
func (f *field) ask(role, query string, variables map[string]any, values ...string) string {
	f.t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		f.t.Fatal(err)
	}
	return f.send(role, f.post(body), values...)
}

// look looks for the marks, also as Postgres writes bytes.
func (f *field) look(where, text string) {
	text = strings.ToLower(text)
	found := 0
	for mark, planted := range f.marks {
		at := strings.Index(text, mark)
		if at < 0 {
			at = strings.Index(text, fmt.Sprintf("%x", mark))
		}
		if at < 0 {
			continue
		}
		if found++; found <= 10 {
			f.t.Errorf("%s tells what was planted in %s: …%s…", where, planted, text[max(0, at-300):min(len(text), at+100)])
		}
	}
	if found > 10 {
		f.t.Errorf("%s tells of %d more", where, found-10)
	}
}

// postgresLogs returns the files that Postgres may have logged to.
func postgresLogs(t *testing.T, dir string) map[string]string {
	t.Helper()
	logs := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if name := filepath.Base(filepath.Dir(path)); name == "log" || name == "pg_log" || strings.HasSuffix(path, ".log") {
			text, err := os.ReadFile(path)
			logs[path] = string(text)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return logs
}
