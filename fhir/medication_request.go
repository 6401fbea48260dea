package fhir

import (
	"strconv"
	"strings"

	"github.com/clinicql/clinicql/db"
)

// A medicationRequest becomes a line of the prescription of a record of its visit.
type medicationRequest struct {
	Status                    string           `json:"status"`
	Intent                    string           `json:"intent"`
	DoNotPerform              bool             `json:"doNotPerform"`
	MedicationCodeableConcept *codeableConcept `json:"medicationCodeableConcept"`
	MedicationReference       *reference       `json:"medicationReference"`
	Contained                 []struct {
		ID   string           `json:"id"`
		Code *codeableConcept `json:"code"`
	} `json:"contained"`
	Subject           *reference        `json:"subject"`
	Encounter         *reference        `json:"encounter"`
	AuthoredOn        string            `json:"authoredOn"`
	Requester         *reference        `json:"requester"`
	ReasonCode        []codeableConcept `json:"reasonCode"`
	ReasonReference   []*reference      `json:"reasonReference"`
	DosageInstruction []struct {
		Text string `json:"text"`
	} `json:"dosageInstruction"`
}

func (m *medicationRequest) subject() *reference  { return m.Subject }
func (m *medicationRequest) visit() *reference    { return m.Encounter }
func (m *medicationRequest) people() []*reference { return []*reference{m.Requester} }

func (*medicationRequest) element(field string) string {
	return map[string]string{"prescription": "medicationCodeableConcept", "diagnosis": "reasonCode", "recordedOn": "authoredOn",
		"appointmentId": "encounter"}[field]
}

// prescribed says of each status whether the medicine was to be taken.
var prescribed = map[string]bool{
	"active": true, "on-hold": true, "completed": true, "stopped": true, "unknown": true,
	"cancelled": false, "entered-in-error": false, "draft": false,
}

// ordered says of each intent whether somebody ordered the medicine.
var ordered = map[string]bool{
	"order": true, "original-order": true, "reflex-order": true, "filler-order": true, "instance-order": true,
	"proposal": false, "plan": false, "option": false,
}

// line returns the line of the prescription; "" when it is not kept or wrong.
func (m *medicationRequest) line(c *chart, r *resource) string {
	wasPrescribed, ok := prescribed[m.Status]
	if !ok {
		c.refuse(r, "MedicationRequest.status", "is no code of FHIR's medicationrequest-status")
		return ""
	}
	wasOrdered, ok := ordered[m.Intent]
	switch {
	case !ok:
		c.refuse(r, "MedicationRequest.intent", "is no code of FHIR's medicationrequest-intent")
		return ""
	case !wasPrescribed:
		c.notKept(r, "with the status "+m.Status)
		return ""
	case !wasOrdered:
		c.notKept(r, "with the intent "+m.Intent)
		return ""
	case m.DoNotPerform:
		c.notKept(r, "that forbid a medicine")
		return ""
	}
	medicine := m.medicine(c, r)
	if medicine == "" {
		return ""
	}
	parts := []string{medicine}
	for _, d := range m.DosageInstruction {
		if d.Text == "" {
			c.report.LeftOut["MedicationRequest.dosageInstruction (without text)"]++
			continue
		}
		parts = append(parts, d.Text)
	}
	return strings.Join(strings.Fields(strings.Join(parts, ", ")), " ")
}

// medicine returns the name of the medicine.
func (m *medicationRequest) medicine(c *chart, r *resource) string {
	if m.MedicationReference == nil {
		text := m.MedicationCodeableConcept.text()
		if text == "" {
			c.notKept(r, "without a medicine")
		}
		return text
	}
	ref := m.MedicationReference
	for _, contained := range m.Contained {
		if ref.Reference == "#"+contained.ID && contained.Code.text() != "" {
			return contained.Code.text()
		}
	}
	if text := c.medicine(ref); text != "" {
		return text
	}
	if text := strings.TrimSpace(ref.Display); text != "" {
		return text
	}
	c.refuse(r, "MedicationRequest.medicationReference", "leads nowhere")
	return ""
}

// reason returns why the medicine was prescribed, or "".
func (m *medicationRequest) reason(c *chart) string {
	for _, ref := range m.ReasonReference {
		if k, ok := c.find(ref); ok {
			if k, ok := k.body.(*condition); ok && k.Code.text() != "" {
				return k.Code.text()
			}
		}
	}
	if text := firstText(m.ReasonCode); text != "" {
		return text
	}
	for _, ref := range m.ReasonReference {
		if text := strings.TrimSpace(ref.Display); text != "" {
			return text
		}
	}
	return ""
}

// record returns the row of a record that is there for this prescription, or nil
// when it is not kept or wrong.
func (m *medicationRequest) record(c *chart, r *resource, v *visit) *db.MedicalRecord {
	diagnosis := m.reason(c)
	if diagnosis == "" {
		diagnosis = v.reason()
	}
	if diagnosis == "" {
		diagnosis = "Reason not told"
	}
	day, isFine := c.day(r, told{"authoredOn", m.AuthoredOn}, v.told())
	switch {
	case !isFine:
		return nil
	case day == "":
		c.notKept(r, "without a day")
		return nil
	}
	return &db.MedicalRecord{
		Status: db.Signed, Diagnosis: diagnosis, RecordedOn: day,
		PractitionerID: c.author(r, v, author{"requester", m.Requester}),
	}
}

// reasonPath is the path of the nth reason.
func reasonPath(n int) string { return "MedicationRequest.reasonReference[" + strconv.Itoa(n) + "]" }

// A medication is read for its name, which stands in the prescriptions.
type medication struct {
	Code *codeableConcept `json:"code"`
}

func (*medication) subject() *reference   { return nil }
func (*medication) visit() *reference     { return nil }
func (*medication) people() []*reference  { return nil }
func (*medication) element(string) string { return "" }
