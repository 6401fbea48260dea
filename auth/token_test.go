package auth_test

import (
	"bytes"
	"crypto/sha256"
	"regexp"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
)

func TestNewToken(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^cq[stlc]_[A-Za-z0-9_-]{43}$`)
	seen := map[string]bool{}
	for _, kind := range []auth.TokenKind{auth.SessionToken, auth.APIToken, auth.LinkToken, auth.ChallengeToken} {
		for range 100 {
			token, hash := auth.NewToken(kind)
			sum := sha256.Sum256([]byte(token))
			if !form.MatchString(token) || !strings.HasPrefix(token, string(kind)) || !bytes.Equal(hash, sum[:]) || seen[token] {
				t.Fatalf("%q is no new token of %s", token, kind)
			}
			seen[token] = true
			gotKind, gotHash, ok := auth.HashToken(token)
			if !ok || gotKind != kind || !bytes.Equal(gotHash, hash) {
				t.Fatalf("%q is read as %q, %x, %t", token, gotKind, gotHash, ok)
			}
		}
	}
}

func TestHashToken_refuses(t *testing.T) {
	t.Parallel()
	letters := strings.Repeat("A", 43)
	if _, _, ok := auth.HashToken("cqs_" + letters); !ok {
		t.Fatal("the pattern of this test is no token")
	}
	for name, token := range map[string]string{
		"nothing":        "",
		"a prefix":       "cqs_",
		"a short one":    "cqs_" + letters[1:],
		"a long one":     "cqs_" + letters + "A",
		"a huge one":     "cqs_" + strings.Repeat("A", 64<<10),
		"another kind":   "cqx_" + letters,
		"capitals":       "CQS_" + letters,
		"a space":        "cqs_" + letters[1:] + " ",
		"a line end":     "cqs_" + letters[1:] + "\n",
		"padding":        "cqs_" + letters[1:] + "=",
		"plain base64":   "cqs_" + letters[1:] + "/",
		"a loose end":    "cqs_" + letters[1:] + "B", // two bits too many
		"other letters":  "cqs_" + letters[2:] + "ა"[:2],
		"only the chars": letters + "AAAA",
	} {
		if kind, hash, ok := auth.HashToken(token); ok || hash != nil || kind != "" {
			t.Errorf("%s is a token of kind %q", name, kind)
		}
	}
}
