package auth_test

import (
	"bytes"
	"encoding/base64"
	"image/color"
	"image/png"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/pquerna/otp"
)

func TestNewSecondFactor(t *testing.T) {
	t.Parallel()
	f, err := auth.NewSecondFactor("Klinik & Söhne: Nord", "nino.beridze")
	if err != nil {
		t.Fatal(err)
	}
	uri, err := url.Parse(f.URI)
	if err != nil || uri.Scheme != "otpauth" || uri.Host != "totp" || uri.Path != "/Klinik & Söhne Nord:nino.beridze" ||
		uri.Query().Get("secret") != f.Secret || uri.Query().Get("issuer") != "Klinik & Söhne Nord" || len(f.Secret) != 32 {
		t.Errorf("the URI is %s (%v)", f.URI, err)
	}
	if other, _ := auth.NewSecondFactor("Klinik & Söhne: Nord", "nino.beridze"); other.Secret == f.Secret {
		t.Error("two users share a secret")
	}
	encoded, ok := strings.CutPrefix(f.QR, "data:image/png;base64,")
	data, err := base64.StdEncoding.DecodeString(encoded)
	if !ok || err != nil {
		t.Fatalf("the QR code is %.50s (%v)", f.QR, err)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	key, err := otp.NewKeyFromURL(f.URI)
	if err != nil {
		t.Fatal(err)
	}
	want, err := key.Image(256, 256)
	if err != nil {
		t.Fatal(err)
	}
	for y := -32; y < 288; y++ {
		for x := -32; x < 288; x++ {
			inside := x >= 0 && y >= 0 && x < 256 && y < 256
			white := !inside || color.GrayModel.Convert(want.At(x, y)) == color.GrayModel.Convert(color.White)
			at := picture.Bounds().Min
			if got := color.GrayModel.Convert(picture.At(at.X+x+32, at.Y+y+32)) == color.GrayModel.Convert(color.White); got != white {
				t.Fatalf("the pixel at %d, %d is wrong", x, y)
			}
		}
	}
}

func TestNewSecondFactor_refuses_without_repeating_a_secret(t *testing.T) {
	t.Parallel()
	for name, account := range map[string]string{"nobody": "", "a book": strings.Repeat("nino", 1000)} {
		f, err := auth.NewSecondFactor("Clinic", account)
		if err == nil || strings.Contains(err.Error(), "secret=") || strings.Contains(err.Error(), "nino") || f != (auth.SecondFactor{}) {
			t.Errorf("%s gives %v", name, err)
		}
	}
}

func TestCheckCode(t *testing.T) {
	t.Parallel()
	// RFC 6238, appendix B: the last six digits of its codes for SHA-1.
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	at := func(seconds int64) time.Time { return time.Unix(seconds, 0) }
	for name, c := range map[string]struct {
		secret, code string
		last         int64
		now          time.Time
		step         int64
	}{
		"takes the code of now":           {secret, "287082", 0, at(59), 1},
		"takes a later one of the RFC":    {secret, "081804", 0, at(1111111109), 37037036},
		"takes it with a space":           {secret, "081 804", 0, at(1111111109), 37037036},
		"takes the code of a step before": {secret, "287082", 0, at(89), 1},
		"takes the code of a step after":  {secret, "287082", 0, at(29), 1},
		"refuses two steps before":        {secret, "287082", 0, at(90), 0},
		"refuses two steps after":         {secret, "081804", 0, at(37037034*30 + 29), 0},
		"refuses a code again":            {secret, "287082", 1, at(59), 0},
		"refuses an older code":           {secret, "287082", 2, at(59), 0},
		"takes the next code":             {secret, "081804", 37037035, at(1111111109), 37037036},
		"refuses another":                 {secret, "287083", 0, at(59), 0},
		"refuses five digits":             {secret, "28708", 0, at(59), 0},
		"refuses eight digits":            {secret, "94287082", 0, at(59), 0},
		"refuses nothing":                 {secret, "", 0, at(59), 0},
		"refuses the code of no secret":   {"", "812658", 0, at(59), 0},
		"refuses what is no secret":       {strings.Repeat("!", 32), "287082", 0, at(59), 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if step, ok := auth.CheckCode(c.secret, c.code, c.last, c.now); step != c.step || ok != (c.step != 0) {
				t.Errorf("it says %d, %t", step, ok)
			}
		})
	}
}
