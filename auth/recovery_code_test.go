package auth_test

import (
	"bytes"
	"crypto/sha256"
	"regexp"
	"testing"

	"github.com/clinicql/clinicql/auth"
)

func TestNewRecoveryCodes(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){2}$`)
	seen, letters := map[string]bool{}, map[rune]bool{}
	for range 50 {
		codes := auth.NewRecoveryCodes()
		if len(codes) != 10 {
			t.Fatalf("there are %d codes", len(codes))
		}
		for _, code := range codes {
			if !form.MatchString(code) || seen[code] {
				t.Fatalf("%q is no new code", code)
			}
			seen[code] = true
			for _, r := range code {
				letters[r] = true
			}
		}
	}
	if len(letters) != 32+1 {
		t.Errorf("codes are made of %d characters", len(letters))
	}
}

func TestHashRecoveryCode(t *testing.T) {
	t.Parallel()
	want := sha256.Sum256([]byte("k7mqx2vd9rtp"))
	for _, code := range []string{"k7mq-x2vd-9rtp", "K7MQ X2VD 9RTP", " k7mqx2vd9rtp\n", "k7mq–x2vd–9rtp"} {
		if !bytes.Equal(auth.HashRecoveryCode(code), want[:]) {
			t.Errorf("%q is another code", code)
		}
	}
	if bytes.Equal(auth.HashRecoveryCode("k7mq-x2vd-9rtq"), want[:]) {
		t.Error("another code is the same")
	}
}
