package db

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"
)

// connectionLife is how long a connection is kept, used or not: until then nobody waits for
// it again. What it took of the database is given back then, and so are connections that
// were opened when many asked and are not opened anew; and an address that leads elsewhere
// by now is followed.
const connectionLife = 30 * time.Minute

// Warm opens half of the connections of those that most requests come from, one after the
// other, so that the first who ask after a start do not wait for them. What cannot be opened
// now is when somebody needs it.
func (d *DB) Warm(ctx context.Context) {
	for _, l := range []login{care, reception} {
		var open []*sqlx.Conn
		for range poolSizes[l] / 2 {
			conn, err := d.pools[l].Connx(ctx)
			if err != nil {
				break
			}
			open = append(open, conn)
		}
		for _, conn := range open {
			_ = conn.Close() // gives it back
		}
	}
}
