package migrations_test

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/migrations"
	_ "github.com/lib/pq"
	migrate "github.com/rubenv/sql-migrate"
)

func TestUpDownUp(t *testing.T) {
	t.Parallel()
	db := open(t, dbtest.Empty(t))
	all := len(known(t))
	before := catalogue(t, db)

	up(t, db, all)
	migrated := catalogue(t, db)
	if reverted, err := migrations.Down(t.Context(), db, all); reverted != all || err != nil {
		t.Fatalf("down: %d of %d, %v", reverted, all, err)
	}
	same(t, "after everything was reverted", catalogue(t, db), before)
	up(t, db, all)
	same(t, "after a second up", catalogue(t, db), migrated)
}

// TestDownOneByOne finds the migration whose Down forgets something.
func TestDownOneByOne(t *testing.T) {
	t.Parallel()
	db := open(t, dbtest.Empty(t))
	all := known(t)
	for i := range all {
		before := catalogue(t, db)
		only := &migrate.MemoryMigrationSource{Migrations: all[:i+1]}
		upFrom(t, db, only, 1)
		set := migrate.MigrationSet{TableName: "schema_migrations"}
		if _, err := set.ExecMax(db, "postgres", only, migrate.Down, 1); err != nil {
			t.Fatal(err)
		}
		same(t, "after down of "+all[i].Id, catalogue(t, db), before)
		upFrom(t, db, only, 1)
	}
}

func TestUp(t *testing.T) {
	t.Run("lets ten servers that start at once take turns", func(t *testing.T) {
		t.Parallel()
		url := dbtest.Empty(t)
		applied := make([]int, 10)
		var wg sync.WaitGroup
		for i := range applied {
			db := open(t, url)
			wg.Go(func() {
				var err error
				if applied[i], err = migrations.Up(t.Context(), db); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		slices.Sort(applied)
		if last := len(applied) - 1; applied[last] != len(known(t)) || applied[last-1] != 0 {
			t.Errorf("applied %v of %d", applied, len(known(t)))
		}
	})
	t.Run("accepts what a newer binary did", func(t *testing.T) {
		t.Parallel()
		db := open(t, dbtest.New(t).URL)
		all := known(t)
		upFrom(t, db, &migrate.MemoryMigrationSource{Migrations: all[:len(all)-1]}, 0)
	})
	t.Run("changes nothing when one migration is wrong", func(t *testing.T) {
		t.Parallel()
		db := open(t, dbtest.Empty(t))
		before := catalogue(t, db)
		wrong := &migrate.MemoryMigrationSource{Migrations: []*migrate.Migration{
			{Id: "0001_wrong.sql", Up: []string{"CREATE TABLE half ()", "SELECT wrong"}},
		}}
		if _, err := migrations.UpFrom(t.Context(), db, wrong); err == nil || !strings.Contains(err.Error(), "0001_wrong.sql") {
			t.Errorf("got %v", err)
		}
		same(t, "after the error", catalogue(t, db), before)
	})
	t.Run("gives up the lock when its context ends", func(t *testing.T) {
		t.Parallel()
		db := open(t, dbtest.Empty(t))
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		slow := &migrate.MemoryMigrationSource{Migrations: []*migrate.Migration{
			{Id: "0001_slow.sql", Up: []string{"SELECT pg_sleep(10)"}},
		}}
		if _, err := migrations.UpFrom(ctx, db, slow); err == nil {
			t.Error("a cancelled migration succeeded")
		}
		var locks int
		if err := db.QueryRow(`SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`).Scan(&locks); err != nil || locks != 0 {
			t.Errorf("%d locks are left, %v", locks, err)
		}
	})
	t.Run("refuses a pool of one", func(t *testing.T) {
		t.Parallel()
		db := open(t, dbtest.Empty(t))
		db.SetMaxOpenConns(1)
		if _, err := migrations.Up(t.Context(), db); err == nil {
			t.Error("was not refused")
		}
	})
}

func TestDown(t *testing.T) {
	t.Parallel()
	db := open(t, dbtest.New(t).URL)
	if _, err := migrations.Down(t.Context(), db, 0); err == nil {
		t.Error("no steps were not refused")
	}
	newer := append(known(t), &migrate.Migration{Id: "9999_newer.sql", Up: []string{"SELECT 1"}})
	upFrom(t, db, &migrate.MemoryMigrationSource{Migrations: newer}, 1)
	if _, err := migrations.Down(t.Context(), db, 1); err == nil {
		t.Error("a newer database was not refused")
	}
}

func TestPending(t *testing.T) {
	t.Parallel()
	db := open(t, dbtest.Empty(t))
	all := known(t)
	pending(t, db, len(all))
	var begun bool
	if err := db.QueryRow(`SELECT to_regclass('schema_migrations') IS NOT NULL`).Scan(&begun); err != nil || begun {
		t.Errorf("counting made the table: %v, %v", begun, err)
	}
	upFrom(t, db, &migrate.MemoryMigrationSource{Migrations: all[:1]}, 1)
	pending(t, db, len(all)-1)
	up(t, db, len(all)-1)
	pending(t, db, 0)
}

func known(t *testing.T) []*migrate.Migration {
	t.Helper()
	all, err := migrations.Source.FindMigrations()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func open(t *testing.T, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func up(t *testing.T, db *sql.DB, want int) {
	t.Helper()
	upFrom(t, db, migrations.Source, want)
}

func upFrom(t *testing.T, db *sql.DB, source migrate.MigrationSource, want int) {
	t.Helper()
	if applied, err := migrations.UpFrom(t.Context(), db, source); applied != want || err != nil {
		t.Fatalf("up: %d and not %d, %v", applied, want, err)
	}
}

func pending(t *testing.T, db *sql.DB, want int) {
	t.Helper()
	if n, err := migrations.Pending(t.Context(), db); n != want || err != nil {
		t.Errorf("pending: %d and not %d, %v", n, want, err)
	}
}

// same compares catalogues and shows the lines that only one of them has.
func same(t *testing.T, when string, got, want []string) {
	t.Helper()
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("%s there is %s", when, line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("%s there is no %s", when, line)
		}
	}
}
