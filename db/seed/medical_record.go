package seed

import (
	"time"

	"github.com/clinicql/clinicql/db"
)

// The shares of completed visits that have a record, and of those of the last
// days whose record is not signed yet, in percent.
const (
	recorded   = 88
	unsigned   = 25
	unsignedIn = 10 * 24 * time.Hour
)

// newRecord returns the record of a visit; nil where nobody wrote one.
func (o *office) newRecord(a *db.Appointment, c *condition) *db.MedicalRecord {
	if a.Status != db.Completed || !percent(o.r, recorded) {
		return nil
	}
	return o.writeRecord(a, c)
}

// writeRecord makes the record of a visit that took place.
func (o *office) writeRecord(a *db.Appointment, c *condition) *db.MedicalRecord {
	code, system := c.code, icd10
	row := &db.MedicalRecord{
		PatientID: a.PatientID, PractitionerID: a.PractitionerID, AppointmentID: &a.ID,
		RecordedOn: db.DateOf(a.StartsAt.In(o.now.Location())), Status: db.Signed,
		Diagnosis: c.diagnosis, Code: &code, CodeSystem: &system,
	}
	row.ID = newID(o.r, db.KindMedicalRecord, a.EndsAt)
	if c.prescription != "" {
		row.Prescription = &c.prescription
	}
	if percent(o.r, 75) {
		row.Notes = &c.notes
	}
	if o.now.Sub(a.EndsAt) < unsignedIn && percent(o.r, unsigned) {
		row.Status = db.Draft
	}
	return row
}
