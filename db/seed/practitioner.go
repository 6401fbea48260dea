package seed

import (
	"fmt"
	"slices"
	"time"

	"github.com/clinicql/clinicql/db"
)

// patientsOfOne is how many patients there are for each practitioner.
const patientsOfOne = 150

// The made-up clinic registered its patients from opened to surveyed. Both are
// fixed, so that people do not depend on the day of seeding.
var (
	opened   = time.Date(2024, 1, 1, 8, 0, 0, 0, time.UTC)
	surveyed = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
)

// The specialties, in the order in which a growing clinic fills them.
var specialties = []string{
	"Family medicine", "Paediatrics", "Internal medicine", "Cardiology", "Gynaecology", "Orthopaedics", "Neurology", "Dermatology",
	"Family medicine", "Endocrinology", "Otorhinolaryngology", "Gastroenterology", "Ophthalmology", "Urology", "Psychiatry", "Pulmonology",
}

// A doctor is what the rest of the clinic needs to know of a practitioner.
type doctor struct {
	row       *db.Practitioner
	specialty string
	panel     []int    // places of the patients whose own doctor this is
	leave     *absence // to come; nil for none
}

func newDoctor(seed uint64, n int) *doctor {
	r := practitionerStream.chance(seed, uint64(n))
	name := newName(r, percent(r, 55))
	prefix, specialty := "Dr.", specialties[n%len(specialties)]
	row := &db.Practitioner{Prefix: &prefix, Specialty: &specialty, IsActive: true}
	row.ID = newID(r, db.KindPractitioner, opened.Add(time.Duration(n-10_000)*time.Second))
	row.GivenName, row.FamilyName = &name.given, &name.family
	row.Identifiers = db.Identifiers{{System: "https://licence.example", Value: fmt.Sprintf("L-%05d", 10_001+n)}}
	return &doctor{row: row, specialty: specialty}
}

func newDoctors(seed uint64, patients int) []*doctor {
	all := make([]*doctor, max(8, patients/patientsOfOne))
	for n := range all {
		all[n] = newDoctor(seed, n)
	}
	return all
}

// takes says whether the doctor's specialty is for somebody of that age and sex.
func (d *doctor) takes(age int, sex db.Sex) bool {
	return slices.ContainsFunc(conditionsOf[d.specialty], func(c *condition) bool { return c.fits(age, sex) })
}

// isGeneral says whether the doctor treats what is common, and so can be the
// own doctor of a patient.
func (d *doctor) isGeneral() bool {
	return d.specialty == "Family medicine" || d.specialty == "Paediatrics" || d.specialty == "Internal medicine"
}
