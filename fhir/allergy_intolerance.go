package fhir

import (
	"slices"
	"strings"
	"time"

	"github.com/clinicql/clinicql/db"
)

// An allergyIntolerance becomes an allergy, or says that there is none.
type allergyIntolerance struct {
	ClinicalStatus     *codeableConcept `json:"clinicalStatus"`
	VerificationStatus *codeableConcept `json:"verificationStatus"`
	Code               *codeableConcept `json:"code"`
	Patient            *reference       `json:"patient"`
	OnsetDateTime      string           `json:"onsetDateTime"`
	RecordedDate       string           `json:"recordedDate"`
	Reaction           []struct {
		Manifestation []codeableConcept `json:"manifestation"`
		Description   string            `json:"description"`
		Severity      string            `json:"severity"`
	} `json:"reaction"`
}

func (a *allergyIntolerance) subject() *reference { return a.Patient }
func (*allergyIntolerance) visit() *reference     { return nil }
func (*allergyIntolerance) people() []*reference  { return nil }

func (*allergyIntolerance) element(field string) string {
	return map[string]string{"substance": "code", "code": "code.coding[0].code", "codeSystem": "code.coding[0].system",
		"notedOn": "recordedDate", "reaction": "reaction", "severity": "reaction.severity"}[field]
}

// The systems whose codes deny allergies, and the codes of SNOMED CT that deny
// those of one kind only: drugs, food, latex, animals, insects and the like.
const (
	snomed = "http://snomed.info/sct"
	absent = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
)

var noAllergyOfAKind = []string{"409137002", "428607008", "428197003", "429625007", "716184000", "716220001", "1003774007"}

// deniesAll says whether the resource is about there being no allergies at all.
func (a *allergyIntolerance) deniesAll() bool {
	return a.Code.means(snomed, "716186003") || a.Code.means(absent, "no-known-allergies")
}

// denied returns the day on which there were no allergies, if that is what the
// resource is about; nil when it is not kept or wrong.
func (a *allergyIntolerance) denied(c *chart, r *resource) (day *db.Date, isAbout bool) {
	verification := a.VerificationStatus.code()
	switch {
	case a.Code.means(snomed, noAllergyOfAKind...):
		c.notKept(r, "that deny allergies of one kind")
		return nil, true
	case !a.deniesAll():
		return nil, false
	case verification == "refuted" || verification == "entered-in-error":
		c.notKept(r, "that deny allergies and are "+verification)
		return nil, true
	}
	if d, ok := a.notedOn(c, r); ok {
		return &d, true
	}
	return nil, true
}

// notedOn returns the day on which it was noted; today where none is told.
func (a *allergyIntolerance) notedOn(c *chart, r *resource) (db.Date, bool) {
	day, isFine := c.day(r, told{"recordedDate", a.RecordedDate}, told{"onsetDateTime", a.OnsetDateTime})
	if isFine && day == "" {
		day = c.clinic.DayOf(time.Now())
	}
	return day, isFine
}

var allergyStatuses = map[string]db.AllergyEntryStatus{
	"": db.Unconfirmed, "unconfirmed": db.Unconfirmed, "confirmed": db.Confirmed,
	"refuted": db.Refuted, "entered-in-error": db.AllergyInError,
}

// row returns the allergy's row, or nil when it is not kept or wrong.
func (a *allergyIntolerance) row(c *chart, r *resource) *db.Allergy {
	if a.Code.text() == "" {
		c.notKept(r, "without a code or text")
		return nil
	}
	row := &db.Allergy{Substance: a.Code.text(), Severity: a.severity(c, r), Reaction: optional(a.reactions())}
	row.Code, row.CodeSystem = a.Code.first()
	c.leftOut("AllergyIntolerance.code.coding", len(a.Code.Coding)-1)
	var ok bool
	if row.Status, ok = allergyStatuses[a.VerificationStatus.code()]; !ok {
		c.refuse(r, "AllergyIntolerance.verificationStatus", "is no code of FHIR's allergyintolerance-verification")
	}
	switch a.ClinicalStatus.code() {
	case "", "active":
	case "inactive", "resolved":
		if row.Status == db.Unconfirmed || row.Status == db.Confirmed {
			row.Status = db.Resolved
		}
	default:
		c.refuse(r, "AllergyIntolerance.clinicalStatus", "is no code of FHIR's allergyintolerance-clinical")
	}
	if row.NotedOn, ok = a.notedOn(c, r); !ok {
		return nil
	}
	return row
}

// severity returns that of the gravest reaction. The criticality is not asked:
// it tells what could happen and not what did.
func (a *allergyIntolerance) severity(c *chart, r *resource) db.AllergySeverity {
	order := []string{"", "mild", "moderate", "severe"}
	gravest := 0
	for _, reaction := range a.Reaction {
		n := slices.Index(order, reaction.Severity)
		if n < 0 {
			c.refuse(r, "AllergyIntolerance.reaction.severity", "is no code of FHIR's reaction-event-severity")
		}
		gravest = max(gravest, n)
	}
	return []db.AllergySeverity{db.UnknownSeverity, db.Mild, db.Moderate, db.Severe}[gravest]
}

// reactions returns what was seen, each once.
func (a *allergyIntolerance) reactions() string {
	var all []string
	for _, reaction := range a.Reaction {
		texts := []string{strings.TrimSpace(reaction.Description)}
		for _, m := range reaction.Manifestation {
			texts = append(texts, m.text())
		}
		for _, text := range texts {
			if text != "" && !slices.Contains(all, text) {
				all = append(all, text)
			}
		}
	}
	return strings.Join(all, "; ")
}
