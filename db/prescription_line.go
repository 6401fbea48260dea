package db

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A PrescriptionLine is one medicine of a prescription, in the prescriber's
// words; nothing is computed from it.
type PrescriptionLine struct {
	Medicine  string  `json:"medicine"`
	Dose      *string `json:"dose,omitempty"`
	Route     *string `json:"route,omitempty"`
	Frequency *string `json:"frequency,omitempty"`
	StartsOn  *Date   `json:"startsOn,omitempty"`
	EndsOn    *Date   `json:"endsOn,omitempty"`
}

// PrescriptionLines are kept in the row of their record.
type PrescriptionLines []*PrescriptionLine

// Value gives the lines to the database.
func (l PrescriptionLines) Value() (driver.Value, error) {
	if len(l) == 0 {
		return nil, nil
	}
	text, err := json.Marshal([]*PrescriptionLine(l))
	return string(text), err
}

// Scan takes the lines from the database.
func (l *PrescriptionLines) Scan(src any) error { return scanJSON(l, src) }

// The limits of a prescription.
const (
	maxPrescriptionLines = 20
	maxMedicine          = 500
	maxLineText          = 100 // of dose, route and frequency
)

func (l PrescriptionLines) check(p *problems) {
	if len(l) > maxPrescriptionLines {
		p.add("prescriptionLines", TooLong, fmt.Sprintf("are more than %d", maxPrescriptionLines))
	}
	for n, line := range l {
		text := func(field string, value *string, limit int) {
			if value == nil {
				return
			}
			if code, message := CheckText(*value, limit); code != "" {
				p.at(code, message, "prescriptionLines", n, field)
			}
		}
		text("medicine", &line.Medicine, maxMedicine)
		text("dose", line.Dose, maxLineText)
		text("route", line.Route, maxLineText)
		text("frequency", line.Frequency, maxLineText)
		if line.StartsOn != nil && line.EndsOn != nil && *line.EndsOn < *line.StartsOn {
			p.at(EndBeforeStart, "lies before the first day", "prescriptionLines", n, "endsOn")
		}
	}
}

// String writes the line as text: "Metformin 500 mg, 1 tablet, by mouth, twice
// daily, from 2026-03-01 until 2026-03-14".
func (l *PrescriptionLine) String() string {
	parts := []string{l.Medicine}
	for _, part := range []*string{l.Dose, l.Route, l.Frequency} {
		if part != nil {
			parts = append(parts, *part)
		}
	}
	var days []string
	if l.StartsOn != nil {
		days = append(days, "from "+string(*l.StartsOn))
	}
	if l.EndsOn != nil {
		days = append(days, "until "+string(*l.EndsOn))
	}
	if days != nil {
		parts = append(parts, strings.Join(days, " "))
	}
	return strings.Join(parts, ", ")
}

// tidy returns the lines with their texts in the normal form; nil for none.
func (l PrescriptionLines) tidy() PrescriptionLines {
	if len(l) == 0 {
		return nil
	}
	tidied := make(PrescriptionLines, len(l))
	for i, line := range l {
		own := *line
		own.Medicine = tidyText(own.Medicine)
		for _, text := range []**string{&own.Dose, &own.Route, &own.Frequency} {
			if *text != nil {
				tidy := tidyText(**text)
				*text = &tidy
			}
		}
		tidied[i] = &own
	}
	return tidied
}

func tidyText(s string) string { return norm.NFC.String(strings.TrimSpace(s)) }

// text writes the lines one below the other; nil for none.
func (l PrescriptionLines) text() *string {
	if len(l) == 0 {
		return nil
	}
	lines := make([]string, len(l))
	for i, line := range l {
		lines[i] = line.String()
	}
	text := strings.Join(lines, "\n")
	return &text
}

// equal says whether two prescriptions have the same lines.
func (l PrescriptionLines) equal(other PrescriptionLines) bool {
	a, _ := l.Value()
	b, _ := other.Value()
	return a == b
}

// prescribe brings the two forms of a prescription together after a change from
// what the record was before: the text of lines is made from them, and a text
// that is given takes the place of lines.
func (r *MedicalRecord) prescribe(before *MedicalRecord, found *problems) {
	r.PrescriptionLines = r.PrescriptionLines.tidy()
	newLines := !r.PrescriptionLines.equal(before.PrescriptionLines)
	newText := !sameText(r.Prescription, before.Prescription)
	other := !sameText(r.Prescription, r.PrescriptionLines.text()) // or it was made from the lines by a try before
	switch {
	case newLines && newText && r.PrescriptionLines != nil && r.Prescription != nil && other:
		found.add("prescription", OutOfRange, "is not given together with prescriptionLines")
	case newLines && (!newText || r.PrescriptionLines != nil):
		r.Prescription = r.PrescriptionLines.text()
	case newText:
		r.PrescriptionLines = nil
	}
	var wrong problems
	if r.PrescriptionLines.check(&wrong); len(wrong.found) == 0 && r.PrescriptionLines != nil && utf8.RuneCountInString(*r.PrescriptionLines.text()) > longestPrescription() {
		wrong.add("prescriptionLines", TooLong, fmt.Sprintf("are longer than %d characters together", longestPrescription()))
	}
	if len(wrong.found) > 0 {
		found.found = append(found.found, wrong.found...)
		r.Prescription = nil // or it would be told twice
	}
}

// sameText says whether two texts that may be absent are equal.
func sameText(a, b *string) bool { return a == b || a != nil && b != nil && *a == *b }

// LinesOfPrescription returns the prescription line by line; one that was given
// as a text is a single line.
func (r *MedicalRecord) LinesOfPrescription() []*PrescriptionLine {
	return linesOf(r.PrescriptionLines, r.Prescription)
}

func linesOf(lines PrescriptionLines, text *string) []*PrescriptionLine {
	switch {
	case len(lines) > 0:
		return lines
	case text != nil:
		return []*PrescriptionLine{{Medicine: *text}}
	}
	return []*PrescriptionLine{}
}
