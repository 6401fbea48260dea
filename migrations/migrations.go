// Package migrations brings a database to the shape that this binary expects.
// It holds one NNNN_what.sql per change, each with an Up and a Down.
package migrations

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"

	migrate "github.com/rubenv/sql-migrate"
)

//go:embed *.sql
var files embed.FS

// table remembers which migrations a database has had.
const table = "schema_migrations"

// lockKey is the advisory lock of whoever migrates. Any number does that nothing
// else in the database uses.
const lockKey = 5_021_767_300_481

var source migrate.MigrationSource = migrate.EmbedFileSystemMigrationSource{FileSystem: files, Root: "."}

// Up applies what is pending, each migration in a transaction of its own, and
// returns how many were. Servers that start together take turns. A database
// that a newer binary migrated is accepted, so that an older one can restart
// beside it. The pool must allow two connections: one holds the lock.
func Up(ctx context.Context, db *sql.DB) (applied int, err error) {
	return up(ctx, db, source)
}

func up(ctx context.Context, db *sql.DB, source migrate.MigrationSource) (applied int, err error) {
	err = alone(ctx, db, func() error {
		if err := checkOurs(ctx, db, source); err != nil {
			return err
		}
		set := migrate.MigrationSet{TableName: table, IgnoreUnknown: true}
		applied, err = set.ExecContext(ctx, db, "postgres", source, migrate.Up)
		return err
	})
	if err != nil {
		return applied, fmt.Errorf("apply migrations: %w", err)
	}
	return applied, nil
}

// ErrNotOurs says that a database holds what something else put there.
var ErrNotOurs = errors.New("the database holds tables of something else: give ClinicQL one of its own")

// checkOurs returns ErrNotOurs for a database that is neither empty nor one whose
// first migration was the first of source.
func checkOurs(ctx context.Context, db *sql.DB, source migrate.MigrationSource) error {
	var begun, others bool
	err := db.QueryRowContext(ctx, `
		SELECT to_regclass($1) IS NOT NULL, EXISTS (
			SELECT FROM pg_class c
			JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.oid IS DISTINCT FROM to_regclass($1)
			  AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
			  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'))`, table).Scan(&begun, &others)
	if err != nil || !others {
		return err
	}
	all, err := source.FindMigrations()
	if err != nil {
		return err
	}
	known := false
	if begun {
		// What other programs call so may have other columns.
		err = db.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM `+table+` m WHERE to_jsonb(m)->>'id' = $1)`, all[0].Id).Scan(&known)
	}
	if err == nil && !known {
		return ErrNotOurs
	}
	return err
}

// Down takes back the last steps migrations, with the data they brought, and
// returns how many were. It refuses a database that a newer binary migrated,
// because what is newer may stand on what is older.
func Down(ctx context.Context, db *sql.DB, steps int) (reverted int, err error) {
	if steps < 1 {
		return 0, fmt.Errorf("revert migrations: %d is not a number of steps", steps)
	}
	err = alone(ctx, db, func() error {
		set := migrate.MigrationSet{TableName: table}
		reverted, err = set.ExecMaxContext(ctx, db, "postgres", source, migrate.Down, steps)
		return err
	})
	if err != nil {
		return reverted, fmt.Errorf("revert migrations: %w", err)
	}
	return reverted, nil
}

// Pending counts the migrations that Up would apply. It writes nothing.
func Pending(ctx context.Context, db *sql.DB) (int, error) {
	n, err := pending(ctx, db)
	if err != nil {
		return 0, fmt.Errorf("count pending migrations: %w", err)
	}
	return n, nil
}

func pending(ctx context.Context, db *sql.DB) (int, error) {
	all, err := source.FindMigrations()
	if err != nil {
		return 0, err
	}
	var begun bool
	if err := db.QueryRowContext(ctx, `SELECT to_regclass($1) IS NOT NULL`, table).Scan(&begun); err != nil || !begun {
		return len(all), err
	}
	set := migrate.MigrationSet{TableName: table, IgnoreUnknown: true, DisableCreateTable: true}
	planned, _, err := set.PlanMigration(db, "postgres", source, migrate.Up, 0)
	return len(planned), err
}

// Fingerprint identifies the shape that all migrations together lead to.
func Fingerprint() string {
	sum := sha256.New()
	entries, _ := files.ReadDir(".") // compiled in: there is nothing that could fail
	for _, entry := range entries {
		content, _ := files.ReadFile(entry.Name())
		fmt.Fprintf(sum, "%s %d\n%s", entry.Name(), len(content), content)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// alone calls do while this is the only process that migrates the database. The
// lock is held by a connection of its own, since it belongs to the connection.
func alone(ctx context.Context, db *sql.DB, do func() error) error {
	if db.Stats().MaxOpenConnections == 1 {
		return errors.New("the pool allows one connection and two are needed")
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(lockKey)); err != nil {
		discard(conn)
		return fmt.Errorf("wait for the lock: %w", err)
	}
	defer unlock(ctx, conn)
	return do()
}

// unlock works for a context that has ended too. A connection that may still
// hold the lock does not go back to the pool.
func unlock(ctx context.Context, conn *sql.Conn) {
	if _, err := conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, int64(lockKey)); err != nil {
		discard(conn)
	}
}

func discard(conn *sql.Conn) {
	_ = conn.Raw(func(any) error { return driver.ErrBadConn })
}
