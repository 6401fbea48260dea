package auth

import (
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// The cost of new hashes: what OWASP's password storage cheat sheet asks of
// Argon2id at least.
const (
	hashMemory   = 19 << 10 // KiB
	hashPasses   = 2
	hashLanes    = 1
	hashSaltSize = 16 // bytes
	hashKeySize  = 32 // bytes
)

// errPasswordHash repeats nothing of the hash.
var errPasswordHash = errors.New("the stored password hash is not one of Argon2id, or its cost is out of bounds")

// decoy stands in for the hash of a user who is not there. Its key is the hash
// of nothing that is known.
var decoy = passwordHash{
	memory: hashMemory, passes: hashPasses, lanes: hashLanes,
	salt: make([]byte, hashSaltSize), key: make([]byte, hashKeySize),
}

// A passwordHash is what a PHC string of Argon2id holds.
type passwordHash struct {
	memory, passes uint32 // memory in KiB
	lanes          uint8
	salt, key      []byte
}

// String returns the PHC string, "$argon2id$v=19$m=19456,t=2,p=1$salt$key".
func (h passwordHash) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.passes, h.lanes,
		b64.EncodeToString(h.salt), b64.EncodeToString(h.key))
}

// derive returns what password makes with the salt and the cost of h. Equal
// characters make the same, however a keyboard composed them. Its memory is collected
// at once: had the collector met it, it would let garbage grow to a multiple of it.
func (h passwordHash) derive(password string, size int) []byte {
	defer runtime.GC()
	return argon2.IDKey(norm.NFC.Bytes([]byte(password)), h.salt, h.passes, h.memory, h.lanes, uint32(size))
}

// parsePasswordHash reads a PHC string. The cost may be another than that of new
// hashes, within bounds: one that was altered must neither stop the server nor
// make guessing cheap.
func parsePasswordHash(encoded string) (passwordHash, error) {
	var h passwordHash
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || len(encoded) > 256 {
		return h, errPasswordHash
	}
	_, costErr := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.passes, &h.lanes)
	var saltErr, keyErr error
	h.salt, saltErr = base64.RawStdEncoding.Strict().DecodeString(parts[4])
	h.key, keyErr = base64.RawStdEncoding.Strict().DecodeString(parts[5])
	// What is written back the same was read whole.
	if costErr != nil || saltErr != nil || keyErr != nil || h.String() != encoded {
		return h, errPasswordHash
	}
	within := h.memory >= 8<<10 && h.memory <= 64<<10 && h.passes >= 1 && h.passes <= 8 && h.lanes >= 1 && h.lanes <= 4 &&
		len(h.salt) >= 8 && len(h.salt) <= 64 && len(h.key) >= 16 && len(h.key) <= 64
	if !within {
		return h, errPasswordHash
	}
	return h, nil
}
