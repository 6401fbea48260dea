package db

import (
	"context"
	"fmt"
	"time"

	"github.com/clinicql/clinicql/auth"
)

// Clinic is the one row of clinics.
type Clinic struct {
	Row
	Name     string `db:"name" max:"200"`
	TimeZone string `db:"time_zone"` // of the IANA database
	Country  string `db:"country"`   // ISO 3166-1; telephone numbers without a prefix belong to it

	UndoPeriod         Duration `db:"undo_period"`         // in which the last step of a visit can be taken back
	CancellationNotice Duration `db:"cancellation_notice"` // later than this before its start, a visit is called off late

	location *time.Location
}

var clinics = newTable(table[Clinic]{name: "clinics", kind: KindClinic, usual: []orderKey{{column: "name"}}})

// A cachedClinic is the clinic as it was read a moment ago.
type cachedClinic struct {
	clinic *Clinic
	until  time.Time
}

// clinicAge is how long a change of the clinic may take to be seen by all servers.
const clinicAge = time.Second

// Clinic returns the clinic.
func (d *DB) Clinic(ctx context.Context) (*Clinic, error) {
	if c := d.clinic.Load(); c != nil && time.Now().Before(c.until) {
		return c.clinic, nil
	}
	rows, err := read(auth.WithActor(context.WithValue(ctx, statsKey{}, nil), auth.SystemActor("clinic")), d, clinics, "SELECT "+clinics.list("t")+" FROM clinics t")
	if err != nil {
		return nil, err
	}
	if len(rows) != 1 {
		return nil, fmt.Errorf("read clinic: there are %d", len(rows))
	}
	c := rows[0]
	if c.location, err = time.LoadLocation(c.TimeZone); err != nil {
		return nil, fmt.Errorf("read clinic: %w", err)
	}
	d.clinic.Store(&cachedClinic{c, time.Now().Add(clinicAge)})
	return c, nil
}

// Today returns the day on the clinic's calendar.
func (c *Clinic) Today() Date { return c.DayOf(time.Now()) }

// DayOf returns the day on the clinic's calendar at an instant.
func (c *Clinic) DayOf(t time.Time) Date { return DateOf(t.In(c.location)) }

// LocalTime returns what the clinic's calendar and clock show at an instant.
func (c *Clinic) LocalTime(t time.Time) LocalDateTime { return LocalDateTimeOf(t.In(c.location)) }
