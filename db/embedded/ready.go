package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/lib/pq"
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
	err := ping(ctx, s.URL())
	var refusal *pq.Error
	if errors.As(err, &refusal) && refusal.Code == "3D000" { // invalid_catalog_name
		return s.createDatabase(ctx)
	}
	return err
}

func (s *Server) endedEarly() error {
	if err := s.Err(); err != nil {
		return err
	}
	return fmt.Errorf("postgres ended: %s", s.log.why())
}

func (s *Server) createDatabase(ctx context.Context) error {
	db, err := sql.Open("postgres", s.login.url(s.dir.socketDir(), "postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
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
