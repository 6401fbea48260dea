package db_test

import (
	"testing"

	"github.com/clinicql/clinicql/db/dbtest"
)

// After a start, some connections of those that most requests come from are open, and the
// others are left for who asks meanwhile.
func TestWarm(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	d.Warm(t.Context())
	for login, pool := range d.PoolStats() {
		want := 0
		if login == "care" || login == "reception" {
			want = pool.MaxOpenConnections / 2
		}
		if pool.Idle != want || pool.InUse > 0 {
			t.Errorf("%s: %d connections are open and %d used, want %d and none", login, pool.Idle, pool.InUse, want)
		}
	}
}
