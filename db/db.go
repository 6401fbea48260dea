// Package db is the clinic's memory: one file per noun, holding its row, its
// rules and its SQL.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/dsn"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// DB is the record of the clinic. All reads and writes go through its verbs.
type DB struct {
	url     *url.URL
	owner   *sqlx.DB           // makes the logins; nothing that is asked for runs here
	pools   map[login]*sqlx.DB // of those who own nothing
	probe   *sqlx.DB           // one connection that no request waits for
	past    map[login]*sqlx.DB // the same, looking at the past
	places  map[login]places   // in which pools may be written over
	cursors atomic.Pointer[cursorKey]
	clinic  atomic.Pointer[cachedClinic]
	clinics atomic.Pointer[pastClinic]
	feed    feed
	epoch   epoch
	reads   *readSpool // of the audit, while the database has no room; nil when there is none
	space   diskSpace

	standbys  *standbys    // nil where there are none
	byPrimary atomic.Int64 // statements that the primary served

	addresses sync.Map // by login: where and as whom it connects
	hasher    *auth.Hasher

	// Sessions end when they are not used for SessionIdle, and after SessionMax in any case.
	SessionIdle, SessionMax time.Duration

	// CommitWait is how long a COMMIT is waited for before its outcome is said to be
	// unknown. One that must be on a standby first waits for ever where there is none:
	// no timeout of Postgres ends that.
	CommitWait time.Duration

	// Forget is called after a change of what Find answers; nil for nobody.
	Forget func()
}

// The parameters that every connection gets unless the URL sets them. A write
// is not cancelled with its request, so the database bounds it.
var parameters = map[string]string{
	"application_name":                    "clinicql",
	"binary_parameters":                   "yes",     // one round trip less for each statement
	"client_connection_check_interval":    "500",     // a statement ends whose client does not wait for it
	"client_min_messages":                 "warning", // a liveConn hears them
	"idle_in_transaction_session_timeout": "10000",
	"jit":                                 "off", // it compiles for longer than these statements run
	"lock_timeout":                        "2000",
	"log_parameter_max_length_on_error":   "0", // what a session may do itself to keep values out of the database's log
	"statement_timeout":                   "5000",
	"TimeZone":                            "UTC",
}

// Open prepares connections to the Postgres at a URL, whose user owns the
// database and may make roles. It connects at first use, so a database that is
// down does not keep the server from starting.
func Open(address string) (*DB, error) {
	u, err := parseAddress(address)
	if err != nil {
		return nil, err
	}
	u.RawQuery = withParameters(u.Query()).Encode()
	d := &DB{url: u, pools: map[login]*sqlx.DB{}, past: map[login]*sqlx.DB{}, places: map[login]places{}, CommitWait: 10 * time.Second, hasher: auth.NewHasher(), SessionIdle: 15 * time.Minute, SessionMax: 12 * time.Hour}
	asOwner, err := newConnector(u.String())
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	d.owner = sqlx.NewDb(sql.OpenDB(&owner{&d.epoch, asOwner}), "postgres")
	d.owner.SetMaxOpenConns(2)
	d.owner.SetMaxIdleConns(0)
	d.probe = newPool(&connector{db: d, login: system}, 1)
	for l, size := range poolSizes {
		pool := newPool(&connector{db: d, login: l}, size)
		d.pools[l], d.places[l] = pool, placesOf(size)
	}
	for l, size := range pastPoolSizes {
		d.past[l] = newPool(&connector{db: d, login: l, past: true}, size)
	}
	return d, nil
}

// withParameters adds to q what it does not set.
func withParameters(q url.Values) url.Values {
	for name, value := range parameters {
		if !q.Has(name) {
			q.Set(name, value)
		}
	}
	return q
}

func newPool(c *connector, size int) *sqlx.DB {
	pool := sqlx.NewDb(sql.OpenDB(c), "postgres")
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	pool.SetConnMaxLifetime(connectionLife)
	return pool
}

// CheckAddress returns an error when address is none of a Postgres. It repeats
// nothing of it but a parameter, unlike the driver's: a password is in it.
func CheckAddress(address string) error {
	_, err := parseAddress(address)
	return err
}

func parseAddress(address string) (*url.URL, error) {
	u, err := dsn.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if _, err := pq.NewConfig(u.String()); err != nil {
		return nil, fmt.Errorf("open database: the address has a parameter that cannot be read: %w", err)
	}
	return u, nil
}

// Close ends all connections.
func (d *DB) Close() error {
	errs := []error{d.owner.Close(), d.probe.Close()}
	if d.standbys != nil {
		errs = append(errs, d.standbys.close())
	}
	for _, pools := range []map[login]*sqlx.DB{d.pools, d.past} {
		for _, pool := range pools {
			errs = append(errs, pool.Close())
		}
	}
	if d.reads != nil {
		errs = append(errs, d.reads.close())
	}
	return errors.Join(errs...)
}

// forgetActors tells whoever remembers answers of Find that they have changed.
func (d *DB) forgetActors() {
	if d.Forget != nil {
		d.Forget()
	}
}

// Ping asks the database for an answer, over a connection that is kept for it: it says
// nothing of how busy the others are.
func (d *DB) Ping(ctx context.Context) error { return translate(d.probe.PingContext(ctx)) }

// CheckLocale returns an error when the database's locale does not know
// letters beyond ASCII: Georgian names could not be searched.
func (d *DB) CheckLocale(ctx context.Context) error {
	var ok bool
	err := d.pools[system].GetContext(ctx, &ok, "SELECT cardinality(show_trgm('გიორგი')) > 0 AND lower('É') = 'é'")
	if err == nil && !ok {
		return errors.New("the database's locale does not know Georgian: make the database with LC_CTYPE 'C.UTF-8' or an ICU locale")
	}
	return translate(err)
}

// LogsValues names the settings by which the database logs what it is sent, rows
// and parameters. Only its superuser changes them.
func (d *DB) LogsValues(ctx context.Context) (names []string, err error) {
	err = d.pools[system].SelectContext(ctx, &names, `
		SELECT name
		FROM pg_settings
		WHERE name = 'log_min_messages' AND setting NOT IN ('log', 'fatal', 'panic') OR name = 'log_error_verbosity' AND setting <> 'terse'
			OR name = 'log_parameter_max_length' AND setting <> '0' OR name = 'auto_explain.log_min_duration' AND setting <> '-1'
		ORDER BY name`)
	return names, translate(err)
}
