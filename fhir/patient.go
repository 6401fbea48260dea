package fhir

import (
	"strconv"
	"strings"

	"github.com/clinicql/clinicql/db"
	"golang.org/x/text/language"
)

// A patient becomes a row of patients.
type patient struct {
	Identifier       []identifier `json:"identifier"`
	Name             []humanName  `json:"name"`
	Telecom          []telecom    `json:"telecom"`
	Gender           string       `json:"gender"`
	BirthDate        string       `json:"birthDate"`
	Active           *bool        `json:"active"`
	DeceasedBoolean  bool         `json:"deceasedBoolean"`
	DeceasedDateTime string       `json:"deceasedDateTime"`
	Address          []address    `json:"address"`
	Communication    []struct {
		Language  *codeableConcept `json:"language"`
		Preferred bool             `json:"preferred"`
	} `json:"communication"`
}

type telecom struct {
	System string `json:"system"`
	Value  string `json:"value"`
	Use    string `json:"use"`
}

type address struct {
	Use        string   `json:"use"`
	Text       string   `json:"text"`
	Line       []string `json:"line"`
	City       string   `json:"city"`
	State      string   `json:"state"`
	PostalCode string   `json:"postalCode"`
	Country    string   `json:"country"`
}

func (*patient) subject() *reference   { return nil }
func (*patient) visit() *reference     { return nil }
func (*patient) people() []*reference  { return nil }
func (*patient) element(string) string { return "" }

var sexes = map[string]db.Sex{
	"female": db.Female, "male": db.Male, "other": db.OtherSex, "unknown": db.UnknownSex, "": db.UnknownSex,
}

// row returns the patient's row; what is wrong is told to c.
func (p *patient) row(c *chart, r *resource) *db.Patient {
	sex, ok := sexes[p.Gender]
	if !ok {
		c.refuse(r, "Patient.gender", "is no code of FHIR's administrative-gender")
	}
	if p.Active != nil && !*p.Active {
		c.report.LeftOut["Patient.active (false)"]++
	}
	r.paths = map[string]string{}
	row := &db.Patient{Sex: sex, Name: nameOf(p.Name, r, c.report), Identifiers: identifiersOf(p.Identifier, r, c.report)}
	if isNameless(&row.Name) {
		c.refuse(r, "Patient.name", "is missing")
	}
	p.dates(c, r, row)
	p.contacts(c, r, row)
	p.speak(c, r, row)
	p.live(c, r, row)
	return row
}

// dates reads birth and death.
func (p *patient) dates(c *chart, r *resource, row *db.Patient) {
	row.BirthDatePrecision = db.UnknownPrecision
	if p.BirthDate != "" {
		birth, ok := c.moments.parse(p.BirthDate)
		if !ok || birth.isInstant {
			c.refuse(r, "Patient.birthDate", "is no date that exists")
			return
		}
		day := c.moments.day(birth)
		row.BirthDate, row.BirthDatePrecision = &day, birth.precision
	}
	if p.DeceasedBoolean {
		c.report.LeftOut["Patient.deceasedBoolean (true, without a date)"]++
	}
	if p.DeceasedDateTime != "" {
		death, ok := c.moments.parse(p.DeceasedDateTime)
		if !ok {
			c.refuse(r, "Patient.deceasedDateTime", "is no date that exists")
			return
		}
		if death.precision != db.DayPrecision {
			c.report.LeftOut["Patient.deceasedDateTime (day not known)"]++
		}
		day := c.moments.day(death)
		row.DeceasedOn = &day
		r.paths["deceasedOn"] = "deceasedDateTime"
	}
}

// contacts keeps the first telephone number and the first e-mail address that
// are in use.
func (p *patient) contacts(c *chart, r *resource, row *db.Patient) {
	for i, t := range p.Telecom {
		path := "telecom[" + strconv.Itoa(i) + "].value"
		value := optional(t.Value)
		switch {
		case value != nil && t.Use != "old" && row.Phone == nil && (t.System == "phone" || t.System == "sms"):
			row.Phone, r.paths["phone"] = value, path
		case value != nil && t.Use != "old" && row.Email == nil && t.System == "email":
			row.Email, r.paths["email"] = value, path
		default:
			c.leftOut("Patient.telecom", 1)
		}
	}
}

// speak keeps the preferred language, or the first one.
func (p *patient) speak(c *chart, r *resource, row *db.Patient) {
	best := -1
	for i, s := range p.Communication {
		if optional(s.Language.code()) != nil && (best < 0 || s.Preferred && !p.Communication[best].Preferred) {
			best = i
		}
	}
	if best >= 0 {
		c.leftOut("Patient.communication", len(p.Communication)-1)
		row.PreferredLanguage = optional(p.Communication[best].Language.code())
		r.paths["preferredLanguage"] = "communication[" + strconv.Itoa(best) + "].language"
	} else {
		c.leftOut("Patient.communication", len(p.Communication))
	}
}

// live keeps the first address that is in use.
func (p *patient) live(c *chart, r *resource, row *db.Patient) {
	for i, a := range p.Address {
		if row.Address != nil || a.Use == "old" {
			c.leftOut("Patient.address", 1)
			continue
		}
		line := strings.Join(a.Line, ", ")
		if strings.TrimSpace(line) == "" {
			line = a.Text
		}
		row.Address = &db.Address{
			Line: optional(line), City: optional(a.City), Region: optional(a.State), PostalCode: optional(a.PostalCode),
		}
		if country := strings.TrimSpace(a.Country); country != "" {
			row.Address.Country = countryOf(country)
			if row.Address.Country == nil {
				c.report.LeftOut["Patient.address.country (no code of ISO 3166-1)"]++
			}
		}
		path := "address[" + strconv.Itoa(i) + "]"
		r.paths["address"], r.paths["address.region"] = path, path+".state"
	}
}

// countryOf turns the two or three letters of ISO 3166-1 into two, or returns nil.
func countryOf(code string) *string {
	region, err := language.ParseRegion(strings.ToUpper(code))
	if err != nil || !region.IsCountry() {
		return nil
	}
	return optional(region.String())
}
