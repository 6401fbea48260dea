package seed

import (
	"fmt"
	"math/rand/v2"

	"github.com/clinicql/clinicql/db"
)

// A town, with its region and the beginning of its postal codes.
type town struct {
	name, region spelling
	postal       string
}

// towns stand as often as people live there.
var towns = []town{
	tbilisi, tbilisi, tbilisi, tbilisi, tbilisi, tbilisi,
	{spelling{"ბათუმი", "Batumi"}, spelling{"აჭარა", "Adjara"}, "60"},
	{spelling{"ქუთაისი", "Kutaisi"}, spelling{"იმერეთი", "Imereti"}, "46"},
	{spelling{"რუსთავი", "Rustavi"}, spelling{"ქვემო ქართლი", "Kvemo Kartli"}, "37"},
	{spelling{"გორი", "Gori"}, spelling{"შიდა ქართლი", "Shida Kartli"}, "14"},
	{spelling{"ზუგდიდი", "Zugdidi"}, spelling{"სამეგრელო", "Samegrelo"}, "21"},
	{spelling{"თელავი", "Telavi"}, spelling{"კახეთი", "Kakheti"}, "22"},
	{spelling{"მცხეთა", "Mtskheta"}, spelling{"მცხეთა-მთიანეთი", "Mtskheta-Mtianeti"}, "33"},
}

var tbilisi = town{spelling{"თბილისი", "Tbilisi"}, spelling{"თბილისი", "Tbilisi"}, "01"}

var streets = []spelling{
	{"რუსთაველის გამზირი", "Rustaveli Avenue"}, {"აღმაშენებლის გამზირი", "Aghmashenebeli Avenue"},
	{"ჭავჭავაძის ქუჩა", "Chavchavadze Street"}, {"წერეთლის გამზირი", "Tsereteli Avenue"},
	{"კოსტავას ქუჩა", "Kostava Street"}, {"ვაჟა-ფშაველას ქუჩა", "Vazha-Pshavela Street"},
	{"გამსახურდიას ქუჩა", "Gamsakhurdia Street"}, {"თამარ მეფის ქუჩა", "Tamar Mepe Street"},
	{"ბარათაშვილის ქუჩა", "Baratashvili Street"}, {"გორგილაძის ქუჩა", "Gorgiladze Street"},
}

func newAddress(r *rand.Rand, georgian bool) *db.Address {
	t, s := pick(r, towns), pick(r, streets)
	line := fmt.Sprintf("%d %s", 1+r.IntN(120), s.latin)
	city, region := t.name.latin, t.region.latin
	if georgian {
		line = fmt.Sprintf("%s %d", s.georgian, 1+r.IntN(120))
		city, region = t.name.georgian, t.region.georgian
	}
	if percent(r, 40) {
		line += fmt.Sprintf(", %d", 1+r.IntN(90)) // the flat
	}
	postal, country := fmt.Sprintf("%s%02d", t.postal, r.IntN(80)), "GE"
	return &db.Address{Line: &line, City: &city, Region: &region, PostalCode: &postal, Country: &country}
}
