package embedded

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	_ "github.com/lib/pq" // the driver
)

// database is the one that URL leads to.
const database = "clinicql"

// ready returns when the database answers, and makes it when it is missing.
func (s *Server) ready(ctx context.Context) error {
	for !readPIDFile(s.dir.data()).ready {
		select {
		case <-s.done:
			return s.endedEarly()
		case <-ctx.Done():
			return fmt.Errorf("wait for it to answer: %w", ctx.Err())
		case <-time.After(5 * time.Millisecond):
		}
	}
	if err := s.ensureDatabase(ctx); err != nil {
		return err
	}
	return ping(ctx, s.URL())
}

func (s *Server) endedEarly() error {
	if err := s.Err(); err != nil {
		return err
	}
	return fmt.Errorf("postgres ended: %s", s.log.why())
}

// ensureDatabase makes the database when it is missing. It asks first: a log
// that begins with an error frightens people.
func (s *Server) ensureDatabase(ctx context.Context) error {
	db, err := sql.Open("postgres", s.login.url(s.dir.socketDir(), "postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	var there bool
	err = db.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", database).Scan(&there)
	if err != nil || there {
		return err
	}
	_, err = db.ExecContext(ctx, "CREATE DATABASE "+database)
	return err
}

func ping(ctx context.Context, url string) error {
	db, err := sql.Open("postgres", url)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.PingContext(ctx)
}
