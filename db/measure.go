package db

import (
	"context"
	"database/sql"
	"time"
)

// PoolStats tells how the connections of each of the database's logins are used.
func (d *DB) PoolStats() map[string]sql.DBStats {
	stats := map[string]sql.DBStats{}
	for login, pool := range d.pools {
		stats[string(login)] = pool.Stats()
	}
	return stats
}

// AuditLag returns how long the oldest row of the audit that is finished has waited
// for its seal.
func (d *DB) AuditLag(ctx context.Context) (time.Duration, error) {
	var s sealing
	if err := d.pools[system].GetContext(ctx, &s, sealingQuery); err != nil {
		return 0, translate(err)
	}
	var seconds float64
	err := d.pools[system].GetContext(ctx, &seconds, "SELECT coalesce(extract(epoch FROM now() - min(l.at)), 0) FROM "+unsealed, s.SettledID, s.Drawn, s.Closed)
	return time.Duration(seconds * float64(time.Second)), translate(err)
}

// Reads tells how many statements of reads the primary and standbys served, and
// whether standbys do at the moment. Where there are none isReplicated is false.
func (d *DB) Reads() (primary, standby int64, isReplicated, isServing bool) {
	if d.standbys == nil {
		return d.byPrimary.Load(), 0, false, false
	}
	return d.byPrimary.Load(), d.standbys.served.Load(), true, !d.standbys.isAway.Load()
}

// StandbyLag returns how many bytes of the primary's log one of the standbys, which
// there must be, has not replayed.
func (d *DB) StandbyLag(ctx context.Context) (int64, error) {
	lag, err := d.standbys.lag(ctx)
	return lag, translate(err)
}
