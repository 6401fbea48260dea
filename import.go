package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/fhir"
)

// importCommand is `clinicql import`.
type importCommand struct {
	Paths  []string `arg:"positional,required" placeholder:"PATH" help:"FHIR R4 transaction bundles (.json), bulk exports (.ndjson), each with or without .gz, and folders of them."`
	Report string   `arg:"--report" placeholder:"FILE" help:"Write all that the import did to this file, as JSON."`
}

// shownProblems is how many problems are shown; the report holds all.
const shownProblems = 20

// Run imports the files and prints a summary. It returns an error when something
// could not be imported.
func (c *importCommand) Run(ctx context.Context, d *db.DB) (err error) {
	var file *os.File
	if c.Report != "" { // first of all, so that hours of work are not lost to a wrong name
		if file, err = os.OpenFile(c.Report, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600); err != nil {
			return fmt.Errorf("open the report: %w", err)
		}
		defer func() { err = errors.Join(err, file.Close()) }()
	}
	progress := &fhir.Progress{}
	stop := showProgress(os.Stderr, progress)
	report, err := fhir.Import(auth.WithActor(ctx, auth.SystemActor("import")), d, fhir.Options{Paths: c.Paths, Progress: progress})
	stop()
	if report == nil {
		return err
	}
	for i, p := range report.Problems {
		if i == shownProblems {
			fmt.Fprintf(os.Stderr, "and %d more problems: --report FILE writes all of them\n", len(report.Problems)-i)
			break
		}
		fmt.Fprintln(os.Stderr, p)
	}
	err = errors.Join(err, report.WriteSummary(os.Stdout))
	if file != nil {
		err = errors.Join(err, report.WriteJSON(file))
	}
	if n := len(report.Problems); err == nil && n > 0 {
		err = fmt.Errorf("import: %d problems; what they are about was not imported, all else was", n)
	}
	return err
}
