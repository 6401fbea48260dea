package embedded

import (
	"fmt"
	"slices"
	"testing"
)

// Postgres's cache follows the memory, between bounds.
func TestOfMemory(t *testing.T) {
	t.Parallel()
	for megabytes, want := range map[uint64][]string{
		0:       {"shared_buffers=128MB", "effective_cache_size=128MB"}, // not known
		256:     {"shared_buffers=128MB", "effective_cache_size=128MB"},
		2048:    {"shared_buffers=512MB", "effective_cache_size=1024MB"},
		1 << 20: {"shared_buffers=4096MB", "effective_cache_size=524288MB"},
	} {
		if got := ofMemory(megabytes << 20); !slices.Equal(got, want) {
			t.Errorf("of %d MB: %v, want %v", megabytes, got, want)
		}
	}
}

// A server that is to last has what follows from the memory that there is.
func TestStart_memory(t *testing.T) {
	t.Parallel()
	db := open(t, run(t, Options{Dir: tempDir(t)}))
	got := one(t, db, `SELECT concat('shared_buffers=', pg_size_bytes(current_setting('shared_buffers')) >> 20, 'MB effective_cache_size=', pg_size_bytes(current_setting('effective_cache_size')) >> 20, 'MB')`)
	if want := ofMemory(memory()); got != fmt.Sprintf("%s %s", want[0], want[1]) {
		t.Errorf("%s, want %s", got, want)
	}
}
