package seed

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
)

// A person is what the rest of the clinic needs to know of a patient.
type person struct {
	id         uuid.UUID
	sex        db.Sex
	registered time.Time
	born       time.Time
	died       db.Date // "" while alive
}

// age returns the whole years on a day, about as exactly as a specialty needs.
func (p *person) age(day time.Time) int { return int(day.Sub(p.born).Hours() / 24 / 365.25) }

// lives says whether the patient does on a day.
func (p *person) lives(day db.Date) bool { return p.died == "" || day < p.died }

// newPatient makes the nth of so many patients, without an own doctor.
func newPatient(r *rand.Rand, n, of int) (*person, *db.Patient) {
	sex := newSex(r)
	called := newName(r, sex == db.Female)
	p := &person{sex: sex, registered: opened.Add(surveyed.Sub(opened) / time.Duration(of) * time.Duration(n))}
	p.id = newID(r, db.KindPatient, p.registered)
	p.born = newBirth(r, p.registered)
	row := &db.Patient{Sex: sex}
	row.ID = p.id
	row.GivenName, row.FamilyName = &called.given, &called.family
	if r.IntN(400) == 0 {
		row.FamilyName = nil // some people have one name
	}
	p.date(r, row)
	if percent(r, 80) {
		row.Identifiers = db.Identifiers{{System: "https://national-id.example", Value: nationalID(n)}}
	}
	called.reach(r, p, row, n)
	return p, row
}

func newSex(r *rand.Rand) db.Sex {
	switch n := r.IntN(1000); {
	case n < 540:
		return db.Female
	case n < 994:
		return db.Male
	case n < 997:
		return db.OtherSex
	}
	return db.UnknownSex
}

// newBirth returns the day of birth of somebody who is registered then: clinics
// see more of the very young and of the old.
func newBirth(r *rand.Rand, registered time.Time) time.Time {
	years := r.IntN(80)
	switch {
	case percent(r, 12):
		years = r.IntN(7)
	case percent(r, 25):
		years = 55 + r.IntN(42)
	}
	return registered.AddDate(-years, 0, -1-r.IntN(365))
}

// date writes birth and death, each as exactly as it is known.
func (p *person) date(r *rand.Rand, row *db.Patient) {
	born := db.DateOf(p.born)
	row.BirthDate, row.BirthDatePrecision = &born, db.DayPrecision
	switch n := r.IntN(100); {
	case n < 3:
		row.BirthDatePrecision = db.YearPrecision
	case n == 3:
		row.BirthDatePrecision = db.MonthPrecision
	case n == 4:
		row.BirthDate, row.BirthDatePrecision = nil, db.UnknownPrecision
	}
	risk := 2 // in a thousand
	if p.age(surveyed) > 70 {
		risk = 80
	}
	if r.IntN(1000) < risk {
		p.died = db.DateOf(p.registered.Add(time.Duration(r.Float64() * float64(surveyed.Sub(p.registered)))))
		row.DeceasedOn = &p.died
	}
}

// nationalID is a made-up number of eleven digits that no two patients share.
func nationalID(n int) string {
	return fmt.Sprintf("01%09d", (uint64(n)*482_711_113+12_345_678)%1_000_000_000)
}

var mobilePrefixes = []int{551, 555, 557, 558, 568, 571, 574, 577, 579, 591, 592, 593, 595, 597, 598, 599}

// reach writes how somebody of that name is reached, and in which language.
func (called name) reach(r *rand.Rand, p *person, row *db.Patient, n int) {
	if percent(r, 92) {
		phone := fmt.Sprintf("+995 %d %02d %02d %02d", pick(r, mobilePrefixes), r.IntN(100), r.IntN(100), r.IntN(100))
		if percent(r, 30) {
			phone = strings.TrimPrefix(phone, "+995 ") // as people say it at home
		}
		row.Phone = &phone
	}
	if percent(r, 45) && p.age(surveyed) > 12 {
		words := strings.Fields(db.Fold(row.DisplayName()))
		email := fmt.Sprintf("%s.%d@example.org", strings.Join(words, "."), 100+n)
		if isASCII(email) {
			row.Email = &email
		}
	}
	if percent(r, 85) {
		row.Address = newAddress(r, called.georgian)
	}
	if percent(r, 90) {
		row.PreferredLanguage = &called.tongue
	}
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 127 })
}
