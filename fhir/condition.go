package fhir

import (
	"strings"

	"github.com/clinicql/clinicql/db"
)

// A condition becomes a signed record of its visit.
type condition struct {
	VerificationStatus *codeableConcept `json:"verificationStatus"`
	Code               *codeableConcept `json:"code"`
	Subject            *reference       `json:"subject"`
	Encounter          *reference       `json:"encounter"`
	OnsetDateTime      string           `json:"onsetDateTime"`
	RecordedDate       string           `json:"recordedDate"`
	Recorder           *reference       `json:"recorder"`
	Asserter           *reference       `json:"asserter"`
	Note               []annotation     `json:"note"`
}

func (k *condition) subject() *reference  { return k.Subject }
func (k *condition) visit() *reference    { return k.Encounter }
func (k *condition) people() []*reference { return []*reference{k.Recorder, k.Asserter} }

func (*condition) element(field string) string {
	return map[string]string{"diagnosis": "code", "code": "code.coding[0].code", "codeSystem": "code.coding[0].system",
		"recordedOn": "recordedDate", "appointmentId": "encounter", "notes": "note"}[field]
}

// certainties holds the codes of condition-ver-status, with what the notes say
// of a diagnosis that is not certain.
var certainties = map[string]string{
	"": "", "confirmed": "", "entered-in-error": "", "unconfirmed": "Unconfirmed.",
	"provisional": "Provisional.", "differential": "One of several possible diagnoses.",
}

// row returns the record's row, or nil when it is not kept or wrong.
func (k *condition) row(c *chart, r *resource, v *visit) *db.MedicalRecord {
	verification := k.VerificationStatus.code()
	certainty, ok := certainties[verification]
	switch {
	case verification == "refuted":
		c.notKept(r, "that were refuted")
		return nil
	case !ok:
		c.refuse(r, "Condition.verificationStatus", "is no code of FHIR's condition-ver-status")
		return nil
	case k.Code.text() == "":
		c.notKept(r, "without a code or text")
		return nil
	}
	row := &db.MedicalRecord{Status: db.Signed, Diagnosis: k.Code.text()}
	row.Code, row.CodeSystem = k.Code.first()
	c.leftOut("Condition.code.coding", len(k.Code.Coding)-1)
	if verification == "entered-in-error" {
		row.Status = db.RecordInError
	}
	notes := []string{certainty}
	for _, n := range k.Note {
		notes = append(notes, strings.TrimSpace(n.Text))
	}
	row.Notes = optional(strings.Join(notes, "\n"))
	day, isFine := c.day(r, told{"recordedDate", k.RecordedDate}, told{"onsetDateTime", k.OnsetDateTime}, v.told())
	switch {
	case !isFine:
		return nil
	case day == "":
		c.notKept(r, "without a day")
		return nil
	}
	row.RecordedOn = day
	row.PractitionerID = c.author(r, v, author{"recorder", k.Recorder}, author{"asserter", k.Asserter})
	return row
}
