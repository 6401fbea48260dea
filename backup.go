package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/backup"
)

type backupCommand struct {
	Folder string `arg:"positional,required" help:"Folder to make; it must not be there."`
}

// Run backs the database up, and says what it holds.
func (b *backupCommand) Run(ctx context.Context, c *Config) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.close()
	start := time.Now()
	m, err := backup.Make(ctx, conn.url, b.Folder)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	fmt.Printf("Backed up %s rows of %d tables into %s, %s bytes, in %s.\n", thousands(m.Rows()), len(m.Tables), b.Folder, thousands(m.Bytes), time.Since(start).Round(time.Millisecond))
	return nil
}

type restoreCommand struct {
	Folder string `arg:"positional,required" help:"Folder that clinicql backup made."`
}

// Run restores into an empty database, brings that to the form of this version and
// checks the audit.
func (r *restoreCommand) Run(ctx context.Context, c *Config) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.close()
	start := time.Now()
	m, err := backup.Restore(ctx, conn.url, r.Folder)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	if _, err := migrate(ctx, conn.url); err != nil {
		return err
	}
	d, err := db.Open(conn.url)
	if err != nil {
		return err
	}
	defer d.Close()
	report, err := d.VerifyAudit(ctx, db.VerifyOptions{Head: m.Head})
	if err != nil {
		return err
	}
	if report.Broken != nil {
		return errors.New("restore: all rows are back, but the audit is broken: run clinicql audit verify")
	}
	fmt.Printf("Restored %s rows of %d tables as of %s, the same as were backed up, and the audit is whole, in %s.\n",
		thousands(m.Rows()), len(m.Tables), m.MadeAt.Format(time.RFC3339), time.Since(start).Round(time.Millisecond))
	return nil
}
