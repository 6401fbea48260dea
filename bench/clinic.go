package main

import (
	"context"
	"database/sql"
	"fmt"
	"log"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/clinicql/clinicql/db/embedded"
	"github.com/lib/pq"
)

// each is how many visits, and how many records, every patient has.
const each = 10

// A clinic is the database that all servers answer from, and what is known of it.
type clinic struct {
	postgres   *embedded.Server
	sql        *sql.DB
	url        string
	postmaster int

	patients      []string // the ids of those who live and are not archived
	practitioners []string
	prefixes      []string // beginnings of folded family names, three letters and more
	parts         []string // from the middle of them
	zone          *time.Location
	now           time.Time
}

// keepStill are settings of Postgres besides those that it is shipped with, so that nothing that
// is put off falls into a round, and all servers have room for their connections.
var keepStill = []string{"autovacuum=off", "checkpoint_timeout=1d", "max_wal_size=16GB", "max_connections=200"}

// openClinic starts Postgres, seeds a clinic of the size when there is none yet, and returns a copy
// of it, so that no run sees what another one wrote.
func openClinic(ctx context.Context, s *settings) (*clinic, error) {
	folder, err := filepath.Abs(s.folder)
	if err == nil {
		err = os.MkdirAll(folder, 0o755)
	}
	if err != nil {
		return nil, err
	}
	c := &clinic{now: time.Now()}
	if c.postgres, err = embedded.Start(ctx, embedded.Options{Dir: filepath.Join(folder, "postgres"), Settings: keepStill}); err != nil {
		return nil, err
	}
	if err := c.prepare(ctx, s); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

func (c *clinic) close() {
	if c.sql != nil {
		c.sql.Close()
	}
	c.postgres.Stop()
}

func (c *clinic) prepare(ctx context.Context, s *settings) error {
	all, err := sql.Open("postgres", c.postgres.URL())
	if err != nil {
		return err
	}
	defer all.Close()
	seeded := fmt.Sprintf("seeded_%d", s.patients)
	var known bool
	if err := all.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", seeded).Scan(&known); err != nil {
		return err
	}
	if !known {
		if err := c.seed(ctx, all, seeded, s.patients); err != nil {
			return fmt.Errorf("seed: %w", err)
		}
	}
	for _, statement := range []string{"DROP DATABASE IF EXISTS run WITH (FORCE)", "CREATE DATABASE run STRATEGY file_copy TEMPLATE " + seeded, "CHECKPOINT"} {
		if _, err := all.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if c.url, err = databaseNamed(c.postgres.URL(), "run"); err != nil {
		return err
	}
	if c.sql, err = sql.Open("postgres", c.url); err != nil {
		return err
	}
	var backend int
	if err := c.sql.QueryRowContext(ctx, "SELECT pg_backend_pid()").Scan(&backend); err != nil {
		return err
	}
	if c.postmaster, err = parentOf(backend); err != nil {
		return err
	}
	return c.look(ctx)
}

func databaseNamed(address, name string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}

// seed makes a clinic by the command that everybody has, and ages it, so that there is something to
// see as of last month.
func (c *clinic) seed(ctx context.Context, all *sql.DB, name string, patients int) error {
	log.Printf("seeding %d patients", patients)
	const unfinished = "seeding"
	for _, statement := range []string{"DROP DATABASE IF EXISTS " + unfinished + " WITH (FORCE)", "CREATE DATABASE " + unfinished} {
		if _, err := all.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	address, err := databaseNamed(c.postgres.URL(), unfinished)
	if err != nil {
		return err
	}
	command := exec.CommandContext(ctx, program, "seed", "--patients", fmt.Sprint(patients), "--each", fmt.Sprint(each))
	command.Env = append(os.Environ(), "DATABASE_URL="+address)
	command.Stdout, command.Stderr = os.Stderr, os.Stderr
	if err := command.Run(); err != nil {
		return err
	}
	seeded, err := sql.Open("postgres", address)
	if err != nil {
		return err
	}
	defer seeded.Close()
	if err := age(ctx, seeded); err != nil {
		return err
	}
	if err := seal(ctx, seeded, address); err != nil {
		return fmt.Errorf("seal the audit: %w", err)
	}
	if _, err := seeded.ExecContext(ctx, "VACUUM (ANALYZE, FREEZE)"); err != nil {
		return err
	}
	seeded.Close() // a database with connections is not renamed
	_, err = all.ExecContext(ctx, fmt.Sprintf("ALTER DATABASE %s RENAME TO %s", unfinished, name))
	return err
}

// age lets all rows be written 400 days ago.
func age(ctx context.Context, seeded *sql.DB) error {
	_, err := seeded.ExecContext(ctx, `DO $$ DECLARE t text; BEGIN
		FOR t IN SELECT relname FROM pg_class WHERE relnamespace = 'history'::regnamespace AND relkind = 'r' LOOP
			EXECUTE format('UPDATE history.%I SET valid_from = valid_from - interval ''400 days''', t);
		END LOOP;
	END $$`)
	return err
}

// seal lets a server seal the audit of what was seeded, so that no round has to.
func seal(ctx context.Context, seeded *sql.DB, address string) error {
	command := exec.CommandContext(ctx, program, "serve", "--listen", ours.address())
	command.Env = append(os.Environ(), "DATABASE_URL="+address)
	if err := command.Start(); err != nil {
		return err
	}
	defer func() {
		_ = command.Process.Signal(os.Interrupt)
		_ = command.Wait()
	}()
	for {
		var sealed bool
		err := seeded.QueryRowContext(ctx, "SELECT max(settled_id) >= (SELECT max(id) FROM audit_log) IS TRUE FROM audit_seals").Scan(&sealed)
		if err != nil || sealed {
			return err
		}
		time.Sleep(time.Second)
	}
}

// look reads what requests are made of.
func (c *clinic) look(ctx context.Context) error {
	for _, read := range []struct {
		into  *[]string
		query string
	}{
		{&c.patients, "SELECT id FROM patients WHERE deceased_on IS NULL AND archived_at IS NULL AND NOT is_restricted ORDER BY md5(id::text)"},
		{&c.practitioners, "SELECT id FROM practitioners ORDER BY md5(id::text)"},
		{&c.prefixes, "SELECT DISTINCT left(family_key, n) FROM patients, generate_series(3, 5) n WHERE family_key ~ '^[a-z]{5}' ORDER BY 1"},
		{&c.parts, "SELECT DISTINCT substr(family_key, 2, n) FROM patients, generate_series(3, 4) n WHERE family_key ~ '^[a-z]{5}' ORDER BY 1"},
	} {
		var found []string
		if err := c.sql.QueryRowContext(ctx, "SELECT array(SELECT x::text FROM ("+read.query+") q (x))").Scan((*pq.StringArray)(&found)); err != nil {
			return err
		}
		*read.into = found
	}
	var zone string
	err := c.sql.QueryRowContext(ctx, "SELECT time_zone FROM clinics").Scan(&zone)
	if err == nil {
		c.zone, err = time.LoadLocation(zone)
	}
	return err
}
