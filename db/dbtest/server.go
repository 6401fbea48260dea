package dbtest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"sync"

	"github.com/clinicql/clinicql/migrations"
)

// server is the Postgres on which all tests' databases are.
type server struct {
	url      string // of the database postgres
	admin    *sql.DB
	strategy string // how CREATE DATABASE copies
	migrated func() (template string, err error)
}

// join connects to the server that all tests share, once per process.
var join = sync.OnceValues(func() (*server, error) {
	base, err := serverURL()
	if err != nil {
		return nil, err
	}
	s := &server{url: base}
	if s.admin, err = sql.Open("postgres", base); err != nil {
		return nil, err
	}
	s.admin.SetMaxOpenConns(4)
	s.migrated = sync.OnceValues(s.template)
	return s, s.chooseStrategy()
})

func serverURL() (string, error) {
	given := os.Getenv("TEST_DATABASE_URL")
	if given == "" {
		return joinCluster()
	}
	if _, err := url.Parse(given); err != nil {
		return "", fmt.Errorf("TEST_DATABASE_URL: %w", err)
	}
	return onServer(given, "postgres"), nil
}

// chooseStrategy has databases copied as files, which for one that is as small
// as ours is faster than writing each page to the log. Postgres before 15 knows
// no other way.
func (s *server) chooseStrategy() error {
	var version int
	if err := s.admin.QueryRow(`SELECT current_setting('server_version_num')::int`).Scan(&version); err != nil {
		return err
	}
	if version >= 150000 {
		s.strategy = " STRATEGY FILE_COPY"
	}
	return nil
}

// template returns the name of a database at the newest migration and makes it
// when it is missing. It bears the fingerprint of the migrations, so that it is
// never out of date, and gets its name only when it is finished.
func (s *server) template() (string, error) {
	ctx := context.Background()
	name := "clinicql_template_" + migrations.Fingerprint()
	conn, err := s.admin.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	const lock = 5_021_767_300_482 // one process makes it and the others wait
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(lock)); err != nil {
		return "", err
	}
	defer conn.ExecContext(ctx, `SELECT pg_advisory_unlock($1)`, int64(lock))

	var exists bool
	err = conn.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, name).Scan(&exists)
	if err != nil || exists {
		return name, err
	}
	return name, s.makeTemplate(ctx, conn, name)
}

func (s *server) makeTemplate(ctx context.Context, conn *sql.Conn, name string) error {
	unfinished := name + "_new"
	for _, statement := range []string{
		"DROP DATABASE IF EXISTS " + unfinished + " WITH (FORCE)",
		"CREATE DATABASE " + unfinished + " TEMPLATE template0",
	} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("make the template: %w", err)
		}
	}
	if err := migrateTemplate(ctx, onServer(s.url, unfinished)); err != nil {
		return err
	}
	_, err := conn.ExecContext(ctx, "ALTER DATABASE "+unfinished+" RENAME TO "+name)
	return err
}

// migrateTemplate leaves no connection behind: a database in use is no template.
func migrateTemplate(ctx context.Context, url string) error {
	pool, err := sql.Open("postgres", url)
	if err != nil {
		return err
	}
	defer pool.Close()
	if _, err := migrations.Up(ctx, pool); err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, "VACUUM ANALYZE") // tests then plan as production does
	return err
}
