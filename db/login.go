package db

import (
	"context"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"sync/atomic"

	"github.com/clinicql/clinicql/auth"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// A login is one of the roles as which the application connects. None owns
// anything; the migrations say what each is granted.
type login string

const (
	accounts  login = "accounts"  // sign-in and the administration of users
	reception login = "reception" // patients and the calendar, no charts
	care      login = "care"      // charts too
	glass     login = "glass"     // what administrators may, and reading the charts whose glass they broke
	admin     login = "admin"     // practitioners, settings, the audit
	analyst   login = "analyst"   // the de-identified lens, and no table
	system    login = "system"    // imports, keys, seals
	retention login = "retention" // deleting sessions, tokens and holds that are over; no server connects so
)

// The sizes of the pools. The database allows 100 connections as a rule, and
// several servers may share it.
var poolSizes = map[login]int{accounts: 6, reception: 10, care: 14, glass: 4, admin: 4, analyst: 4, system: 6, retention: 1}

// loginOf returns as whom an actor connects. Whoever broke a glass reads a
// chart; which one, the conditions of every statement say.
func loginOf(a auth.Actor) login {
	switch a.Role {
	case auth.Doctor, auth.Nurse:
		return care
	case auth.Receptionist:
		return reception
	case auth.Analyst:
		return analyst
	case auth.System:
		return system
	case auth.Admin:
		if len(a.OpenGlass()) > 0 {
			return glass
		}
		return admin
	}
	return accounts
}

type loginKey struct{}

// as returns a context whose statements are run by l, whoever acts.
func as(ctx context.Context, l login) context.Context { return context.WithValue(ctx, loginKey{}, l) }

// pool returns the connections of whoever acts in ctx; without an actor there
// are none.
func (d *DB) pool(ctx context.Context) (*sqlx.DB, error) {
	l, err := loginIn(ctx)
	if err != nil {
		return nil, err
	}
	if _, past := pastOf(ctx); past && l == analyst {
		return nil, errDeidentifiedPast
	}
	return d.poolOf(ctx, l), nil
}

// loginIn returns as whom whoever acts in ctx connects.
func loginIn(ctx context.Context) (login, error) {
	actor, ok := auth.From(ctx)
	if !ok {
		return "", ErrNoActor
	}
	if l, ok := ctx.Value(loginKey{}).(login); ok {
		return l, nil
	}
	return loginOf(actor), nil
}

// A connector opens the connections of one login. It makes the login when it is
// first needed: a server may start before its database is there.
type connector struct {
	db       *DB
	login    login
	past     bool      // its connections look at the past
	standbys *standbys // which they lead to; nil for the primary
	ready    atomic.Pointer[pq.Connector]
}

// Connect implements driver.Connector.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	epoch := &c.db.epoch
	if c.standbys != nil {
		epoch = &c.standbys.epoch
	}
	for {
		known := c.ready.Load()
		inner := known
		if inner == nil {
			var err error
			if inner, err = c.provide(ctx); err != nil {
				return nil, err
			}
		}
		conn, err := epoch.connect(ctx, inner, c.past || c.standbys != nil)
		var refused *pq.Error
		if err != nil && known != nil && errors.As(err, &refused) && refused.Code.Class() == "28" {
			c.ready.CompareAndSwap(known, nil) // the database was restored, or its roles were: make the login again
			if c.standbys == nil {
				continue
			} // else it may not be there yet
		}
		switch {
		case err != nil:
			return nil, err
		case c.standbys != nil:
			return &standbyConn{postgresConn: conn}, nil
		case c.past:
			return &pastConn{postgresConn: conn}, nil
		}
		return newLiveConn(conn), nil
	}
}

// Driver implements driver.Connector.
func (c *connector) Driver() driver.Driver { return &pq.Driver{} }

// provide makes the login.
func (c *connector) provide(ctx context.Context) (*pq.Connector, error) {
	name, password, err := c.db.makeLogin(ctx, c.login)
	if err != nil {
		return nil, err
	}
	u := *c.db.url
	if c.standbys != nil {
		u = *c.standbys.url
	}
	u.User = url.UserPassword(name, password)
	if c.standbys == nil {
		c.db.addresses.Store(c.login, u.String())
	}
	q := u.Query()
	if c.login == analyst {
		maps.Copy(q, deidentifiedParameters)
	}
	if c.past {
		maps.Copy(q, pastParameters)
		if q.Get("target_session_attrs") == "read-write" { // which the driver finds none that writes nothing to be
			q.Set("target_session_attrs", "primary")
		}
	}
	u.RawQuery = q.Encode()
	inner, err := newConnector(u.String())
	if err == nil {
		c.ready.Store(inner)
	}
	return inner, err
}

// makeLogin makes a role that can connect to this database and to no other, a
// member of the role that holds its rights. Its password follows from a key in
// the database that only its owner reads, so that all servers know it.
func (d *DB) makeLogin(ctx context.Context, l login) (name, password string, err error) {
	defer func() {
		var refused *pq.Error
		switch {
		case errors.As(err, &refused) && refused.Code == "42501":
			err = fmt.Errorf("make the login %[1]s: the database's owner may not: it needs CREATEROLE and, where somebody else made the role clinicql_%[1]s, the right to grant it (WITH ADMIN OPTION)", l)
		case err != nil:
			err = fmt.Errorf("make the login %s: %w", l, translate(err))
		}
	}()
	tx, err := d.owner.BeginTxx(ctx, nil)
	if err != nil {
		return "", "", err
	}
	defer func() { _ = tx.Rollback() }()
	// Servers that start together take turns. A login that is lost with a server of the
	// database is made again, so that it needs no standby.
	if _, err = tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(5021767300483), set_config('synchronous_commit', 'off', true)"); err != nil {
		return "", "", err
	}
	var database struct {
		Key    []byte
		Oid    int64
		Name   string
		Exists bool
	}
	err = tx.GetContext(ctx, &database, `
		SELECT k.value AS key, d.oid, d.datname AS name, EXISTS (SELECT FROM pg_roles WHERE rolname = format('clinicql_%s_%s', $1::text, d.oid)) AS exists
		FROM pg_database d, role_keys k
		WHERE d.datname = current_database()`, string(l))
	if err != nil {
		return "", "", err
	}
	name = fmt.Sprintf("clinicql_%s_%d", l, database.Oid)
	mac := hmac.New(sha256.New, database.Key)
	mac.Write([]byte(name))
	password = base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
	verifier, err := scramVerifier(password)
	if err != nil {
		return "", "", err
	}
	statements := []string{fmt.Sprintf("ALTER ROLE %s PASSWORD '%s'", name, verifier)}
	if !database.Exists {
		statements = []string{
			fmt.Sprintf("CREATE ROLE %s LOGIN PASSWORD '%s' IN ROLE clinicql_%s", name, verifier, l),
			"REVOKE CONNECT, TEMPORARY ON DATABASE " + pq.QuoteIdentifier(database.Name) + " FROM PUBLIC",
			"GRANT CONNECT ON DATABASE " + pq.QuoteIdentifier(database.Name) + " TO " + name,
		}
	}
	for _, s := range statements {
		if _, err = tx.ExecContext(ctx, s); err != nil {
			return "", "", err
		}
	}
	return name, password, tx.Commit()
}

// scramVerifier returns what Postgres keeps of a password (RFC 5803), so that
// the password itself is in no statement that it may log.
func scramVerifier(password string) (string, error) {
	const iterations = 4096
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails
	salted, err := pbkdf2.Key(sha256.New, password, salt, iterations, sha256.Size)
	if err != nil {
		return "", err
	}
	keyed := func(text string) []byte {
		mac := hmac.New(sha256.New, salted)
		mac.Write([]byte(text))
		return mac.Sum(nil)
	}
	stored := sha256.Sum256(keyed("Client Key"))
	encode := base64.StdEncoding.EncodeToString
	return fmt.Sprintf("SCRAM-SHA-256$%d:%s$%s:%s", iterations, encode(salt), encode(stored[:]), encode(keyed("Server Key"))), nil
}
