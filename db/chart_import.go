package db

import (
	"context"
	"fmt"

	"github.com/google/uuid"
)

// An ImportedChart is what another system knows of one patient.
type ImportedChart struct {
	// Patient is who it is about. Without a row they must be known already, by
	// the source or, where that is empty, by the identifier.
	Patient      Imported[Patient]
	Identifier   *Identifier
	Appointments []Imported[Appointment]
	Records      []ImportedRecord
	Allergies    []Imported[Allergy]
	NoAllergies  []Imported[Date] // the days on which the patient had none
}

// An ImportedRecord is a record and the prescriptions that are to stand in it.
// Prescriptions that come after it was signed make a record beside it.
type ImportedRecord struct {
	Source Source // empty of a record that is there for its prescriptions only
	Visit  Source // empty where it belongs to none
	Row    *MedicalRecord
	Lines  []ImportedPrescription
}

// An ImportedPrescription is one prescribed medicine.
type ImportedPrescription struct {
	Source Source
	Text   string
}

// ImportChart adds what is not known yet of a patient's chart, in one
// transaction, and returns the patient. Nobody and nothing that is known is
// changed. A chart that breaks a rule is refused as a whole with an ImportError.
func (d *DB) ImportChart(ctx context.Context, chart *ImportedChart) (*ImportResult, error) {
	var result *ImportResult
	_, err := write(ctx, d, func(ctx context.Context, tx *Tx) (*Patient, error) {
		in := &chartImport{tx: tx, chart: chart, result: newImportResult()}
		result = in.result
		return in.patient, in.run(ctx)
	})
	if err != nil {
		return nil, fmt.Errorf("import chart: %w", err)
	}
	return result, nil
}

// A chartImport is the work of one transaction.
type chartImport struct {
	tx          *Tx
	chart       *ImportedChart
	known       map[Source]importedRow
	patient     *Patient
	isNew       bool  // the patient was not known
	noAllergies *Date // the last day on which the patient had none
	visits      []Imported[Appointment]
	records     []*MedicalRecord
	allergies   []*Allergy
	fresh       []Source // resources that were not known
	refused     []Refusal
	result      *ImportResult
}

func (in *chartImport) run(ctx context.Context) error {
	sources, numbers := in.chart.sources(), in.chart.identifiers()
	var people []Source
	if in.chart.Patient.Source != (Source{}) {
		people = []Source{in.chart.Patient.Source}
	}
	if err := in.tx.lockPeople(ctx, people, numbers); err != nil {
		return err
	}
	var err error
	if in.known, err = in.tx.imported(ctx, sources); err != nil {
		return err
	}
	if err := in.findPatient(ctx, numbers); err != nil {
		return err
	}
	if in.patient == nil {
		return &ImportError{in.refused}
	}
	for _, step := range []func() error{in.addAppointments, in.addRecords, in.addAllergies} {
		if err := step(); err != nil {
			return err
		}
	}
	if err := in.addNoAllergies(ctx); err != nil {
		return err
	}
	if err := in.checkCalendars(ctx); err != nil {
		return err
	}
	if !in.isNew && len(in.fresh) > 0 {
		if err := in.lockPatient(ctx); err != nil {
			return err
		}
	}
	if err := in.checkPeople(ctx); err != nil {
		return err
	}
	if in.refused != nil {
		return &ImportError{in.refused}
	}
	return in.save(ctx)
}

// sources returns all resources of the chart.
func (c *ImportedChart) sources() []Source {
	all := []Source{c.Patient.Source}
	for _, a := range c.Appointments {
		all = append(all, a.Source)
	}
	for _, r := range c.Records {
		all = append(all, r.Source, r.Visit)
		for _, l := range r.Lines {
			all = append(all, l.Source)
		}
	}
	for _, a := range c.Allergies {
		all = append(all, a.Source)
	}
	for _, n := range c.NoAllergies {
		all = append(all, n.Source)
	}
	return all
}

// IsEmpty says whether the chart holds nothing.
func (c *ImportedChart) IsEmpty() bool {
	return c.Patient.Row == nil && len(c.Appointments)+len(c.Records)+len(c.Allergies)+len(c.NoAllergies) == 0
}

// identifiers returns those by which the patient may be known.
func (c *ImportedChart) identifiers() []Identifier {
	if c.Patient.Row != nil {
		return c.Patient.Row.Identifiers.values()
	}
	if c.Identifier != nil {
		return []Identifier{*c.Identifier}
	}
	return nil
}

func (in *chartImport) save(ctx context.Context) error {
	if err := in.savePatient(ctx); err != nil {
		return err
	}
	rows := make([]*Appointment, len(in.visits))
	for i, a := range in.visits {
		rows[i] = a.Row
	}
	if err := insertAll(ctx, in.tx, appointments, rows); err != nil {
		return err
	}
	if err := insertAll(ctx, in.tx, medicalRecords, in.records); err != nil {
		return err
	}
	if err := insertAll(ctx, in.tx, allergies, in.allergies); err != nil {
		return err
	}
	ids := make([]uuid.UUID, len(in.fresh))
	for i, s := range in.fresh {
		ids[i] = in.known[s].ID
	}
	return in.tx.keepImported(ctx, in.fresh, ids)
}

// add notes that the resource becomes a row, and says whether it is new.
func (in *chartImport) add(s Source, id uuid.UUID) bool {
	if was, known := in.known[s]; known {
		in.result.Known[s.Type]++
		if was.PatientID.UUID != in.patient.ID {
			in.refuse(s, Problem{nil, NotUnique, "has an id that was imported for another patient"})
		}
		return false
	}
	in.known[s] = importedRow{id, uuid.NullUUID{UUID: in.patient.ID, Valid: true}}
	in.fresh = append(in.fresh, s)
	in.result.Written[s.Type]++
	return true
}

func (in *chartImport) refuse(s Source, p ...Problem) {
	in.refused = append(in.refused, Refusal{s, p})
}

// check notes what is wrong with the row of a resource.
func (in *chartImport) check(s Source, row checked) (err error) {
	in.refused, err = refuse(in.refused, s, checkRow(in.tx, row))
	return err
}
