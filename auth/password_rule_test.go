package auth_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
)

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	about := []string{"nino.beridze", "Nino", "Ninotchka.B", "Beridze", "MD"}
	for password, want := range map[string]string{
		"four quiet grey geese":              "",
		"ოთხი წყნარი ბატი":                   "",
		"V7#kq0zPw!2m":                       "",
		"490275318264":                       "",
		"password of four geese":             "",
		"nino likes grey geese":              "",
		"mdmdmdxkqtv7":                       "",
		"ab c1ab c1ab c1":                    "TOO_COMMON",
		"":                                   "TOO_SHORT",
		"four geese!":                        "TOO_SHORT",
		"ოთხი ბატი 1":                        "TOO_SHORT",
		strings.Repeat("e\u0301", 11):        "TOO_SHORT",
		strings.Repeat("geese ", 33) + "on":  "",
		strings.Repeat("geese ", 33) + "one": "TOO_LONG",
		"unbelievable":                       "TOO_COMMON", // listed
		"Password1234":                       "TOO_COMMON", // listed without its end
		"sunshine!!2024":                     "TOO_COMMON",
		"Trustno1-2024":                      "TOO_COMMON",
		"baseballbaseball":                   "TOO_COMMON",
		"eeeeeeeeeeee":                       "TOO_COMMON",
		"ეეეეეეეეეეეე":                       "TOO_COMMON",
		"geesegeesege":                       "TOO_COMMON",
		"abcdefghijkl":                       "TOO_COMMON",
		"ZYXWVUTSRQPO":                       "TOO_COMMON",
		"678901234567":                       "TOO_COMMON",
		"qwertyuiop[]":                       "TOO_COMMON",
		"mnbvcxzlkjhg":                       "TOO_COMMON",
		"defghijk2024!":                      "TOO_COMMON",
		"აბგდევზთიკლმ":                       "TOO_COMMON",
		"Nino.Beridze1":                      "TOO_COMMON", // the login
		"beridze12345":                       "TOO_COMMON",
		"xBeridzeNino17":                     "TOO_COMMON",
		"ninotchka.b77":                      "TOO_COMMON",
		"nino-beridze-77":                    "TOO_COMMON",
	} {
		code, message := auth.CheckPassword(password, about...)
		if code != want || (message == "") != (code == "") {
			t.Errorf("%q is %q (%s), not %q", password, code, message, want)
		}
		if len(password) > 4 && strings.Contains(message, password) {
			t.Errorf("the message repeats the password: %s", message)
		}
	}
	if code, _ := auth.CheckPassword("beridze12345"); code != "" {
		t.Errorf("without a name it is %q", code)
	}
}

// The search in the list needs its order, and the rule its length.
func TestCommonPasswords(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("common_passwords.txt")
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(string(text))
	if len(words) != strings.Count(string(text), "\n") || len(words) < 10_000 || !slices.IsSorted(words) {
		t.Errorf("%d words are no sorted list of one a line", len(words))
	}
	for i, word := range words {
		if len(word) < 8 || word != strings.ToLower(word) || i > 0 && words[i-1] == word {
			t.Errorf("%q cannot be in the list", word)
		}
	}
}
