package seed

import (
	"math/rand/v2"

	"github.com/clinicql/clinicql/db"
)

// What people are allergic to, with the ATC code of a medicine.
var allergens = []struct {
	substance, atc, reaction string
	severity                 db.AllergySeverity
}{
	{"Penicillin", "J01CE01", "Rash and swelling of the face", db.Severe},
	{"Amoxicillin", "J01CA04", "Rash", db.Moderate},
	{"Aspirin", "N02BA01", "Wheezing", db.Moderate},
	{"Ibuprofen", "M01AE01", "Hives", db.Moderate},
	{"Trimethoprim and sulfamethoxazole", "J01EE01", "Rash", db.Moderate},
	{"Lidocaine", "N01BB02", "Dizziness", db.Mild},
	{"Peanut", "", "Anaphylaxis", db.Severe},
	{"Hen's egg", "", "Hives", db.Mild},
	{"Birch pollen", "", "Sneezing and itching eyes", db.Mild},
	{"Ragweed pollen", "", "Sneezing and itching eyes", db.Mild},
	{"House dust mite", "", "Blocked nose", db.Mild},
	{"Bee venom", "", "Swelling of the arm", db.Severe},
	{"Latex", "", "Itching", db.Moderate},
	{"Shellfish", "", "Vomiting", db.UnknownSeverity},
}

const atc = "http://www.whocc.no/atc"

// newAllergies notes what the patient reacts to, or that there is nothing, or
// neither: nobody has asked yet.
func newAllergies(r *rand.Rand, p *person) (all []*db.Allergy, noneOn *db.Date) {
	on := db.DateOf(p.registered)
	switch n := r.IntN(100); {
	case n >= 65:
		return nil, nil
	case n >= 15:
		return nil, &on
	}
	first := r.IntN(len(allergens))
	for i := range 1 + skewed(r, 3) {
		a := allergens[(first+i*5)%len(allergens)]
		row := &db.Allergy{PatientID: p.id, Substance: a.substance, Reaction: &a.reaction, Severity: a.severity,
			Status: db.Confirmed, NotedOn: on}
		row.ID = newID(r, db.KindAllergy, p.registered)
		if a.atc != "" {
			code, system := a.atc, atc
			row.Code, row.CodeSystem = &code, &system
		}
		if percent(r, 15) {
			row.Status = db.Unconfirmed
		}
		all = append(all, row)
	}
	return all, nil
}
