package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/clinicql/clinicql/db"
)

// auditCommand is `clinicql audit`.
type auditCommand struct {
	Verify *auditVerifyCommand `arg:"subcommand:verify" help:"Check that nobody changed the audit afterwards; exit 1 when somebody did."`
	Report *auditReportCommand `arg:"subcommand:report" help:"List who did what. That it was listed is put into the audit."`
}

type auditVerifyCommand struct {
	Head string `arg:"--head" placeholder:"NUMBER:HASH" help:"A seal as the server logged it, which must still be there: without one, nobody can tell when all was rewritten from some row on, or cut off."`
}

// Run prints one line of result.
func (c *auditVerifyCommand) Run(ctx context.Context, d *db.DB) error {
	report, err := d.VerifyAudit(ctx, db.VerifyOptions{Head: c.Head})
	if err != nil {
		return err
	}
	if report.Broken != nil {
		fmt.Println("BROKEN", report.Broken)
		return errors.New("the audit is broken")
	}
	head := "no head"
	if report.Seals > 0 {
		head = "head " + report.Head.String()
	}
	fmt.Printf("The audit is whole: %s seals, %s rows, %s not sealed yet, %s.\n",
		thousands(report.Seals), thousands(report.Rows), thousands(report.Unsealed), head)
	return nil
}

// thousands writes a count with a comma every three digits.
func thousands(n int64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// sealEvery is how long rows of the audit wait for their seal.
const sealEvery = 2 * time.Second

// sealAudit seals the audit until ctx ends.
func (s *server) sealAudit(ctx context.Context) {
	var late, said string
	for ctx.Err() == nil {
		late = s.drainOnce(ctx, late)
		said = s.sealOnce(ctx, said)
		select {
		case <-ctx.Done():
		case <-time.After(sealEvery):
		}
	}
}

// sealLast seals what was written until the server stopped.
func (s *server) sealLast() {
	if s.health.migrated.Load() {
		ctx, cancel := context.WithTimeout(context.Background(), sealEvery)
		defer cancel()
		s.drainOnce(ctx, "")
		s.sealOnce(ctx, "")
	}
}

// drainOnce puts into the audit what waited for room there. It logs and returns as sealOnce does.
func (s *server) drainOnce(ctx context.Context, said string) string {
	drained, err := s.db.DrainReads(ctx)
	if drained > 0 {
		slog.Info("reads that waited are in the audit", "entries", drained, "left", s.db.KeptReads())
	}
	if err == nil {
		return ""
	}
	if err.Error() != said {
		slog.Warn("reads wait to be put into the audit", "entries", s.db.KeptReads(), "error", err.Error())
	}
	return err.Error()
}

// sealOnce seals the audit. It logs the seal, which somebody may keep elsewhere
// to verify the audit against, or what went wrong, unless that was said before;
// it returns what it said.
func (s *server) sealOnce(ctx context.Context, said string) string {
	rows, head, err := s.db.SealAudit(ctx)
	if head.Number > 0 {
		slog.Info("audit sealed", "head", head.String(), "rows", rows)
	}
	if err == nil || ctx.Err() != nil {
		return ""
	}
	if err.Error() != said {
		slog.Error("the audit was not sealed", "error", err.Error())
	}
	return err.Error()
}
