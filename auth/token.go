package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// TokenKind is the prefix of a token. It says what the token is for, so that
// none does for another, and so that secret scanners know one that was pasted
// somewhere.
type TokenKind string

// The kinds of tokens.
const (
	SessionToken   TokenKind = "cqs_" // in the cookie of a browser
	APIToken       TokenKind = "cqt_" // in the Authorization header of a program
	LinkToken      TokenKind = "cql_" // in a link that invites, or lets choose a new password
	ChallengeToken TokenKind = "cqc_" // between the password and the second factor
)

const (
	tokenSize     = 32 // random bytes
	tokenKindSize = 4
	tokenTextSize = tokenKindSize + 43 // characters
)

// NewToken returns a new token of 256 random bits, its kind and 43 characters of
// base64url, and its hash. Only the hash is stored: whoever reads the database
// cannot act with it.
func NewToken(kind TokenKind) (token string, hash []byte) {
	secret := make([]byte, tokenSize)
	_, _ = rand.Read(secret) // never fails
	token = string(kind) + base64.RawURLEncoding.EncodeToString(secret)
	return token, hashToken(token)
}

// HashToken returns the kind and the hash of a token that a client sent. It is
// not ok when the text cannot be a token; that is decided before anything is
// hashed, and in no time for a long one.
func HashToken(token string) (kind TokenKind, hash []byte, ok bool) {
	if len(token) != tokenTextSize {
		return "", nil, false
	}
	kind = TokenKind(token[:tokenKindSize])
	switch kind {
	case SessionToken, APIToken, LinkToken, ChallengeToken:
	default:
		return "", nil, false
	}
	// The decoder skips line ends, which leaves too few bytes.
	var secret [tokenSize]byte
	if n, err := base64.RawURLEncoding.Strict().Decode(secret[:], []byte(token[tokenKindSize:])); err != nil || n != tokenSize {
		return "", nil, false
	}
	return kind, hashToken(token), true
}

// A token holds enough chance that one round of a fast hash is enough.
func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
