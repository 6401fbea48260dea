package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
)

// ErrBusy says that as many passwords as may are being hashed or wait for it.
// The same call may succeed later.
var ErrBusy = errors.New("too many sign-ins at once")

// A hash takes 19 MiB and one core, so that a rush of sign-ins must not become
// one of the server's memory: this many run, that many more wait.
const (
	hashesAtOnce  = 2
	hashesWaiting = 20
)

// A Hasher hashes passwords with Argon2id, a few at a time.
type Hasher struct {
	places  chan struct{} // held by those who hash or wait
	running chan struct{} // held by those who hash
}

// NewHasher returns a Hasher. A server has one, or its bound on memory is none.
func NewHasher() *Hasher {
	return &Hasher{
		places:  make(chan struct{}, hashesAtOnce+hashesWaiting),
		running: make(chan struct{}, hashesAtOnce),
	}
}

// Hash returns the hash of a new password as a PHC string of 97 characters. It
// returns ErrBusy when too many wait, and the error of ctx when that ends while
// it waits.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	hash := passwordHash{memory: hashMemory, passes: hashPasses, lanes: hashLanes, salt: make([]byte, hashSaltSize)}
	_, _ = rand.Read(hash.salt) // never fails
	hash.key = hash.derive(password, hashKeySize)
	return hash.String(), nil
}

// Verify says whether password is the one that encoded was made of. With no
// encoded it works as long and says no, so that the time of an answer does not
// tell who is a user. It returns ErrBusy and the error of ctx as Hash does.
func (h *Hasher) Verify(ctx context.Context, password, encoded string) (bool, error) {
	stored := decoy
	if encoded != "" {
		var err error
		if stored, err = parsePasswordHash(encoded); err != nil {
			return false, err
		}
	}
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	same := subtle.ConstantTimeCompare(stored.derive(password, len(stored.key)), stored.key) == 1
	return same && encoded != "", nil
}

// enter waits until the caller may hash. Whoever entered must leave.
func (h *Hasher) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case h.places <- struct{}{}:
	default:
		return ErrBusy
	}
	select {
	case h.running <- struct{}{}:
		return nil
	case <-ctx.Done():
		<-h.places
		return ctx.Err()
	}
}

func (h *Hasher) leave() {
	<-h.running
	<-h.places
}
