package db_test

import (
	"testing"

	"github.com/clinicql/clinicql/db"
)

// Pitfalls 27 to 29: both scripts, capitals of either and accents come together.
func TestFold(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"ბერიძე":             "beridze",
		"ᲑᲔᲠᲘᲫᲔ":             "beridze", // Mtavruli
		"BERIDZE":            "beridze",
		"ყიფიანი":            "kipiani",
		"Qipiani":            "kipiani",
		"K’ip’iani":          "kipiani",
		"Müller-Łukasiewicz": "muller lukasiewicz",
		"  O'Brien,  Seán ":  "obrien sean",
		"Straße":             "strasse",
		"Иванов":             "иванов",
		"--":                 "",
		"":                   "",
	} {
		if got := db.Fold(text); got != want {
			t.Errorf("Fold(%q) is %q, not %q", text, got, want)
		}
	}
}
