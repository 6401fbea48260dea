package auth

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

// A SecondFactor is what an authenticator app has to know to make codes: six
// digits, new every 30 seconds (RFC 6238 with SHA-1, which every app knows).
type SecondFactor struct {
	Secret string // 32 characters of base32, to be typed
	URI    string // otpauth://totp/…, which holds the secret too
	QR     string // the URI as an image, data:image/png;base64,…
}

// codeStep is how long a code is the current one.
const codeStep = 30 * time.Second

// minSecretLength is 80 bits in characters of base32. The empty secret of a user
// without a second factor makes codes that anybody can make.
const minSecretLength = 16

// errSecondFactor has no cause, because that would repeat the URI, which holds the secret.
var errSecondFactor = errors.New("make a second factor: the issuer or the account cannot be written as a QR code")

// NewSecondFactor makes a secret and ways to bring it into an app. The app shows
// issuer, the clinic, and account, the login name; neither may be empty.
func NewSecondFactor(issuer, account string) (SecondFactor, error) {
	random := make([]byte, 20)
	_, _ = rand.Read(random) // never fails
	f := SecondFactor{Secret: base32.StdEncoding.EncodeToString(random)}
	f.URI = f.uri(strings.ReplaceAll(issuer, ":", ""), account) // a colon ends it
	key, err := otp.NewKeyFromURL(f.URI)
	if err != nil || issuer == "" || account == "" {
		return SecondFactor{}, errSecondFactor
	}
	code, err := key.Image(256, 256)
	if err != nil {
		return SecondFactor{}, errSecondFactor
	}
	// Cameras need a white margin, whatever the page around it looks like.
	framed := image.NewPaletted(code.Bounds().Inset(-32), color.Palette{color.White, color.Black})
	draw.Draw(framed, code.Bounds(), code, code.Bounds().Min, draw.Src)
	var qr bytes.Buffer
	if err := png.Encode(&qr, framed); err != nil {
		return SecondFactor{}, errSecondFactor
	}
	f.QR = "data:image/png;base64," + base64.StdEncoding.EncodeToString(qr.Bytes())
	return f, nil
}

// uri returns otpauth://totp/issuer:account?…, in which apps want a space to be
// %20. The library's own leaves & as it is, and so loses the rest of a clinic's name.
func (f SecondFactor) uri(issuer, account string) string {
	query := url.Values{"secret": {f.Secret}, "issuer": {issuer}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {"30"}}
	return "otpauth://totp/" + url.PathEscape(issuer) + ":" + url.PathEscape(account) + "?" +
		strings.ReplaceAll(query.Encode(), "+", "%20")
}

// CheckCode says whether code is one that secret makes now, or made or makes one
// step away from now, and returns its step. The step must be greater than last,
// the step of the code that was accepted before: a code works once. The caller
// keeps the step in the transaction that it signs in with.
func CheckCode(secret, code string, last int64, now time.Time) (step int64, ok bool) {
	if len(secret) < minSecretLength {
		return 0, false
	}
	code = strings.ReplaceAll(code, " ", "") // apps show "123 456"
	current := now.Unix() / int64(codeStep/time.Second)
	// Every step is tried, so that the time tells nothing; the last that fits
	// counts, so that one code never fits twice.
	for tried := current - 1; tried <= current+1; tried++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(tried), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, false
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && tried > last {
			step, ok = tried, true
		}
	}
	return step, ok
}
