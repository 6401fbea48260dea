package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/dbtest"
)

func TestServe(t *testing.T) {
	t.Parallel()
	dir := scratch(t)
	p, err := start(t, dir, "--demo")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/health": `{"status":"pass"`, "/health/live": `{"status":"pass"`, "/health/ready": `{"status":"pass"`,
	} {
		if status, text := p.get(t, path); status != http.StatusOK || !strings.Contains(text, want) {
			t.Errorf("%s answers %d: %.200s", path, status, text)
		}
	}
	schema := func(browser *api) (int, string) {
		response := browser.follow(browser.address + "/schema.graphql")
		text, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(text)
	}
	if status, text := schema(newAPI(t, "http://"+p.address)); status != http.StatusUnauthorized || strings.Contains(text, "Patient") {
		t.Errorf("the schema is told to anybody: %d %.200s", status, text)
	}
	if status, text := schema(signIn(t, "http://"+p.address, "doctor", p.passwords["doctor"])); status != http.StatusOK || !strings.Contains(text, "type Patient implements Node") {
		t.Errorf("a doctor is told of the schema %d %.200s", status, text)
	}
	count := func(p *process) string {
		return fmt.Sprint(signIn(t, "http://"+p.address, "doctor", p.passwords["doctor"]).ask(`{ patients { totalCount } }`))
	}
	if got := count(p); got != "map[data:map[patients:map[totalCount:200]]]" {
		t.Errorf("the demonstration clinic has %s", got)
	}
	if got := fmt.Sprint(newAPI(t, "http://"+p.address).ask(`{ patients { totalCount } }`)); !strings.Contains(got, "UNAUTHENTICATED") {
		t.Errorf("nobody in particular is answered %s", got)
	}
	t.Run("refuses a second server on its directory", func(t *testing.T) {
		if _, err := start(t, dir); err == nil || !strings.Contains(err.Error(), "in use by another") {
			t.Errorf("the second says %v", err)
		}
	})
	t.Run("lets commands work beside it", func(t *testing.T) {
		for arguments, want := range map[string]string{"migrate": "0 migrations applied", "migrate --pending": "0 migrations to be applied"} {
			if out := beside(t, dir, "", strings.Fields(arguments)...); !strings.Contains(out, want) {
				t.Errorf("%s says %s", arguments, out)
			}
		}
	})
	t.Run("stops in peace and starts again", func(t *testing.T) {
		if err := p.end(syscall.SIGTERM); err != nil {
			t.Errorf("it ended with %v: %s", err, p.output)
		}
		if said := p.output.String(); strings.Contains(said, `"WARN"`) || strings.Contains(said, `"ERROR"`) {
			t.Errorf("it logged a trouble: %s", said)
		}
		again, err := start(t, dir, "--demo")
		if err != nil {
			t.Fatal(err)
		}
		if got := count(again); got != "map[data:map[patients:map[totalCount:200]]]" {
			t.Errorf("afterwards there are %s", got)
		}
	})
}

// Kill -9 of the server, twenty times while it inserts: it always starts again,
// and no patient whose answer was sent is lost.
func TestServe_survivesKills(t *testing.T) {
	t.Parallel()
	dir := scratch(t)
	acknowledged := map[string]bool{}
	var doctor *api // whose session outlives the kills
	for round := range 20 {
		p, err := start(t, dir)
		if err != nil {
			t.Fatalf("start %d: %v", round, err)
		}
		if doctor == nil {
			beside(t, dir, testPassword, "user", "add", "doctor", "--role=DOCTOR")
			doctor = signIn(t, "http://"+p.address, "doctor", testPassword)
		}
		doctor.address = "http://" + p.address // the jar tells hosts apart, not ports
		timer := time.AfterFunc(time.Minute, func() { _ = p.Process.Kill() })
		for n := 0; ; n++ {
			if n == 1 { // however long the first takes on a busy machine
				timer.Reset(150 * time.Millisecond)
			}
			name := fmt.Sprintf("Name %d %d", round, n)
			mrn, err := registerOne(doctor, name)
			if err != nil {
				break
			}
			acknowledged[mrn] = true
		}
		timer.Stop()
		_ = p.end(syscall.SIGKILL)
	}
	p, err := start(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	doctor.address = "http://" + p.address // the jar tells hosts apart, not ports
	found := 0
	after := "null"
	for {
		page := doctor.ask(`{ patients(first: 100, after: ` + after + `) { nodes { mrn } pageInfo { hasNextPage endCursor } } }`)
		patients := page.(map[string]any)["data"].(map[string]any)["patients"].(map[string]any)
		for _, node := range patients["nodes"].([]any) {
			if acknowledged[node.(map[string]any)["mrn"].(string)] {
				found++
			}
		}
		info := patients["pageInfo"].(map[string]any)
		if info["hasNextPage"] == false {
			break
		}
		after = fmt.Sprintf("%q", info["endCursor"])
	}
	if len(acknowledged) < 20 || found != len(acknowledged) {
		t.Errorf("%d of %d acknowledged patients are there", found, len(acknowledged))
	}
	t.Logf("%d acknowledged patients, all there", found)
}

func registerOne(a *api, name string) (mrn string, err error) {
	response, err := a.post(`mutation($name: String!) { createPatient(input: {familyName: $name, sex: UNKNOWN, birthDatePrecision: UNKNOWN}) { patient { mrn } } }`,
		map[string]string{"name": name})
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	var got struct {
		Data struct {
			CreatePatient struct{ Patient struct{ MRN string } }
		}
	}
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil {
		return "", err
	}
	if got.Data.CreatePatient.Patient.MRN == "" {
		return "", fmt.Errorf("no patient")
	}
	return got.Data.CreatePatient.Patient.MRN, nil
}

// The first administrator is made by a link that is printed once and used once,
// or by a command.
func TestServe_setUp(t *testing.T) {
	t.Parallel()
	dir := scratch(t)
	p, err := start(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`http://\S+/set-up#(\S+)`)
	var token []string
	for range 50 {
		if token = link.FindStringSubmatch(p.said.String()); token != nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if token == nil {
		t.Fatalf("no link in %s", p.said)
	}
	setUp := func(name string) string {
		return fmt.Sprint(newAPI(t, "http://"+p.address).ask(fmt.Sprintf(
			`mutation { setUpFirstAdministrator(input: {token: %q, loginName: %q, displayName: "A", password: %q}) { viewer { role } } }`, token[1], name, testPassword)))
	}
	if got := setUp("first"); got != "map[data:map[setUpFirstAdministrator:map[viewer:map[role:ADMIN]]]]" {
		t.Fatalf("the link answers %s", got)
	}
	if got := setUp("second"); !strings.Contains(got, "WRONG_SECRET") || !strings.Contains(got, "token") {
		t.Errorf("used twice it answers %s", got)
	}
	if strings.Contains(p.output.String(), token[1]) {
		t.Error("the link is in the log")
	}
	out := beside(t, dir, "", "user", "add", "nino", "--role=NURSE", "--generate")
	made := regexp.MustCompile(`Password: (\S+)`).FindStringSubmatch(out)
	if made == nil {
		t.Fatalf("adding a user says %s", out)
	}
	signIn(t, "http://"+p.address, "nino", made[1])
	beside(t, dir, testPassword+"\n", "user", "password", "nino")
	signIn(t, "http://"+p.address, "nino", testPassword)
	if err := p.end(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if p, err = start(t, dir); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(p.said.String(), "set-up#") {
		t.Error("a link is printed though there are users")
	}
}

// A server that starts before its database is up is not ready, and is as soon
// as the database is.
func TestHealth(t *testing.T) {
	t.Parallel()
	s := newServer(dbtest.New(t).DB, "postgres://nobody@127.0.0.1:1/none?sslmode=disable&connect_timeout=1", &ServeConfig{})
	ctx, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer stop()
	if err := s.prepare(ctx, ""); err != nil || s.health.migrated.Load() {
		t.Errorf("ready without migrations: %v", err)
	}
	status := func(path string) int {
		w := httptest.NewRecorder()
		s.routes().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		return w.Code
	}
	s.health.look(t.Context())
	if status("/health/live") != 200 || status("/health/ready") != 503 || status("/health") != 503 {
		t.Errorf("live %d, ready %d", status("/health/live"), status("/health/ready"))
	}
	s.health.migrated.Store(true)
	if status("/health/ready") != 200 {
		t.Error("not ready though all is well")
	}
	s.health.dataDir = t.TempDir()
	s.health.diskLow.Store(true)
	w := httptest.NewRecorder()
	s.routes().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/health", nil))
	if w.Code != 200 || !strings.Contains(w.Body.String(), `"status":"warn"`) || !strings.Contains(w.Body.String(), `"disk":[{"status":"warn"}]`) {
		t.Errorf("with little disk left it says %d %s", w.Code, w.Body)
	}
	s.health.draining.Store(true)
	if status("/health/live") != 200 || status("/health/ready") != 503 {
		t.Error("ready while draining")
	}
}

// A server whose own database ends does not say that all went well.
func TestServe_failsWithItsDatabase(t *testing.T) {
	t.Parallel()
	dir := scratch(t)
	p, err := start(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	pid, err := os.ReadFile(filepath.Join(dir, "postgres", "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	postmaster, err := strconv.Atoi(strings.SplitN(string(pid), "\n", 2)[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(postmaster, syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err == nil || !strings.Contains(p.output.String(), "the database ended") {
		t.Errorf("it ended with %v: %s", err, p.output)
	}
}

// Migrations are taken back and applied again by command.
func TestMigrate(t *testing.T) {
	t.Parallel()
	address := dbtest.Empty(t)
	files, err := filepath.Glob("migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	all := fmt.Sprint(len(files))
	for _, step := range []struct{ arguments, want string }{
		{"migrate --pending", all + " migrations to be applied"}, {"migrate", all + " migrations applied"}, {"migrate --down 2", "2 migrations taken back"},
		{"migrate --pending", "2 migrations to be applied"}, {"migrate", "2 migrations applied"},
	} {
		c := exec.Command(os.Args[0], strings.Fields(step.arguments)...)
		c.Env = append(os.Environ(), "CLINICQL_TEST_AS_SERVER=1", "DATABASE_URL="+address)
		if out, err := c.CombinedOutput(); err != nil || !strings.Contains(string(out), step.want) {
			t.Errorf("%s: %v: %s", step.arguments, err, out)
		}
	}
}

// A server that tells nobody of its schema has no page that would.
func TestRoutes_withoutIntrospection(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	for none, pages := range map[bool]map[string]int{
		false: {"/schema.graphql": http.StatusUnauthorized, "/playground": http.StatusOK, "/sign-in": http.StatusOK},
		true:  {"/schema.graphql": http.StatusNotFound, "/playground": http.StatusNotFound, "/sign-in": http.StatusOK},
	} {
		routes := newServer(d.DB, d.URL, &ServeConfig{NoIntrospection: none}).routes()
		for path, want := range pages {
			answer := httptest.NewRecorder()
			routes.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
			if answer.Code != want {
				t.Errorf("without introspection %v, %s is answered %d", none, path, answer.Code)
			}
		}
	}
}
