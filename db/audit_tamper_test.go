package db_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/jmoiron/sqlx"
)

// A tampering is what somebody did who may do everything in the database.
type tampering struct {
	*sqlx.Tx
	r *rand.Rand

	want   string // how the report begins, where that is one thing
	byHead bool   // only who kept a head can find it
	seals  bool   // the server goes on sealing before anybody looks
	undo   string // what the copies of the rows do not undo
}

func (x *tampering) get(query string, args ...any) (n int64) {
	if err := x.Get(&n, query, args...); err != nil {
		panic(fmt.Sprintf("%s: %v", query, err))
	}
	return n
}

// row is the number of a random row that is sealed, and seal that of a random
// seal that holds rows and is neither the first nor one of the last.
func (x *tampering) row() int64 {
	return x.get("SELECT unnest(ids) FROM audit_seals ORDER BY random() LIMIT 1")
}
func (x *tampering) seal() int64 {
	return x.get("SELECT number FROM audit_seals WHERE cardinality(ids) > 1 AND number > 1 AND number < (SELECT max(number) - 3 FROM audit_seals) ORDER BY random() LIMIT 1")
}

// gap is a number that no row has and none will have.
func (x *tampering) gap() int64 {
	return x.get("SELECT n FROM generate_series(1, (SELECT max(settled_id) FROM audit_seals)) n WHERE NOT EXISTS (SELECT FROM audit_log WHERE id = n) ORDER BY random() LIMIT 1")
}

// changes are expressions that differ from a column's value, by type.
var changes = map[string][]string{
	"timestamp with time zone": {"%s + interval '1 microsecond'", "%s - interval '1 hour'", "'infinity'", "'-infinity'"},
	"text":                     {"coalesce(%s, '') || 'x'", "coalesce(%s, '') || ' '", "coalesce(upper(%s), '') || '?'"},
	"uuid":                     {"gen_random_uuid()"},
	"ARRAY":                    {"array_append(%s, 'Patient.notes')", "array_append(%s, NULL)", "ARRAY[ARRAY['x', 'y']]"},
	"jsonb":                    {`coalesce(%s, '{}') || '{"forged": true}'`, "CASE WHEN %[1]s IS NULL THEN 'null' ELSE jsonb_build_array(%[1]s) END"},
}

func (x *tampering) edit(column, kind string) {
	how := changes[kind]
	expression := strings.ReplaceAll(how[x.r.IntN(len(how))], "%[1]s", "%s")
	expression = strings.ReplaceAll(expression, "%s", column)
	if column == "action" {
		expression = "CASE action WHEN 'READ' THEN 'DENIED' WHEN 'UPDATE' THEN 'INSERT' ELSE 'UPDATE' END"
	}
	where, args := "id = $1", []any{x.row()}
	defer func() {
		x.want = fmt.Sprintf("at row %d of seal %d: the row is not what was sealed", args[0], x.get("SELECT number FROM audit_seals WHERE $1 = ANY (ids)", args[0]))
	}()
	if column != "actor" && column != "action" && column != "at" && column != "table_name" && column != "row_id" && x.r.IntN(2) == 0 {
		if n := x.get("SELECT coalesce(min(id), 0) FROM audit_log WHERE "+column+" IS NOT NULL AND id >= $1", args...); n > 0 {
			expression, args = "NULL", []any{n}
		}
	}
	x.MustExec("UPDATE audit_log SET "+column+" = "+expression+" WHERE "+where, args...)
}

// copyTo has a row stand under another number too.
func (x *tampering) copyTo(from, to int64) {
	x.MustExec("CREATE TEMP TABLE one ON COMMIT DROP AS SELECT * FROM audit_log WHERE id = " + fmt.Sprint(from))
	x.MustExec("UPDATE one SET id = $1", to)
	x.MustExec("INSERT INTO audit_log OVERRIDING SYSTEM VALUE SELECT * FROM one")
	x.MustExec("DROP TABLE one")
}

func (x *tampering) cut(sequences bool) {
	from := x.seal()
	x.MustExec("DELETE FROM audit_log WHERE id IN (SELECT unnest(ids) FROM audit_seals WHERE number >= $1)", from)
	x.MustExec("DELETE FROM audit_seals WHERE number >= $1", from)
	if sequences {
		x.byHead = true
		x.MustExec("SELECT setval('audit_seal_count', $1 - 1), setval('audit_log_id_seq', (SELECT greatest(max(id), 1) FROM audit_log))", from)
	}
}

func (x *tampering) forge(number int64) {
	if err := db.ForgeSeal(x.Tx, number); err != nil {
		panic(err)
	}
}

func (x *tampering) forgeFrom(number int64) {
	for last := x.get("SELECT max(number) FROM audit_seals"); number <= last; number++ {
		x.forge(number)
	}
}

// rewrite edits a row, its digest, and all hashes from there on.
func (x *tampering) rewrite() {
	n, id := x.seal(), int64(0)
	id = x.get("SELECT ids[1] FROM audit_seals WHERE number = $1", n)
	x.MustExec("UPDATE audit_log l SET actor = actor || '!' WHERE id = $1", id)
	x.MustExec("UPDATE audit_seals SET digests = overlay(digests PLACING (SELECT "+db.RowDigest+" FROM audit_log l WHERE l.id = $2) FROM 1) WHERE number = $1", n, id)
	x.byHead = true
	x.forgeFrom(n)
}

var ways = map[string]func(*tampering){
	"a row deleted": func(x *tampering) {
		n := x.row()
		x.MustExec("DELETE FROM audit_log WHERE id = $1", n)
		x.want = fmt.Sprintf("at row %d of seal %d: the row is gone", n, x.get("SELECT number FROM audit_seals WHERE $1 = ANY (ids)", n))
	},
	"the last row deleted": func(x *tampering) {
		n := x.get("DELETE FROM audit_log WHERE id = (SELECT max(id) FROM audit_log) RETURNING id")
		x.want = fmt.Sprintf("at row %d of seal %d: the row is gone", n, x.get("SELECT number FROM audit_seals WHERE $1 = ANY (ids)", n))
	},
	"some rows deleted": func(x *tampering) {
		n := x.row()
		x.MustExec("DELETE FROM audit_log WHERE id BETWEEN $1 AND $1 + 20", n)
	},
	"a row put into a gap": func(x *tampering) {
		n := x.gap()
		x.copyTo(x.row(), n)
		x.want = fmt.Sprintf("at row %d: no seal holds the row", n)
	},
	"a row moved to another number": func(x *tampering) {
		n := x.row()
		x.copyTo(n, x.gap())
		x.MustExec("DELETE FROM audit_log WHERE id = $1", n)
	},
	"a row moved to the end": func(x *tampering) {
		n := x.row()
		x.copyTo(n, x.get("SELECT nextval('audit_log_id_seq')"))
		x.MustExec("DELETE FROM audit_log WHERE id = $1", n)
	},
	"a row beyond all numbers": func(x *tampering) { x.copyTo(x.row(), x.get("SELECT last_value + 1000 FROM audit_log_id_seq")) },
	"a row below all numbers":  func(x *tampering) { x.copyTo(x.row(), -int64(x.r.IntN(9))) },
	"a row twice under one number": func(x *tampering) {
		x.MustExec("ALTER TABLE audit_log DROP CONSTRAINT audit_log_pkey")
		x.undo = "ALTER TABLE audit_log ADD PRIMARY KEY (id)"
		n := x.row()
		x.copyTo(n, n)
	},
	"a row backdated, then sealed": func(x *tampering) {
		x.seals = true
		x.MustExec("INSERT INTO audit_log (at, actor, action) VALUES (now() - interval '2 days', 'nino', 'READ')")
	},
	"a row dated ahead, then sealed": func(x *tampering) {
		x.seals = true
		x.MustExec("INSERT INTO audit_log (at, actor, action) VALUES (now() + interval '2 hours', 'nino', 'READ')")
	},
	"two rows' contents swapped": func(x *tampering) {
		a := x.row()
		b := x.get("SELECT id FROM audit_log WHERE id <> $1 ORDER BY random() LIMIT 1", a)
		free := x.gap()
		for _, move := range [][2]int64{{a, free}, {b, a}, {free, b}} {
			x.copyTo(move[0], move[1])
			x.MustExec("DELETE FROM audit_log WHERE id = $1", move[0])
		}
	},
	"the end cut off":                            func(x *tampering) { x.cut(false) },
	"the end cut off, then sealed":               func(x *tampering) { x.cut(false); x.seals = true; x.MustExec(events, 2) },
	"the end cut off and the sequences set back": func(x *tampering) { x.cut(true) },
	"the last seals cut off":                     func(x *tampering) { x.MustExec("DELETE FROM audit_seals WHERE number > $1", x.seal()) },
	"everything deleted": func(x *tampering) {
		x.byHead = true
		x.MustExec("TRUNCATE audit_log, audit_seals")
		x.MustExec("SELECT setval('audit_seal_count', 1, false), setval('audit_log_id_seq', 1, false)")
	},
	"all seals deleted": func(x *tampering) { x.MustExec("TRUNCATE audit_seals") },
	"a digest edited": func(x *tampering) {
		x.MustExec("UPDATE audit_seals SET digests = set_byte(digests, $2, get_byte(digests, $2) # 1) WHERE number = $1", x.seal(), x.r.IntN(64))
	},
	"a hash edited": func(x *tampering) {
		x.MustExec("UPDATE audit_seals SET hash = set_byte(hash, $2, get_byte(hash, $2) # 16) WHERE number = $1", x.seal(), x.r.IntN(32))
	},
	"the last hash edited": func(x *tampering) {
		x.MustExec("UPDATE audit_seals SET hash = set_byte(hash, 0, get_byte(hash, 0) # 1) WHERE number = (SELECT max(number) FROM audit_seals)")
	},
	"an id of a seal edited": func(x *tampering) {
		x.MustExec("UPDATE audit_seals SET ids[1] = ids[1] + 1 WHERE number = $1", x.seal())
	},
	"an id of a seal made null": func(x *tampering) { x.MustExec("UPDATE audit_seals SET ids[2] = NULL WHERE number = $1", x.seal()) },
	"a row taken out of a seal": func(x *tampering) {
		x.MustExec("UPDATE audit_seals SET ids = ids[2:], digests = substr(digests, 33) WHERE number = $1", x.seal())
	},
	"a row and its seal's part deleted, its hash forged": func(x *tampering) {
		n := x.seal()
		x.MustExec("DELETE FROM audit_log WHERE id = (SELECT ids[1] FROM audit_seals WHERE number = $1)", n)
		x.MustExec("UPDATE audit_seals SET ids = ids[2:], digests = substr(digests, 33) WHERE number = $1", n)
		x.forge(n)
	},
	"a number edited": func(x *tampering) {
		x.MustExec("UPDATE audit_seals SET number = number + 100000 WHERE number = $1", x.seal())
	},
	"a seal's time edited": func(x *tampering) {
		x.MustExec("UPDATE audit_seals SET sealed_at = sealed_at + interval '1 second' WHERE number = $1", x.seal())
	},
	"a seal's time endless": func(x *tampering) {
		x.MustExec("UPDATE audit_seals SET sealed_at = 'infinity' WHERE number = $1", x.seal())
	},
	"settled_id edited": func(x *tampering) {
		x.MustExec("UPDATE audit_seals SET settled_id = settled_id - 1 WHERE number = $1", x.seal())
	},
	"drawn_id edited": func(x *tampering) {
		x.MustExec("UPDATE audit_seals SET drawn_id = drawn_id + 1 WHERE number = $1", x.seal())
	},
	"snapshot edited": func(x *tampering) { x.MustExec("UPDATE audit_seals SET snapshot = '3' WHERE number = $1", x.seal()) },
	"a seal's time set back and all forged from there": func(x *tampering) {
		n := x.seal()
		x.MustExec("UPDATE audit_seals SET sealed_at = sealed_at - interval '1 hour' WHERE number = $1", n)
		x.want = fmt.Sprintf("at row %d of seal %d: the seal is dated before", x.get("SELECT ids[1] FROM audit_seals WHERE number = $1", n), n)
		x.forgeFrom(n)
	},
	"one row put into two seals, all forged from there": func(x *tampering) {
		n := x.seal()
		x.MustExec("UPDATE audit_seals SET ids = (SELECT ids[1] FROM audit_seals WHERE number = $1) || ids, digests = (SELECT substr(digests, 1, 32) FROM audit_seals WHERE number = $1) || digests WHERE number = $1 + 1", n)
		x.forgeFrom(n)
	},
	"one row put into two seals before anything was settled, all forged": func(x *tampering) {
		n := x.seal()
		x.MustExec("UPDATE audit_seals SET settled_id = 0")
		x.MustExec("UPDATE audit_seals SET ids = (SELECT ids[1] FROM audit_seals WHERE number = $1) || ids, digests = (SELECT substr(digests, 1, 32) FROM audit_seals WHERE number = $1) || digests WHERE number = $1 + 1", n)
		x.want = fmt.Sprintf("at row %d of seal %d: the row is in another seal too", x.get("SELECT ids[1] FROM audit_seals WHERE number = $1", n), n+1)
		x.forgeFrom(1)
	},
	"a row moved to a later seal, all forged from there": func(x *tampering) {
		n := int64(2 + x.r.IntN(9))
		later := x.get("SELECT min(number) + 1 FROM audit_seals WHERE settled_id >= (SELECT ids[1] FROM audit_seals WHERE number = $1)", n)
		x.MustExec("UPDATE audit_seals SET ids = (SELECT ids[1] FROM audit_seals WHERE number = $1) || ids, digests = (SELECT substr(digests, 1, 32) FROM audit_seals WHERE number = $1) || digests WHERE number = $2", n, later)
		x.MustExec("UPDATE audit_seals SET ids = ids[2:], digests = substr(digests, 33) WHERE number = $1", n)
		x.forgeFrom(n)
	},
	"settled_id set back and all forged from there": func(x *tampering) {
		n := x.get("SELECT number FROM audit_seals WHERE number > (SELECT min(number) FROM audit_seals WHERE settled_id > 0) ORDER BY random() LIMIT 1")
		x.MustExec("UPDATE audit_seals SET settled_id = 0 WHERE number = $1", n)
		x.forgeFrom(n)
	},
	"a seal deleted": func(x *tampering) {
		n := x.seal()
		x.MustExec("DELETE FROM audit_seals WHERE number = $1", n)
		x.want = fmt.Sprintf("at seal %d: the seal is not there", n)
	},
	"the first seal deleted": func(x *tampering) { x.MustExec("DELETE FROM audit_seals WHERE number = 1") },
	"the first seals deleted and the next one numbered anew": func(x *tampering) {
		n := x.seal()
		x.MustExec("DELETE FROM audit_seals WHERE number <= $1", n)
		x.MustExec("UPDATE audit_seals SET number = 1 WHERE number = $1 + 1", n)
	},
	"a row and its digest edited, one hash forged": func(x *tampering) {
		n := x.seal()
		x.MustExec("UPDATE audit_log SET actor = 'nobody' WHERE id = (SELECT ids[1] FROM audit_seals WHERE number = $1)", n)
		x.MustExec("UPDATE audit_seals SET digests = overlay(digests PLACING (SELECT "+db.RowDigest+" FROM audit_log l WHERE l.id = ids[1]) FROM 1) WHERE number = $1", n)
		x.forge(n)
	},
	"a row edited and all forged from there": (*tampering).rewrite,
	"a trigger switched off and left so": func(x *tampering) {
		x.MustExec("ALTER TABLE audit_log DISABLE TRIGGER keep_audit")
		x.undo = "ALTER TABLE audit_log ENABLE TRIGGER keep_audit"
	},
}

// Whatever a superuser changes in the audit is found; what is not there to be
// found without a head that somebody kept is found with it.
func TestVerifyAudit_findsTampering(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	d.SQL.SetMaxOpenConns(1)
	fillAudit(t, d)
	whole := verify(t, d.DB, "")
	head := fmt.Sprint(whole.Head)
	if whole.Broken != nil || whole.Unsealed != 0 || whole.Rows < 300 || whole.Seals < 30 {
		t.Fatalf("%+v %v", whole, whole.Broken)
	}
	d.SQL.MustExec("CREATE TABLE saved_log AS TABLE audit_log; CREATE TABLE saved_seals AS TABLE audit_seals")
	counts := [2]int64{get[int64](t, d, "SELECT last_value FROM audit_log_id_seq"), get[int64](t, d, "SELECT last_value FROM audit_seal_count")}
	ways := maps.Clone(ways)
	var columns []struct{ Name, Kind string }
	if err := d.SQL.Select(&columns, "SELECT column_name AS name, data_type AS kind FROM information_schema.columns WHERE table_name = 'audit_log' AND column_name <> 'id'"); err != nil {
		t.Fatal(err)
	}
	for _, c := range columns {
		ways["column "+c.Name+" edited"] = func(x *tampering) { x.edit(c.Name, c.Kind) }
	}
	names := slices.Sorted(maps.Keys(ways))
	tries := max(200, 4*len(names))
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	found := map[string]int{}
	for i := range tries {
		name := names[i%len(names)]
		x := &tampering{Tx: d.SQL.MustBegin(), r: r}
		x.MustExec("SET LOCAL session_replication_role = replica")
		ways[name](x)
		if err := x.Commit(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if x.seals {
			_, _, _ = d.SealAudit(t.Context()) // which may refuse to go on
		}
		report := verify(t, d.DB, "")
		if x.byHead {
			if report.Broken != nil {
				t.Errorf("%s is found without a head: %v", name, report.Broken)
			}
			report = verify(t, d.DB, head)
		}
		if report.Broken == nil {
			t.Errorf("%s is not found: %+v", name, report)
		} else if !strings.HasPrefix(report.Broken.Error(), x.want) {
			t.Errorf("%s is told as %v, and not %q", name, report.Broken, x.want)
		} else if found[name]++; found[name] == 1 {
			t.Logf("%-60s %v", name, report.Broken)
		}
		restore(d, counts, x.undo)
	}
	again := verify(t, d.DB, head)
	if again.Broken != nil || again.Rows != whole.Rows || fmt.Sprint(again.Head) != head {
		t.Errorf("afterwards it is %+v %v", again, again.Broken)
	}
	for _, name := range names {
		t.Logf("found %d times: %s", found[name], name)
	}
	t.Logf("%d tamperings of %d kinds; %d rows in %d seals", tries, len(names), whole.Rows, whole.Seals)
}

func restore(d *dbtest.Database, counts [2]int64, undo string) {
	tx := d.SQL.MustBegin()
	tx.MustExec(`
		SET LOCAL session_replication_role = replica;
		TRUNCATE audit_log, audit_seals;
		INSERT INTO audit_log OVERRIDING SYSTEM VALUE TABLE saved_log;
		INSERT INTO audit_seals TABLE saved_seals;` + undo)
	tx.MustExec("SELECT setval('audit_log_id_seq', $1), setval('audit_seal_count', $2)", counts[0], counts[1])
	if err := tx.Commit(); err != nil {
		panic(err)
	}
}

// fillAudit makes rows of all sorts in many seals, with numbers that are late
// and some that never come.
func fillAudit(t *testing.T, d *dbtest.Database) {
	ctx := db.WithOperation(auth.WithActor(t.Context(), auth.Actor{Name: "nino", Role: auth.Doctor}), new("operation-1"))
	if _, _, err := d.SealAudit(ctx); err != nil {
		t.Fatal(err)
	}
	other := openSQL(t, d)
	var late *sqlx.Tx
	for i := range 60 {
		p, err := d.CreatePatient(ctx, registering(person("Beridze")))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.UpdatePatient(ctx, p.ID, 1, func(p *db.Patient) { p.FamilyName = ptr(fmt.Sprintf("Maisuradze %d", i)) }); err != nil {
			t.Fatal(err)
		}
		d.SQL.MustExec(events, 1+i%5)
		d.SQL.MustExec(`SELECT audit_events(jsonb_build_object('actor', 'nino', 'role', 'DOCTOR', 'user', gen_random_uuid(), 'token', gen_random_uuid(),
			'glass', jsonb_build_object($1::text, gen_random_uuid())), 'READ', ARRAY[$1::uuid], '{Patient.allergies,Patient.records}', NULL)`, p.ID)
		switch i % 5 {
		case 1:
			late = other.MustBegin()
			late.MustExec(events, 2)
		case 2:
			_ = late.Commit()
		case 3:
			late = other.MustBegin()
			late.MustExec(events, 3)
			_ = late.Rollback()
		}
		if _, _, err := d.SealAudit(ctx); err != nil {
			t.Fatal(err)
		}
		if i == 20 {
			settle(t, d)
		}
	}
	settle(t, d)
}

// settle seals until nothing is open, which transactions of other tests may
// keep so for a while.
func settle(t *testing.T, d *dbtest.Database) {
	t.Helper()
	for begun := time.Now(); get[bool](t, d, "SELECT settled_id < drawn_id FROM audit_seals ORDER BY number DESC LIMIT 1"); time.Sleep(20 * time.Millisecond) {
		if _, _, err := d.SealAudit(t.Context()); err != nil || time.Since(begun) > time.Minute {
			t.Fatalf("what was open is not settled: %v", err)
		}
	}
}

func openSQL(t *testing.T, d *dbtest.Database) *sqlx.DB {
	t.Helper()
	pool := sqlx.MustOpen("postgres", d.URL)
	t.Cleanup(func() { pool.Close() })
	return pool
}
