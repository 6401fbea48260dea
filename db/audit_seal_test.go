package db_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

// events has audit_events add n entries within one statement.
const events = `SELECT audit_events('{"actor": "tester", "role": "NURSE", "operation": "op-1"}', 'READ', array_fill(NULL::uuid, ARRAY[$1::int]), '{Patient.allergies}', 'why')`

// seal seals until nothing is open.
func seal(t testing.TB, d *db.DB) (rows int, head db.SealHead) {
	t.Helper()
	for {
		n, made, err := d.SealAudit(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if made.Number == 0 {
			return rows, head
		}
		rows, head = rows+n, made
	}
}

func verify(t testing.TB, d *db.DB, head string) db.AuditReport {
	t.Helper()
	report, err := d.VerifyAudit(t.Context(), db.VerifyOptions{Head: head})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func get[T any](t testing.TB, d *dbtest.Database, query string, args ...any) (v T) {
	t.Helper()
	if err := d.SQL.Get(&v, query, args...); err != nil {
		t.Fatal(err)
	}
	return v
}

// asSealedBefore is the digest as older servers made it, whose seals are verified for ever.
const asSealedBefore = `sha256(convert_to(jsonb_build_array(l.id, encode(timestamptz_send(l.at), 'hex'),
	l.actor, l.role, l.user_id, l.token_id, l.operation_id, l.action, l.table_name, l.row_id, l.patient_id, l.fields::text, l.reason, l.glass_id,
	l.before::text, l.after::text)::text, 'UTF8'))`

// A row has the digest that it was sealed with, whatever stands in it.
func TestRowDigest_isThatOfOlderSeals(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	d.SQL.MustExec(`
		INSERT INTO audit_log (at, actor, operation_id, action, table_name, row_id, patient_id, fields, reason, glass_id, before, after)
		SELECT CASE WHEN n % 7 = 0 THEN 'infinity' WHEN n % 7 = 1 THEN now() - n * interval '7 days 1 microsecond' ELSE now() END, 'a' || chr(n), nullif(repeat(chr(n), n % 3), ''), 'UPDATE', chr(n), gen_random_uuid(),
			CASE WHEN n % 2 = 0 THEN gen_random_uuid() END, CASE WHEN n % 5 > 0 THEN ARRAY[chr(n), NULL, 'a"b\c', '{}'] END, CASE WHEN n % 3 > 0 THEN chr(n) || '\"</script>' || chr(n) END,
			gen_random_uuid(), CASE WHEN n % 4 > 0 THEN jsonb_build_object(chr(n), chr(n), 'b', 1.50, 'a', NULL, 'c', '[1e3, true]'::jsonb) END, to_jsonb(chr(n))
		FROM unnest(ARRAY(SELECT generate_series(1, 400)) || ARRAY[4304, 7312, 8232, 8233, 65279, 65533, 128512]) n`)
	if n := get[int](t, d, "SELECT count(*) FROM audit_log l WHERE "+db.RowDigest+" = "+asSealedBefore); n < 407 {
		t.Errorf("%d rows have the digest that they had", n)
	}
	if n := get[int](t, d, "SELECT count(*) FROM audit_log l WHERE "+db.RowDigest+" IS DISTINCT FROM "+asSealedBefore); n > 0 {
		t.Errorf("%d rows have another digest", n)
	}
}

// Writers that overlap finish in another order than that of their numbers, and
// some never: every row that is there is in exactly one seal all the same.
func TestSealAudit_whileOthersWrite(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	d.SQL.SetMaxOpenConns(12)
	ctx, stop := context.WithTimeout(t.Context(), 4*time.Second)
	defer stop()
	var writers, sealers sync.WaitGroup
	for w := range 8 {
		writers.Go(func() {
			r := rand.New(rand.NewPCG(uint64(w), 1))
			for ctx.Err() == nil {
				tx := d.SQL.MustBegin()
				for range 1 + r.IntN(3) {
					tx.MustExec(events, 1+r.IntN(3))
					time.Sleep(time.Duration(r.IntN(5)) * time.Millisecond)
				}
				if r.IntN(20) == 0 {
					time.Sleep(300 * time.Millisecond) // open across seals
				}
				if r.IntN(4) == 0 {
					_ = tx.Rollback()
				} else if err := tx.Commit(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	done := make(chan struct{})
	for range 2 { // two servers
		sealers.Go(func() {
			for {
				if _, _, err := d.SealAudit(t.Context()); err != nil {
					t.Error(err)
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	verified := 0
	sealers.Go(func() { // what is verified meanwhile is whole too
		for ; ctx.Err() == nil; verified++ {
			if report, err := d.VerifyAudit(t.Context(), db.VerifyOptions{}); err != nil || report.Broken != nil {
				t.Errorf("meanwhile it is %+v, %v", report.Broken, err)
			}
		}
	})
	writers.Wait()
	close(done)
	sealers.Wait()
	seal(t, d.DB)
	late := get[int](t, d, `
		SELECT count(*) FROM audit_seals s JOIN audit_seals before ON before.number = s.number - 1, unnest(s.ids) id WHERE id <= before.drawn_id`)
	if late == 0 {
		t.Error("no row came after a higher number was sealed: the test tries nothing")
	}
	if n := get[int](t, d, `
		SELECT count(*) FROM audit_log l FULL JOIN (SELECT unnest(ids) AS id FROM audit_seals) s ON s.id = l.id WHERE l.id IS NULL OR s.id IS NULL`); n != 0 {
		t.Errorf("%d rows are in no seal, or sealed ones are not there", n)
	}
	if n := get[int](t, d, `SELECT count(*) - count(DISTINCT id) FROM (SELECT unnest(ids) AS id FROM audit_seals) s`); n != 0 {
		t.Errorf("%d rows are in two seals", n)
	}
	report := verify(t, d.DB, "")
	if report.Broken != nil || report.Unsealed != 0 || int(report.Rows) != get[int](t, d, "SELECT count(*) FROM audit_log") {
		t.Errorf("%+v, %v", report, report.Broken)
	}
	gaps := get[int](t, d, "SELECT max(id) - count(*) FROM audit_log")
	t.Logf("%d rows in %d seals, %d of them late, %d numbers that never came; verified %d times meanwhile", report.Rows, report.Seals, late, gaps, verified)
}

// Once all is settled an idle server makes no seals, and no transaction ids.
func TestSealAudit_rests(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	seal(t, d.DB)
	d.SQL.MustExec(events, 3)
	other := d.SQL.MustBegin()
	other.MustExec(events, 2)
	d.SQL.MustExec(events, 1)
	if n, head, err := d.SealAudit(t.Context()); n != 4 || err != nil {
		t.Fatalf("%d rows, %v, %v", n, head, err)
	}
	before := get[int](t, d, "SELECT max(number) FROM audit_seals")
	for range 3 {
		if n, head, err := d.SealAudit(t.Context()); n != 0 || head.Number != 0 || err != nil {
			t.Fatalf("while another still writes it makes %v of %d rows, %v", head, n, err)
		}
	}
	if err := other.Rollback(); err != nil {
		t.Fatal(err)
	}
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) { // transactions of other tests are waited for too
		_, head, err := d.SealAudit(t.Context())
		if err != nil || time.Since(begun) > 30*time.Second {
			t.Fatalf("what was open is not settled: %v", err)
		}
		if head.Number > 0 {
			break
		}
	}
	for range 5 {
		if _, _, err := d.SealAudit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := get[int](t, d, "SELECT max(number) FROM audit_seals") - before; n != 1 {
		t.Errorf("%d seals settled what was open", n)
	}
	if report := verify(t, d.DB, ""); report.Broken != nil || report.Unsealed != 0 {
		t.Errorf("%+v %v", report, report.Broken)
	}
}

// A seal takes as many rows as it may, and the next what is left.
func TestSealAudit_inBatches(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	d.SQL.MustExec(events, 25_000)
	d.SQL.MustExec("SET session_replication_role = replica; UPDATE audit_log SET at = at - interval '300 days' WHERE id <= 20000; RESET session_replication_role")
	rows, head := seal(t, d.DB)
	report := verify(t, d.DB, fmt.Sprint(head))
	if rows < 25_000 || head.Number != 3 || report.Broken != nil || int(report.Rows) != rows {
		t.Errorf("%d rows, %v, %+v, %v", rows, head, report, report.Broken)
	}
}

// Seals that were cut off are not made good by new ones of their numbers.
func TestSealAudit_doesNotHideACut(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	for range 3 {
		d.SQL.MustExec(events, 1)
		if _, _, err := d.SealAudit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	d.SQL.MustExec("SET session_replication_role = replica; DELETE FROM audit_seals WHERE number = (SELECT max(number) FROM audit_seals); RESET session_replication_role")
	for range 3 {
		d.SQL.MustExec(events, 1)
		if _, _, err := d.SealAudit(t.Context()); err == nil || !strings.Contains(err.Error(), "seals are gone") {
			t.Errorf("it says %v", err)
		}
	}
	if report := verify(t, d.DB, ""); report.Broken == nil || !strings.Contains(report.Broken.Why, "are gone") {
		t.Errorf("%+v", report)
	}
}

// A database that was restored on another server knows of transactions that
// have yet to come there. None of these is waited for.
func TestSealAudit_afterARestore(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	other := d.SQL.MustBegin()
	other.MustExec(events, 1)
	d.SQL.MustExec(events, 2)
	if _, _, err := d.SealAudit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := other.Rollback(); err != nil { // as a dump does not hold it
		t.Fatal(err)
	}
	writer := d.SQL.MustBegin()
	writer.MustExec(events, 1)
	defer func() { _ = writer.Rollback() }()
	tx := d.SQL.MustBegin()
	tx.MustExec("SET LOCAL session_replication_role = replica")
	tx.MustExec("UPDATE audit_seals SET snapshot = (snapshot::text::bigint + 1000000)::text::xid8")
	for n := range get[int64](t, d, "SELECT max(number) FROM audit_seals") {
		if err := db.ForgeSeal(tx, n+1); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if _, head, err := d.SealAudit(t.Context()); err != nil || head.Number == 0 {
		t.Fatalf("what was open is not settled: %v", err)
	}
	if report := verify(t, d.DB, ""); report.Broken != nil {
		t.Errorf("%+v %v", report, report.Broken)
	}
}
