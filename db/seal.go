package db

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"strings"
	"sync"
)

// cursorVersion is the first byte of a cursor, so that its form can change.
const cursorVersion = 1

// A cursorKey seals cursors. A cursor holds the values that its list is ordered
// by, names and birth dates among them, so it is encrypted; and it is
// authenticated together with the order, so that an edited cursor or one of
// another list is told.
type cursorKey struct {
	aead    cipher.AEAD
	sealers sync.Pool
}

// A sealer makes one cursor after the other.
type sealer struct {
	*cursorKey
	mac                 hash.Hash
	plain, sealed, text []byte
}

func newCursorKey(secret []byte, aead cipher.AEAD) *cursorKey {
	k := &cursorKey{aead: aead}
	k.sealers.New = func() any { return &sealer{cursorKey: k, mac: hmac.New(sha256.New, secret)} }
	return k
}

// loadCursorKey reads the key that all replicas share, once.
func (d *DB) loadCursorKey(ctx context.Context) error {
	if d.cursors.Load() != nil {
		return nil
	}
	secret, err := d.secret(ctx, "cursor")
	if err != nil {
		return err
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return err
	}
	aead, err := cipher.NewGCM(block)
	d.cursors.Store(newCursorKey(secret, aead))
	return err
}

// secret reads the key kept for a purpose.
func (d *DB) secret(ctx context.Context, purpose string) (value []byte, err error) {
	err = d.pools[system].GetContext(ctx, &value, "SELECT value FROM secrets WHERE purpose = $1", purpose)
	return value, translate(err)
}

// take returns a sealer, until it is given back.
func (k *cursorKey) take() *sealer { return k.sealers.Get().(*sealer) }

func (s *sealer) giveBack() { s.sealers.Put(s) }

// seal encrypts what a cursor holds, and authenticates it together with what it
// is bound to. The nonce is made from the content, so that equal places have
// equal cursors.
func (k *cursorKey) seal(plain, binding []byte) string {
	s := k.take()
	defer s.giveBack()
	return s.seal(plain, binding)
}

func (s *sealer) seal(plain, binding []byte) string {
	s.mac.Reset()
	s.mac.Write(binding)
	s.mac.Write(plain)
	s.sealed = s.mac.Sum(append(s.sealed[:0], cursorVersion))[:1+s.aead.NonceSize()] // of the sum the beginning is the nonce
	s.sealed = s.aead.Seal(s.sealed, s.sealed[1:], plain, binding)
	s.text = base64.RawURLEncoding.AppendEncode(s.text[:0], s.sealed)
	return string(s.text)
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
