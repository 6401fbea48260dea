package db

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// georgian is the national romanisation, with the letters that differ only by
// an apostrophe or that people write alike brought together: ყ is read as k.
var georgian = map[rune]string{
	'ა': "a", 'ბ': "b", 'გ': "g", 'დ': "d", 'ე': "e", 'ვ': "v", 'ზ': "z", 'თ': "t", 'ი': "i", 'კ': "k", 'ლ': "l",
	'მ': "m", 'ნ': "n", 'ო': "o", 'პ': "p", 'ჟ': "zh", 'რ': "r", 'ს': "s", 'ტ': "t", 'უ': "u", 'ფ': "p", 'ქ': "k",
	'ღ': "gh", 'ყ': "k", 'შ': "sh", 'ჩ': "ch", 'ც': "ts", 'ძ': "dz", 'წ': "ts", 'ჭ': "ch", 'ხ': "kh", 'ჯ': "j", 'ჰ': "h",
	'ჱ': "e", 'ჲ': "y", 'ჳ': "w", 'ჴ': "q", 'ჵ': "o", 'ჶ': "f",
}

// folded holds Latin letters that no decomposition takes to the plain alphabet.
var folded = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ı': "i", 'ə': "e", 'q': "k",
}

// Fold brings a text into the form that names are compared in: Latin letters
// without accents and case, words parted by single spaces, punctuation gone.
// Georgian, Mtavruli included, is romanised, so that both scripts meet.
func Fold(s string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFKD.String(s) {
		r = unicode.ToLower(r) // brings Mtavruli to Mkhedruli too
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == 'ʼ', r == '`':
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if latin, ok := georgian[r]; ok {
			b.WriteString(latin)
		} else if latin, ok := folded[r]; ok {
			b.WriteString(latin)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
