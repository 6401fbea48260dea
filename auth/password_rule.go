package auth

import (
	_ "embed" // the list
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The length of a password in characters.
const (
	minPasswordLength = 12
	maxPasswordLength = 200
)

// minGuessLength is the length in characters of the shortest listed password,
// and of what has to be left of a password without its trimmings.
const minGuessLength = 8

// commonPasswordList holds the 16,080 most used passwords of eight and more
// characters, in lower case and in order, a line each: from
// @zxcvbn-ts/language-common 4.1.3, under the licence beside it.
//
//go:embed common_passwords.txt
var commonPasswordList string

var commonPasswords = sync.OnceValue(func() []string { return strings.Fields(commonPasswordList) })

// CheckPassword returns the code and the words of the rule that a new password
// breaks, or "" when it breaks none: TOO_SHORT, TOO_LONG, or TOO_COMMON when it
// is easily guessed by whoever knows what people choose and what it is about,
// such as the login name. It asks for no digits and no capitals, since those
// make people write "Password1!".
func CheckPassword(password string, about ...string) (code, message string) {
	folded := foldPassword(password)
	length := utf8.RuneCountInString(folded)
	switch {
	case length < minPasswordLength:
		return "TOO_SHORT", fmt.Sprintf("is shorter than %d characters", minPasswordLength)
	case length > maxPasswordLength:
		return "TOO_LONG", fmt.Sprintf("is longer than %d characters", maxPasswordLength)
	case isGuessable(folded):
		return "TOO_COMMON", "is easily guessed; four words that have nothing to do with each other are not"
	case isAbout(folded, about):
		return "TOO_COMMON", "is little more than the name"
	}
	return "", ""
}

func foldPassword(text string) string { return strings.ToLower(norm.NFC.String(text)) }

// isGuessable says whether a password is a listed one, a run or a repetition,
// as it stands or without some of the digits and signs that it ends in.
func isGuessable(password string) bool {
	for utf8.RuneCountInString(password) >= minGuessLength {
		if isListed(password) || isRun(password) || isRepetition(password) {
			return true
		}
		last, size := utf8.DecodeLastRuneInString(password)
		if unicode.IsLetter(last) {
			return false
		}
		password = password[:len(password)-size]
	}
	return false
}

func isListed(password string) bool {
	_, found := slices.BinarySearch(commonPasswords(), password)
	return found
}

// runs are what fingers do on a keyboard and what children recite.
var runs = []string{
	"abcdefghijklmnopqrstuvwxyz", "1234567890",
	"qwertyuiopasdfghjklzxcvbnm", "qwertyuiop[]asdfghjkl;'zxcvbnm,./", "1234567890-=qwertyuiop",
	"qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "!@#$%^&*()_+",
	"აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", "ქწერტყუიოპასდფგჰჯკლზხცვბნმ",
}

// isRun says whether a password is a piece of a run, forwards or backwards,
// starting over at its end.
func isRun(password string) bool {
	letters := []rune(password)
	slices.Reverse(letters)
	backwards := string(letters)
	return slices.ContainsFunc(runs, func(run string) bool {
		return strings.Contains(run+run, password) || strings.Contains(run+run, backwards)
	})
}

// isRepetition says whether a password is a short or a listed piece over and
// over, the last one perhaps not whole.
func isRepetition(password string) bool {
	letters := []rune(password)
	for size := 1; size <= len(letters)/2; size++ {
		if slices.Equal(letters[size:], letters[:len(letters)-size]) {
			return size < minGuessLength || isListed(string(letters[:size]))
		}
	}
	return false
}

// isAbout says whether little is left of a password without the names that its
// owner is known by. Names of fewer than four characters are chance.
func isAbout(password string, names []string) bool {
	folded := make([]string, len(names))
	for i, name := range names {
		folded[i] = foldPassword(name)
	}
	slices.SortFunc(folded, func(a, b string) int { return len(b) - len(a) }) // one may hold another
	rest := password
	for _, name := range folded {
		if utf8.RuneCountInString(name) >= 4 {
			rest = strings.ReplaceAll(rest, name, "")
		}
	}
	return rest != password && utf8.RuneCountInString(rest) < minGuessLength
}
