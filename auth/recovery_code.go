package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"strings"
	"unicode"
)

// recoveryAlphabet has 32 characters, 5 bits each, without those that look like
// another: 0 and o, 1 and l.
const recoveryAlphabet = "23456789abcdefghijkmnpqrstuvwxyz"

// NewRecoveryCodes returns ten codes such as "k7mq-x2vd-9rtp", of 60 random bits
// each, that sign in once instead of the second factor. Their owner keeps them on paper.
func NewRecoveryCodes() []string {
	codes := make([]string, 10)
	for i := range codes {
		letters := make([]byte, 12)
		_, _ = rand.Read(letters) // never fails
		for j, b := range letters {
			letters[j] = recoveryAlphabet[int(b)%len(recoveryAlphabet)]
		}
		codes[i] = string(letters[:4]) + "-" + string(letters[4:8]) + "-" + string(letters[8:])
	}
	return codes
}

// HashRecoveryCode returns what is stored of a code, SHA-256. Capitals, spaces
// and hyphens make no difference, so that it can be copied from paper.
func HashRecoveryCode(code string) []byte {
	plain := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Dash, r) {
			return -1
		}
		return r
	}, strings.ToLower(code))
	sum := sha256.Sum256([]byte(plain))
	return sum[:]
}
