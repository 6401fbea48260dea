package auth_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/clinicql/clinicql/auth"
	"golang.org/x/crypto/argon2"
)

func verify(t *testing.T, h *auth.Hasher, password, encoded string) bool {
	t.Helper()
	ok, err := h.Verify(t.Context(), password, encoded)
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

func hash(t *testing.T, h *auth.Hasher, password string) string {
	t.Helper()
	encoded, err := h.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

// phc returns the hash of password at some cost, made without the code under test.
func phc(password string, memory, passes, lanes, saltSize, keySize int) string {
	salt := []byte(strings.Repeat("s", saltSize))
	key := make([]byte, keySize)
	if lanes > 0 && passes > 0 && memory < 1<<20 && keySize > 0 {
		key = argon2.IDKey([]byte(password), salt, uint32(passes), uint32(memory), uint8(lanes), uint32(keySize))
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", memory, passes, lanes, b64.EncodeToString(salt), b64.EncodeToString(key))
}

func TestHasher(t *testing.T) {
	t.Parallel()
	t.Run("knows a password again, and no other", func(t *testing.T) {
		t.Parallel()
		h := auth.NewHasher()
		encoded := hash(t, h, "four quiet grey geese")
		if !strings.HasPrefix(encoded, "$argon2id$v=19$m=19456,t=2,p=1$") || len(encoded) != 97 {
			t.Errorf("the hash is %q", encoded)
		}
		if !verify(t, h, "four quiet grey geese", encoded) || verify(t, h, "four quiet grey gees", encoded) || verify(t, h, "", encoded) {
			t.Error("passwords are confused")
		}
		if hash(t, h, "four quiet grey geese") == encoded {
			t.Error("equal passwords have equal hashes")
		}
	})
	t.Run("knows a password from another keyboard", func(t *testing.T) {
		t.Parallel()
		h := auth.NewHasher()
		if !verify(t, h, "ein kühler Cafe\u0301", hash(t, h, "ein ku\u0308hler Café")) {
			t.Error("composed and decomposed letters differ")
		}
	})
	t.Run("knows a password at the cost that its hash has", func(t *testing.T) {
		t.Parallel()
		h := auth.NewHasher()
		for _, encoded := range []string{phc("geese", 8192, 1, 1, 16, 32), phc("geese", 9000, 3, 2, 8, 16)} {
			if !verify(t, h, "geese", encoded) || verify(t, h, "ducks", encoded) {
				t.Errorf("%q is not understood", encoded)
			}
		}
	})
	t.Run("refuses what is no hash, or an absurd one", func(t *testing.T) {
		t.Parallel()
		h := auth.NewHasher()
		good := phc("geese", 8192, 1, 1, 16, 32)
		for _, encoded := range []string{
			"geese", "$", strings.Repeat("$", 5), good + "$", good + "=", good[:len(good)-1], " " + good,
			strings.Replace(good, "argon2id", "argon2i", 1), strings.Replace(good, "v=19", "v=16", 1),
			strings.Replace(good, "m=8192", "m=08192", 1), strings.Replace(good, "p=1", "p=1,x=2", 1), strings.Replace(good, "p=1", "p=257", 1),
			phc("geese", 8191, 1, 1, 16, 32), phc("geese", 4<<20, 1, 1, 16, 32), phc("geese", 65537, 1, 1, 16, 32),
			phc("geese", 8192, 0, 1, 16, 32), phc("geese", 8192, 9, 1, 16, 32),
			phc("geese", 8192, 1, 0, 16, 32), phc("geese", 8192, 1, 5, 16, 32),
			phc("geese", 8192, 1, 1, 7, 32), phc("geese", 8192, 1, 1, 65, 32),
			phc("geese", 8192, 1, 1, 16, 0), phc("geese", 8192, 1, 1, 16, 15), phc("geese", 8192, 1, 1, 16, 65),
		} {
			ok, err := h.Verify(t.Context(), "geese", encoded)
			if ok || err == nil {
				t.Errorf("%q is taken", encoded)
			} else if strings.Contains(err.Error(), "c3Nz") {
				t.Errorf("the error repeats the salt: %v", err)
			}
		}
	})
	t.Run("hashes two at once", func(t *testing.T) {
		t.Parallel()
		h := auth.NewHasher()
		h.Occupy(1, 0)
		hash(t, h, "four quiet grey geese")
		if running, places := h.Busy(); running != 1 || places != 1 {
			t.Errorf("afterwards %d run and %d places are taken", running, places)
		}
	})
	t.Run("lets the third wait as long as its context", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			h := auth.NewHasher()
			h.Occupy(2, 19)
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			start := time.Now()
			_, err := h.Hash(ctx, "four quiet grey geese")
			if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Minute {
				t.Errorf("it says %v after %v", err, time.Since(start))
			}
			if _, places := h.Busy(); places != 21 {
				t.Errorf("%d places are taken afterwards", places)
			}
			idle := auth.NewHasher()
			for range 20 {
				if _, err := idle.Verify(ctx, "geese", ""); !errors.Is(err, context.DeadlineExceeded) {
					t.Fatalf("whoever has gone is served: %v", err)
				}
			}
		})
	})
	t.Run("refuses when twenty wait", func(t *testing.T) {
		t.Parallel()
		h := auth.NewHasher()
		h.Occupy(2, 20)
		for _, encoded := range []string{"", phc("geese", 8192, 1, 1, 16, 32)} {
			if _, err := h.Verify(t.Context(), "geese", encoded); !errors.Is(err, auth.ErrBusy) {
				t.Errorf("Verify says %v", err)
			}
		}
		if _, err := h.Hash(t.Context(), "geese"); !errors.Is(err, auth.ErrBusy) {
			t.Errorf("Hash says %v", err)
		}
	})
}

// It is not parallel, because it looks at what the whole process allocates.
func TestHasherWorksForNobody(t *testing.T) {
	h := auth.NewHasher()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if verify(t, h, "geese", "") {
		t.Error("nobody is let in")
	}
	runtime.ReadMemStats(&after)
	if allocated := after.TotalAlloc - before.TotalAlloc; allocated < 19<<20 {
		t.Errorf("it took %d bytes, less than a hash", allocated)
	}
}

func BenchmarkHasher(b *testing.B) {
	h := auth.NewHasher()
	encoded, err := h.Hash(b.Context(), "four quiet grey geese")
	if err != nil {
		b.Fatal(err)
	}
	for name, encoded := range map[string]string{"known": encoded, "nobody": ""} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if ok, err := h.Verify(b.Context(), "four quiet grey geese", encoded); err != nil || ok != (encoded != "") {
					b.Fatal(ok, err)
				}
			}
		})
	}
}
