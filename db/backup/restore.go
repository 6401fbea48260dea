package backup

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/lib/pq"
)

// Restore brings a backup back into the database at url, which must be empty, and
// compares what is there then with what was backed up. All of it comes back or
// nothing; roles, which nobody can sign in as, may be left in either case.
func Restore(ctx context.Context, url, folder string) (*Manifest, error) {
	m, err := Read(folder)
	if err != nil {
		return nil, err
	}
	db, err := open(ctx, url)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	if err := m.prepare(ctx, db); err != nil {
		return nil, err
	}
	dump := filepath.Join(folder, dumpName)
	if err := runClient(ctx, "pg_restore", m.Postgres, url, "--exit-on-error", "--single-transaction", "--no-owner", dump); err != nil {
		return nil, err
	}
	if err := m.compare(ctx, db); err != nil {
		return nil, err
	}
	return m, m.finish(ctx, db)
}

// Read reads what a backup says of itself, and checks that its dump is whole.
func Read(folder string) (*Manifest, error) {
	text, err := os.ReadFile(filepath.Join(folder, manifestName))
	if err != nil {
		return nil, fmt.Errorf("this is no backup: %w", err)
	}
	m := &Manifest{}
	if err := json.Unmarshal(text, m); err != nil || m.SHA256 == "" || len(m.Tables) == 0 {
		return nil, fmt.Errorf("%s cannot be read: the backup is damaged", filepath.Join(folder, manifestName))
	}
	dump := filepath.Join(folder, dumpName)
	n, sum, err := hashFile(dump)
	switch {
	case err != nil:
		return nil, fmt.Errorf("the backup is not whole: %w", err)
	case n != m.Bytes:
		return nil, fmt.Errorf("%s has %d bytes of %d: the backup is cut off or damaged", dump, n, m.Bytes)
	case sum != m.SHA256:
		return nil, fmt.Errorf("%s is not what was backed up: its SHA-256 is another", dump)
	}
	return m, nil
}

var roleName = regexp.MustCompile(`^clinicql_[a-z]+$`)

// prepare makes sure that nothing is written over, and that there are the roles
// that rights are granted to, which belong to the cluster and are in no dump.
func (m *Manifest) prepare(ctx context.Context, db *sql.DB) error {
	var tables int
	if err := db.QueryRowContext(ctx, "SELECT count(*) "+ownRelations).Scan(&tables); err != nil {
		return unreachable(err)
	}
	if tables > 0 {
		return fmt.Errorf("the database has %d tables and views already: restore into an empty one", tables)
	}
	for _, role := range m.Roles {
		if !roleName.MatchString(role) {
			return errors.New("the backup names a role that is none of ours")
		}
		_, err := db.ExecContext(ctx, "CREATE ROLE "+pq.QuoteIdentifier(role)+" NOLOGIN")
		var refused *pq.Error
		if err != nil && !(errors.As(err, &refused) && refused.Code == "42710") { // it is there
			return unreachable(err)
		}
	}
	return nil
}

// compare returns an error when the database does not hold what was backed up.
func (m *Manifest) compare(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return unreachable(err)
	}
	defer func() { _ = tx.Rollback() }()
	var now Manifest
	if err := now.describe(ctx, tx); err != nil {
		return err
	}
	var others []string
	for name, was := range m.Tables {
		if now.Tables[name] != was {
			others = append(others, name)
		}
	}
	if slices.Sort(others); len(others) > 0 {
		return fmt.Errorf("what was restored is not what was backed up: %v", others)
	}
	return nil
}

// finish sets what is in no dump: who may connect, and how many seals there are,
// which a dump may count further than it holds them.
func (m *Manifest) finish(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, `
		DO $$ BEGIN EXECUTE format('REVOKE CONNECT, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;
		SELECT setval('public.audit_seal_count', max(number)) FROM public.audit_seals HAVING max(number) > 0`)
	if err != nil {
		return unreachable(err)
	}
	return nil
}
