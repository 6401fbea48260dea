package db

import (
	"regexp"
	"strings"
)

// ICD10 is the code system of the International Classification of Diseases, 10th
// revision, by its URI in FHIR.
const ICD10 = "http://hl7.org/fhir/sid/icd-10"

// icd10 is the form of a code of ICD-10: a category, and up to four characters
// that say more.
var icd10 = regexp.MustCompile(`^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$`)

// normaliseCode brings a code of ICD-10 into its usual form, "j45.9 " into
// "J45.9", and says whether it has that form. Without a system a code is one of
// ICD-10; those of other systems stay as they are.
func (r *MedicalRecord) normaliseCode() bool {
	if r.Code == nil || r.CodeSystem != nil && *r.CodeSystem != ICD10 {
		return true
	}
	code := strings.ToUpper(strings.TrimSpace(*r.Code))
	if !icd10.MatchString(code) {
		return false
	}
	r.Code = &code
	return true
}
