package db

import (
	"strings"
	"unicode/utf8"
)

func (in *chartImport) addAppointments() error {
	for _, a := range in.chart.Appointments {
		id := NewID(KindAppointment)
		if !in.add(a.Source, id) {
			continue
		}
		a.Row.ID, a.Row.PatientID = id, in.patient.ID
		if err := in.check(a.Source, &toldVisit{a.Row}); err != nil {
			return err
		}
		in.visits = append(in.visits, a)
	}
	return nil
}

func (in *chartImport) addRecords() error {
	for _, r := range in.chart.Records {
		if r.Visit != (Source{}) {
			visit, ok := in.known[r.Visit]
			if !ok || visit.PatientID.UUID != in.patient.ID {
				in.refuse(r.first(), Problem{[]any{"appointmentId"}, UnknownReference, "leads to no visit of this patient"})
				continue
			}
			r.Row.AppointmentID = &visit.ID
		}
		r.Row.PatientID = in.patient.ID
		if err := in.addRecord(r); err != nil {
			return err
		}
	}
	return nil
}

// first returns the resource that a record comes from.
func (r *ImportedRecord) first() Source {
	if r.Source == (Source{}) && len(r.Lines) > 0 {
		return r.Lines[0].Source
	}
	return r.Source
}

// addRecord adds the record if it is new, with as many of the new prescriptions
// as fit, and records beside it that hold the others.
func (in *chartImport) addRecord(r ImportedRecord) error {
	row := *r.Row
	row.ID, row.Prescription = NewID(KindMedicalRecord), nil
	isNew := r.Source != (Source{}) && in.add(r.Source, row.ID)
	var text []string
	for _, line := range r.Lines {
		if len(text) > 0 && !fits(text, line.Text) && !in.isKnown(line.Source) {
			if err := in.keepRecord(r, row, text); err != nil {
				return err
			}
			isNew, text, row.ID = false, nil, NewID(KindMedicalRecord)
		}
		if !in.add(line.Source, row.ID) {
			continue
		}
		if code, message := CheckText(line.Text, longestPrescription()); code != "" {
			in.refuse(line.Source, Problem{[]any{"prescription"}, code, message})
			continue
		}
		text = append(text, line.Text)
	}
	if !isNew && text == nil {
		return nil
	}
	return in.keepRecord(r, row, text)
}

func (in *chartImport) isKnown(s Source) bool {
	_, known := in.known[s]
	return known
}

// longestPrescription returns how many characters the prescription of a record can have.
func longestPrescription() int { return MaxLength("MedicalRecord", "prescription") }

// fits says whether a prescription has room for one more line.
func fits(lines []string, line string) bool {
	return utf8.RuneCountInString(strings.Join(lines, "\n"))+1+utf8.RuneCountInString(line) <= longestPrescription()
}

func (in *chartImport) keepRecord(r ImportedRecord, row MedicalRecord, lines []string) error {
	if lines != nil {
		text := strings.Join(lines, "\n")
		row.Prescription = &text
	}
	in.records = append(in.records, &row)
	return in.check(r.first(), &row)
}

func (in *chartImport) addAllergies() error {
	for _, a := range in.chart.Allergies {
		id := NewID(KindAllergy)
		if !in.add(a.Source, id) {
			continue
		}
		a.Row.ID, a.Row.PatientID = id, in.patient.ID
		if err := in.check(a.Source, a.Row); err != nil {
			return err
		}
		in.allergies = append(in.allergies, a.Row)
	}
	return nil
}
