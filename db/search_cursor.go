package db

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// A searchPlace is what the cursor of a search holds: a patient's place among
// those found. When others come or go, the patient is looked for first.
type searchPlace struct {
	Position int
	ID       uuid.UUID
}

// next returns where the page after the place begins; at the start for no place.
func (p *searchPlace) next(found []*candidate) int {
	if p == nil {
		return 0
	}
	if i := slices.IndexFunc(found, func(c *candidate) bool { return c.ID == p.ID }); i >= 0 {
		return i + 1
	}
	return min(p.Position, len(found))
}

// searchBinding names what a cursor of a search is bound to: the words.
func searchBinding(words string) []byte { return []byte("search\x00" + words) }

func (d *DB) sealSearchCursor(words string, place searchPlace) (string, error) {
	plain, err := json.Marshal(place)
	if err != nil {
		return "", err
	}
	return d.cursors.Load().seal(plain, searchBinding(words)), nil
}

// openSearchCursor reads a cursor that a client gave; nil where there is none.
func (d *DB) openSearchCursor(words string, cursor *string) (*searchPlace, error) {
	if cursor == nil {
		return nil, nil
	}
	invalid := Invalid("after", BadCursor, "is no cursor of this search")
	plain, ok := d.cursors.Load().unseal(*cursor, searchBinding(words))
	if !ok {
		return nil, invalid
	}
	var place searchPlace
	if json.Unmarshal(plain, &place) != nil || place.Position < 0 {
		return nil, invalid
	}
	return &place, nil
}

// seal encrypts what a cursor holds, and authenticates it together with what it
// is bound to. The nonce is made from the content, so that equal places have
// equal cursors.
func (k *cursorKey) seal(plain, binding []byte) string {
	mac := hmac.New(sha256.New, k.mac)
	mac.Write(binding)
	mac.Write(plain)
	nonce := mac.Sum(nil)[:k.aead.NonceSize()]
	sealed := k.aead.Seal(append([]byte{cursorVersion}, nonce...), nonce, plain, binding)
	return base64.RawURLEncoding.EncodeToString(sealed)
}

// unseal returns what a cursor holds, and whether it is one that was sealed with
// the same binding.
func (k *cursorKey) unseal(cursor string, binding []byte) ([]byte, bool) {
	sealed, err := base64.RawURLEncoding.Strict().DecodeString(strings.TrimSpace(cursor))
	if err != nil || len(sealed) < 1+k.aead.NonceSize() || sealed[0] != cursorVersion {
		return nil, false
	}
	nonce, sealed := sealed[1:1+k.aead.NonceSize()], sealed[1+k.aead.NonceSize():]
	plain, err := k.aead.Open(nil, nonce, sealed, binding)
	return plain, err == nil
}
