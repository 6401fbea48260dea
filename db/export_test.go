package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// SetPoolSize bounds the connections, to show what waits for one while it holds another.
func (d *DB) SetPoolSize(n int) {
	for _, pool := range d.pools {
		pool.SetMaxOpenConns(n)
	}
}

// MaxConnections is how many connections to the primary a server may have at once: of
// the pools but that of retention, two of the owner, one that looks whether it is there,
// and the listener's.
func MaxConnections() (n int) {
	for _, sizes := range []map[login]int{poolSizes, pastPoolSizes} {
		for _, size := range sizes {
			n += size
		}
	}
	return n - poolSizes[retention] + 4
}

// HoldPositions keeps the position of the primary from being answered until it is released.
func HoldPositions(ctx context.Context, d *DB) (release func() error, err error) {
	conn, err := d.standbys.positions.pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return conn.Close, nil
}

// HoldStandby leaves the front desk no connection to standbys until it is released.
func HoldStandby(ctx context.Context, d *DB) (release func() error, err error) {
	pool := d.standbys.pools[reception]
	pool.SetMaxOpenConns(1)
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return conn.Close, nil
}

// TakePosition asks for the position of the primary.
func TakePosition(ctx context.Context, d *DB) error {
	_, err := d.standbys.positions.take(ctx)
	return err
}

// Positions says whether an answer is under way, and whether somebody waits for another.
func Positions(d *DB) (isUnderWay, isNext bool) {
	p := &d.standbys.positions
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.isBusy && p.next == nil, p.next != nil
}

// ConstraintFields are the constraints whose errors are told as problems of a field.
var ConstraintFields = constraintFields

// AuditedTables, KeptTables and AuditFunctions are what verification looks for.
var (
	AuditedTables  = auditedTables
	KeptTables     = keptTables
	AuditFunctions = auditFunctions
)

// ForgeSeal gives the seal of a number the hash that fits what it holds now, as
// somebody could who knows how it is made.
func ForgeSeal(tx *sqlx.Tx, number int64) error {
	before := make([]byte, 32)
	err := tx.Get(&before, "SELECT hash FROM audit_seals WHERE number = $1 - 1", number)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	var s sealRow
	err = tx.Get(&s, `
		SELECT number, timestamptz_send(sealed_at) AS sealed_at, ids::text AS ids, digests, settled_id, drawn_id, snapshot::text AS snapshot, hash
		FROM audit_seals WHERE number = $1`, number)
	if err != nil {
		return err
	}
	_, hash, err := s.contents(before)
	if err != nil {
		return err
	}
	_, err = tx.Exec("UPDATE audit_seals SET hash = $2 WHERE number = $1", number, hash)
	return err
}

// RowDigest is the SQL of a row's digest.
const RowDigest = rowDigest

// Logins are those as which the application connects.
var Logins = []string{string(accounts), string(reception), string(care), string(glass), string(admin), string(analyst), string(system), string(retention)}

// Pool returns the connections of a login.
func (d *DB) Pool(name string) *sqlx.DB { return d.pools[login(name)] }

// PastPool returns the connections of a login to the past; nil where there are none.
func (d *DB) PastPool(name string) *sqlx.DB { return d.past[login(name)] }

// PostgresConn is what the driver's connections do.
type PostgresConn = postgresConn

// PastConn returns a connection to the past over another.
func PastConn(over PostgresConn) driver.QueryerContext { return &pastConn{postgresConn: over} }

// MakeLogin makes a login, and returns its name in the cluster and its password.
func (d *DB) MakeLogin(ctx context.Context, name string) (user, password string, err error) {
	return d.makeLogin(ctx, login(name))
}

// NoAllergiesOn returns the day on which the patient had no allergies, or "".
func (p *Patient) NoAllergiesOn(ctx context.Context) (Date, error) { return p.noAllergiesOn(ctx) }

// Starts returns the starts of all visits of a series, or what is wrong with it.
func (r *Recurrence) Starts(zone *time.Location, first time.Time) ([]time.Time, []Problem) {
	var found problems
	return r.starts(zone, first, &found), found.found
}

// DuplicateSearch is the statement that reads who may be p, and its arguments.
func DuplicateSearch(ctx context.Context, p *Patient) (string, []any) {
	p.index()
	s := newStatement(ctx)
	writeDuplicateSearch(s, p)
	return s.String(), s.args
}

// Likeness says how likely two patients are one person, and whether those who
// register them at once wait for each other.
func Likeness(a, b *Patient) (score int32, wait bool) {
	a.index()
	b.index()
	score, _ = likeness(a, b)
	return score, slices.ContainsFunc(traits(a), func(t string) bool { return slices.Contains(traits(b), t) })
}

// DuplicateScore is from which score on registering is refused.
const DuplicateScore = duplicateScore

// HistorySearch is the statement that reads the first versions of patients, and
// its arguments.
func HistorySearch(ctx context.Context, d *DB, first int32, of ...*Patient) (string, []any, error) {
	h, err := newHistory[Patient](ctx, d, patients, query{page: Page{First: &first}})
	if err != nil {
		return "", nil, err
	}
	newBatch(ctx, d, of)
	s := h.statement(ctx, of[0].batch)
	return s.String(), s.args, nil
}

// ErrSpoolFull is what a spool without room answers.
var ErrSpoolFull = errSpoolFull

// A Spool is a spool.
type Spool struct{ inner *spool }

// OpenSpool opens a spool.
func OpenSpool(path string) (*Spool, error) {
	s, err := openSpool(path)
	return &Spool{s}, err
}

// Add, Drain, Waiting and Close are those of the spool.
func (s *Spool) Add(entry []byte) error              { return s.inner.add(entry) }
func (s *Spool) Drain(take func([]byte) error) error { return s.inner.drain(take) }
func (s *Spool) Waiting() int                        { return s.inner.waiting() }
func (s *Spool) Close() error                        { return s.inner.close() }

// TouchAll notes that the charts of patients were looked into.
func TouchAll(ctx context.Context, patients ...uuid.UUID) { touch(ctx, patients...) }

// Translate turns an error of the driver into one of this package.
var Translate = translate

// PatientsPage, PatientsOf, VisitsOf and RecordsOf are statements of lists: of all
// patients, of those with ids, and of what hangs on them.
func PatientsPage(ctx context.Context, d *DB, page Page) (string, []any, error) {
	return PatientsWhere(ctx, d, page, nil)
}

func PatientsWhere(ctx context.Context, d *DB, page Page, where *PatientWhere) (string, []any, error) {
	l, err := newListing[Patient](ctx, d, patients, query{page: page, where: where}, true)
	if err != nil {
		return "", nil, err
	}
	s := newStatement(ctx)
	l.selectPage(s, "")
	return s.String(), s.args, nil
}

func VisitsOf(ctx context.Context, d *DB, of ...uuid.UUID) (string, []any, error) {
	return pagesOf(ctx, d, appointments, of)
}

func RecordsOf(ctx context.Context, d *DB, of ...uuid.UUID) (string, []any, error) {
	return pagesOf(ctx, d, medicalRecords, of)
}

func pagesOf[T any, P pointer[T]](ctx context.Context, d *DB, t *table[T], of []uuid.UUID) (string, []any, error) {
	first := int32(5)
	l, err := newListing[T, P](ctx, d, t, query{page: Page{First: &first}}, false)
	if err != nil {
		return "", nil, err
	}
	s := newStatement(ctx)
	l.selectPages(s, of, "t.patient_id = p.id")
	return s.String(), s.args, nil
}

// Nouns are those that have a table, sorted.
func Nouns() []string { return slices.Sorted(maps.Keys(rowTypes)) }

// ReadBothWays reads some rows of a noun as records, and column by column.
func ReadBothWays(ctx context.Context, d *DB, noun string) (asRecords, asColumns any, err error) {
	rows := reflect.New(reflect.SliceOf(reflect.PointerTo(rowTypes[noun])))
	table := tables[kinds[noun]]
	columns := ""
	for _, f := range mapper.TypeMap(rowTypes[noun]).Index {
		if name := f.Field.Tag.Get("db"); name != "" {
			columns += ", " + name
		}
	}
	if err := d.owner.SelectContext(ctx, rows.Interface(), "SELECT "+columns[2:]+" FROM "+table+" ORDER BY id LIMIT 500"); err != nil {
		return nil, nil, err
	}
	var ids []uuid.UUID
	for i := range rows.Elem().Len() {
		ids = append(ids, rows.Elem().Index(i).Interface().(interface{ row() *Row }).row().ID)
	}
	if ids == nil {
		return nil, nil, nil
	}
	found, err := nodes[kinds[noun]](ctx, d, ids)
	var read []any
	for _, id := range ids {
		read = append(read, found[id])
	}
	return read, rows.Elem().Interface(), err
}

// FillID reads a record that is an id.
func FillID(text string) error {
	var row Row
	_, err := newPicked(reflect.TypeOf(row), []string{"id"}, [][]int{{0}}).fill(&row, record(text), newRecords())
	return err
}

// EachRecord takes an array of records apart and returns how many there are.
func EachRecord(array string) (n int, err error) {
	err = newRecords().each([]byte(array), func(record) error { n++; return nil })
	return n, err
}

// A StatsGroup is one of the groups of a statistic, as it is declared.
type StatsGroup struct {
	Statistic, Name, Column, Family string
	IsSpan                          bool
	Values                          int
}

// StatsGroups returns the groups of all statistics.
func StatsGroups() (all []StatsGroup) {
	for _, s := range []*statistics{appointmentStats, recordStats, patientStats} {
		for name, g := range s.groups {
			all = append(all, StatsGroup{s.name, name, g.column, g.family, g.days > 0, g.values})
		}
	}
	return all
}

// SearchSteps finds patients by one word, with all steps and in the short way that
// there is where many are found; none where that is not gone.
func SearchSteps(ctx context.Context, d *DB, word string) (all, short []string, err error) {
	terms := searchTerms(word)
	long, err := d.searchAll(ctx, terms)
	if err != nil {
		return nil, nil, err
	}
	begun, err := d.searchBegun(ctx, terms)
	told := func(found []*candidate) (lines []string) {
		for _, c := range found {
			lines = append(lines, fmt.Sprint(c.ID, c.score, c.matchedOn))
		}
		return lines
	}
	return told(long), told(begun), err
}

// BegunSearch returns the statement of the short way.
func BegunSearch(ctx context.Context, word string) (string, []any) {
	s := newStatement(ctx)
	selectBegun(s, word)
	return s.String(), s.args
}

var AfterAll = afterAll

// KeptStatements returns how many statements a connection of the server itself keeps at most,
// and how many are prepared on one.
func KeptStatements(ctx context.Context, d *DB) (kept, ready int, err error) {
	for range poolSizes[system] {
		conn, err := d.pools[system].Conn(ctx)
		if err != nil {
			return 0, 0, err
		}
		defer conn.Close() // at the end, so that each connection is another one
		err = conn.Raw(func(c any) error {
			p := c.(*liveConn).postgresConn.(*datedConn).prepared
			of := 0
			for _, s := range p.kept.Values() {
				if s != nil {
					of++
				}
			}
			kept, ready = max(kept, p.kept.Len()), max(ready, of)
			return nil
		})
		if err != nil {
			return 0, 0, err
		}
	}
	return kept, ready, nil
}

// KeepEntry has an entry of a read wait as a file holds it.
func KeepEntry(d *DB, entry string) error { return d.reads.add([]byte(entry)) }

// A PreparedStatement is one that a connection keeps, how often Postgres ran it by a plan
// for all arguments and by one for those that it was given, and how it would run it now.
type PreparedStatement struct {
	Name, Statement string
	Types           pq.StringArray
	Generic         int `db:"generic_plans"`
	Custom          int `db:"custom_plans"`
	Plan            string
}

// Prepared returns the statements that a connection of a login keeps. The pool has no more
// than that one.
func Prepared(ctx context.Context, d *DB, name string) (all []PreparedStatement, err error) {
	pool := d.pools[login(name)]
	err = pool.SelectContext(ctx, &all, `
		SELECT name, statement, array(SELECT t::text FROM unnest(parameter_types) t) AS types, generic_plans, custom_plans
		FROM pg_prepared_statements
		WHERE statement LIKE 'SELECT %' AND statement NOT LIKE '%pg_prepared_statements%'`)
	for i, s := range all {
		arguments := make([]string, len(s.Types))
		for n, t := range s.Types {
			arguments[n] = "NULL::" + t
		}
		var lines []string
		call := pq.QuoteIdentifier(s.Name)
		if len(arguments) > 0 {
			call += "(" + strings.Join(arguments, ", ") + ")"
		}
		if err == nil {
			err = pool.SelectContext(ctx, &lines, "EXPLAIN (COSTS OFF) EXECUTE "+call)
		}
		all[i].Plan = strings.Join(lines, "\n")
	}
	return all, err
}
