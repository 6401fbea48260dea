package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
)

type auditReportCommand struct {
	From    string `arg:"--from" placeholder:"TIME" help:"First time to list: a date, in UTC, or RFC 3339."`
	To      string `arg:"--to" placeholder:"TIME" help:"Last date to list, or the first time that is not listed any more."`
	Patient string `arg:"--patient" placeholder:"ID|MRN" help:"Only what was done with this patient's chart."`
	User    string `arg:"--user" placeholder:"LOGIN" help:"Only what this user did."`
	CSV     bool   `arg:"--csv" help:"Write CSV."`
}

// Run writes a line for each entry.
func (c *auditReportCommand) Run(ctx context.Context, d *db.DB) error {
	return c.write(ctx, d, os.Stdout)
}

// reportColumns are the columns of a report and their widths as text.
var reportColumns = []struct {
	name  string
	width int
}{{"at", 27}, {"actor", 20}, {"role", 12}, {"kind", 16}, {"table", 18}, {"row", 36}, {"patient", 36}, {"mrn", 10}, {"glass", 5}, {"operation", 36}, {"fields", 40}, {"reason", 0}}

func (c *auditReportCommand) write(ctx context.Context, d *db.DB, to io.Writer) (err error) {
	f := db.AuditFilter{Patient: c.Patient, User: c.User}
	if f.From, err = reportTime(c.From, 0); err != nil {
		return err
	}
	if f.To, err = reportTime(c.To, 1); err != nil {
		return err
	}
	buffer := bufio.NewWriter(to)
	put := textLine(buffer)
	if c.CSV {
		w := csv.NewWriter(buffer)
		defer func() { w.Flush(); err = errors.Join(err, w.Error(), buffer.Flush()) }()
		put = func(cells []string) error {
			for i := range cells {
				cells[i] = guardFormula(cells[i])
			}
			return w.Write(cells)
		}
	} else {
		defer func() { err = errors.Join(err, buffer.Flush()) }()
	}
	var heading []string
	for _, column := range reportColumns {
		heading = append(heading, column.name)
	}
	if err := put(heading); err != nil {
		return err
	}
	return d.ReportAudit(ctx, f, func(l *db.AuditLine) error {
		glass := "no"
		if l.IsByGlass {
			glass = "yes"
		}
		return put([]string{l.At.Format("2006-01-02T15:04:05.000000Z07:00"), l.Actor, l.Role, l.Kind, l.TableName, textOf(l.RowID), textOf(l.PatientID), l.MRN, glass,
			l.OperationID, strings.Join(l.Fields, " "), l.Reason})
	})
}

func textOf(id *uuid.UUID) string {
	if id == nil {
		return ""
	}
	return id.String()
}

// textLine writes aligned text. A cell that is too long moves the others: to
// know the longest, all would have to be read first.
func textLine(w io.Writer) func([]string) error {
	return func(cells []string) error {
		var line strings.Builder
		for i, column := range reportColumns {
			if cells[i] == "" {
				cells[i] = "-"
			}
			fmt.Fprintf(&line, "%-*s ", column.width, strings.Map(printable, cells[i]))
		}
		_, err := fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
		return err
	}
}

// printable replaces what would move the cursor of a terminal, or break a line.
func printable(r rune) rune {
	if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' {
		return '?'
	}
	return r
}

// guardFormula keeps a spreadsheet from taking a cell for a formula.
func guardFormula(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// reportTime reads a time, or a date, which begins at midnight in UTC; a number
// of days is added to a date.
func reportTime(text string, days int) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if date, err := time.Parse(time.DateOnly, text); err == nil {
		return date.AddDate(0, 0, days), nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, fmt.Errorf("%q is neither a date, 2026-03-01, nor a time, 2026-03-01T09:00:00Z", text)
	}
	return t, nil
}
