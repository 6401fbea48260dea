package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/embedded"
)

// On a full disk charts are read on, and each read is in the audit once there is
// room; whoever writes is told UNAVAILABLE. Nobody restarts anything.
func TestServe_onAFullDisk(t *testing.T) {
	t.Parallel()
	t.Run("of a Postgres elsewhere", func(t *testing.T) {
		t.Parallel()
		disk := smallDisk(t, 256)
		own := startPostgres(t, filepath.Join(disk, "postgres"))
		spool := filepath.Join(t.TempDir(), "reads.spool")
		endureFullDisk(t, disk, true, func() (string, *process) {
			return own.URL(), startOn(t, own.URL(), "CLINICQL_READ_SPOOL="+spool)
		})
	})
	t.Run("of its own Postgres", func(t *testing.T) {
		t.Parallel()
		disk := smallDisk(t, 256)
		dir := filepath.Join(disk, "data")
		endureFullDisk(t, disk, false, func() (string, *process) {
			p, err := start(t, dir)
			if err != nil {
				t.Fatal(err)
			}
			url, err := embedded.Running(filepath.Join(dir, "postgres"))
			if err != nil {
				t.Fatal(err)
			}
			return url, p
		})
	})
}

// endureFullDisk fills the disk under the database of a server, and frees it. A
// server whose database is elsewhere can be killed meanwhile.
func endureFullDisk(t *testing.T, disk string, isElsewhere bool, begin func() (url string, p *process)) {
	url, p := begin()
	c := arrangeClinic(t, openDatabase(t, url), 1, 1)
	addUser(t, c.Database, "doctor", auth.Doctor)
	doctor := signIn(t, "http://"+p.address, "doctor", testPassword)
	health := func(want string) {
		t.Helper()
		for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) {
			status, text := p.get(t, "/health")
			ready, _ := p.get(t, "/health/ready")
			if status == 200 && ready == 200 && strings.Contains(text, want) {
				return
			}
			if time.Since(begun) > 20*time.Second {
				t.Fatalf("health is %d %s (ready %d), and not %s", status, text, ready, want)
			}
		}
	}
	health(`"writes":[{"status":"pass"}]`)

	free := fill(t, disk)
	acknowledged, refused := map[string]bool{}, 0
	for n := 0; refused < 60 && n < 5000; n++ {
		mrn, code := tryToRegister(doctor, fmt.Sprint("Name ", n))
		switch {
		case mrn != "":
			acknowledged[mrn] = true
		case code == "UNAVAILABLE":
			refused++
		default:
			t.Fatalf("a write is answered %s", code)
		}
	}
	if refused < 60 {
		t.Fatalf("only %d of %d writes were refused", refused, len(acknowledged)+refused)
	}
	var read []string // operations
	for n := range 200 {
		if n == 100 && isElsewhere {
			_ = p.end(syscall.SIGKILL)
			_, p = begin()
			doctor.address = "http://" + p.address // the jar tells hosts apart, not ports
		}
		read = append(read, readChart(t, doctor, c.patients[0].String()))
	}
	health(`"writes":[{"status":"warn"}]`)
	written := c.countReads(t)
	if written == len(read) {
		t.Error("all reads are in the audit already: nothing was tried")
	}

	free()
	health(`"writes":[{"status":"pass"}]`)
	if mrn, code := tryToRegister(doctor, "Afterwards"); mrn == "" {
		t.Errorf("with room again a write is answered %s", code)
	}
	var there []string
	if err := c.SQL.Select(&there, "SELECT mrn FROM patients"); err != nil {
		t.Fatal(err)
	}
	for _, mrn := range there {
		delete(acknowledged, mrn)
	}
	if len(acknowledged) > 0 {
		t.Errorf("%d acknowledged patients are not there", len(acknowledged))
	}
	for _, operation := range read {
		var times, late int
		row := c.SQL.QueryRow(`SELECT count(*), count(reason) FROM audit_log WHERE operation_id = $1 AND action = 'READ' AND actor = 'doctor' AND patient_id = $2`, operation, c.patients[0])
		if err := row.Scan(&times, &late); err != nil || times != 1 {
			t.Errorf("a read is in the audit %d times, %v", times, err)
		}
	}
	report, err := c.VerifyAudit(t.Context(), db.VerifyOptions{})
	if err != nil || report.Broken != nil {
		t.Errorf("the audit: %v, %v", report.Broken, err)
	}
	if strings.Contains(p.output.String(), `"INTERNAL"`) {
		t.Errorf("something was told as INTERNAL: %.3000s", p.output)
	}
	t.Logf("%d writes were refused and %d reads answered, %d of them kept", refused, len(read), len(read)-written)
}

func (c *clinic) countReads(t testing.TB) (n int) {
	t.Helper()
	if err := c.SQL.Get(&n, "SELECT count(*) FROM audit_log WHERE action = 'READ' AND actor = 'doctor'"); err != nil {
		t.Fatal(err)
	}
	return n
}

// tryToRegister returns the record number of a new patient, or the code of the refusal.
func tryToRegister(a *api, name string) (mrn, code string) {
	answer := a.ask(fmt.Sprintf(`mutation { createPatient(input: {familyName: %q, sex: UNKNOWN, birthDatePrecision: UNKNOWN}) { patient { mrn } } }`, name))
	mrn, _ = at(answer, "data", "createPatient", "patient", "mrn").(string)
	if errs, _ := at(answer, "errors").([]any); len(errs) > 0 {
		code, _ = at(errs[0], "extensions", "code").(string)
	}
	return mrn, code
}

// readChart reads a chart and returns the id of the operation.
func readChart(t testing.TB, a *api, patient string) string {
	t.Helper()
	response, err := a.post(`query($id: ID!) { patient(id: $id) { medicalRecords { nodes { diagnosis } } } }`, map[string]any{"id": patient})
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	if response.StatusCode != http.StatusOK || !strings.HasPrefix(string(text), `{"data":{"patient":{"medicalRecords":{"nodes":[]}}},"extensions"`) {
		t.Fatalf("a chart is answered %d %s", response.StatusCode, text)
	}
	return response.Header.Get("Operation-Id")
}

// smallDisk mounts a file system of so many megabytes that the database's own
// user can pass through, and returns its folder. Only root may.
func smallDisk(t testing.TB, megabytes int) string {
	t.Helper()
	dir := filepath.Dir(scratch(t))
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dm,mode=755", megabytes)); err != nil {
		t.Skipf("NOT TESTED: only root can make a small disk: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// fill fills the disk of a folder to the last byte, and returns what frees it.
func fill(t testing.TB, dir string) (free func()) {
	t.Helper()
	file, err := os.Create(filepath.Join(dir, "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for block := make([]byte, 1<<20); len(block) > 0; {
		_, err := file.Write(block)
		if errors.Is(err, syscall.ENOSPC) {
			block = block[:len(block)/2]
		} else if err != nil {
			t.Fatal(err)
		}
	}
	return func() {
		if err := os.Remove(file.Name()); err != nil {
			t.Error(err)
		}
	}
}

// When Postgres has no room for its log it ends, by its own decision. Until it is
// back everybody is told UNAVAILABLE, and nobody restarts the server.
func TestServe_withoutRoomForTheLog(t *testing.T) {
	t.Parallel()
	disk := smallDisk(t, 256)
	own := startPostgres(t, filepath.Join(disk, "postgres"))
	p := startOn(t, own.URL(), "CLINICQL_READ_SPOOL="+filepath.Join(t.TempDir(), "reads.spool"))
	c := arrangeClinic(t, openDatabase(t, own.URL()), 1, 1)
	addUser(t, c.Database, "doctor", auth.Doctor)
	doctor := signIn(t, "http://"+p.address, "doctor", testPassword)
	mrn, code := tryToRegister(doctor, "Before")
	if mrn == "" {
		t.Fatal(code)
	}
	free := fill(t, disk)
	for n := 0; ; n++ {
		if _, err := c.SQL.Exec("SELECT pg_logical_emit_message(true, '', repeat('x', 3000000))"); err != nil {
			break
		}
		if n > 100 {
			t.Fatal("the log has no end")
		}
	}
	<-own.Done()
	own.Stop()
	for range 5 {
		if mrn, code := tryToRegister(doctor, "Meanwhile"); mrn != "" || code != "UNAVAILABLE" {
			t.Errorf("without a database a write is answered %s %s", mrn, code)
		}
	}
	if !p.becomes(t, http.StatusServiceUnavailable) {
		t.Error("ready without a database")
	}
	free()
	startPostgres(t, own.dir)
	if !p.becomes(t, http.StatusOK) {
		t.Errorf("not ready though the database is: %.2000s", p.output)
	}
	if mrn, code := tryToRegister(doctor, "Afterwards"); mrn == "" {
		t.Errorf("with the database a write is answered %s", code)
	}
	var names string
	if err := c.SQL.Get(&names, "SELECT string_agg(family_name, ' ' ORDER BY id) FROM patients"); err != nil || names != "Patient 0 Before Afterwards" {
		t.Errorf("there are %s, %v", names, err)
	}
}

// becomes says whether /health/ready answers a status within some time.
func (p *process) becomes(t testing.TB, want int) bool {
	t.Helper()
	for begun := time.Now(); time.Since(begun) < 20*time.Second; time.Sleep(10 * time.Millisecond) {
		if response, err := http.Get("http://" + p.address + "/health/ready"); err == nil {
			response.Body.Close()
			if response.StatusCode == want {
				return true
			}
		}
	}
	return false
}
