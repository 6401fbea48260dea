package db

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/calendar"
)

// Clinic is the one row of clinics.
type Clinic struct {
	Row
	Name     string `db:"name" max:"200"`
	TimeZone string `db:"time_zone"` // of the IANA database
	Country  string `db:"country"`   // ISO 3166-1; telephone numbers without a prefix belong to it

	UndoPeriod         Duration `db:"undo_period"`         // in which the last step of a visit can be taken back
	CancellationNotice Duration `db:"cancellation_notice"` // later than this before its start, a visit is called off late

	IsDeidentificationStrict bool `db:"is_deidentification_strict"` // analysts see years in the place of shifted dates

	location *time.Location
}

var clinics = newTable(table[Clinic]{name: "clinics", kind: KindClinic, usual: []orderKey{{column: "name"}}})

// The limits of the clinic's settings.
const (
	longestUndoPeriod         = 24 * time.Hour
	longestCancellationNotice = 14 * 24 * time.Hour
)

// zoneForm is that of the names of the IANA database. Go would also read files
// beside it, whose zone is the machine's (localtime) or counts leap seconds (right/UTC).
var zoneForm = regexp.MustCompile(`^[A-Z][0-9A-Za-z_+-]*(/[A-Z][0-9A-Za-z_+-]*)*$`)

// loadZone returns the zone of that name in the IANA database.
func loadZone(name string) (*time.Location, error) {
	if name == "Local" || !zoneForm.MatchString(name) {
		return nil, fmt.Errorf("load a time zone: there is none of that name")
	}
	return time.LoadLocation(name)
}

func (c *Clinic) check(_ *Clinic, found *problems) {
	if _, err := loadZone(c.TimeZone); err != nil {
		found.add("timeZone", UnknownTimeZone, "is not a zone of the IANA database, such as Asia/Tbilisi")
	}
	if c.UndoPeriod < 0 || time.Duration(c.UndoPeriod) > longestUndoPeriod {
		found.add("undoPeriod", OutOfRange, "is at most 24 hours")
	}
	if c.CancellationNotice < 0 || time.Duration(c.CancellationNotice) > longestCancellationNotice {
		found.add("cancellationNotice", OutOfRange, "is at most 14 days")
	}
}

// A cachedClinic is the clinic as it was read a moment ago.
type cachedClinic struct {
	clinic *Clinic
	until  time.Time
}

// clinicAge is how long a change of the clinic may take to be seen by all servers.
const clinicAge = time.Second

// A pastClinic is the clinic as it was at an instant.
type pastClinic struct {
	clinic *Clinic
	at     time.Time
}

// Clinic returns the clinic at the instant that ctx looks at.
func (d *DB) Clinic(ctx context.Context) (*Clinic, error) {
	at, past := pastOf(ctx)
	if past {
		if known := d.clinics.Load(); known != nil && known.at.Equal(at) {
			return known.clinic, nil
		}
		c, err := d.readClinic(ctx)
		if err == nil {
			d.clinics.Store(&pastClinic{c, at})
		}
		if !errors.Is(err, ErrNotFound) {
			return c, err
		}
		ctx = live(ctx) // before there was a clinic, days and times are those of the clinic there is
	}
	known := d.clinic.Load()
	if known != nil && time.Now().Before(known.until) {
		return known.clinic, nil
	}
	c, err := d.readClinic(ctx)
	if err != nil {
		return nil, err
	}
	// Where a change came in while this was read, it may be what was before.
	d.clinic.CompareAndSwap(known, &cachedClinic{c, time.Now().Add(clinicAge)})
	return c, nil
}

// readClinic reads the clinic, whoever asks and without counting it.
func (d *DB) readClinic(ctx context.Context) (*Clinic, error) {
	rows, err := read(auth.WithActor(context.WithValue(ctx, statsKey{}, nil), auth.SystemActor("clinic")), d, clinics, "SELECT "+clinics.list("t")+" FROM clinics t")
	if err == nil && len(rows) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read clinic: %w", err)
	}
	c := rows[0]
	if c.location, err = time.LoadLocation(c.TimeZone); err != nil {
		return nil, fmt.Errorf("read clinic: %w", err)
	}
	return c, nil
}

// UpdateClinic lets change edit the clinic of the expected version. This server
// goes by the new settings at once, the others within a second.
func (d *DB) UpdateClinic(ctx context.Context, expected int32, change func(*Clinic)) (*Clinic, error) {
	if _, err := d.pool(ctx); err != nil { // the clinic is read whoever asks
		return nil, err
	}
	known, err := d.Clinic(ctx)
	if err != nil {
		return nil, err
	}
	c, err := edit(ctx, d, clinics, known.ID, expected, func(_ context.Context, _ *Tx, c *Clinic) error {
		change(c)
		return nil
	})
	d.clinic.Store(&cachedClinic{}) // with an error too, as a lost COMMIT may have taken effect
	if err != nil {
		return nil, err
	}
	c.location, err = time.LoadLocation(c.TimeZone)
	return c, err
}

// Today returns the day on the clinic's calendar at the instant that ctx looks at.
func (c *Clinic) Today(ctx context.Context) Date { return c.DayOf(now(ctx)) }

// today returns the day on the clinic's calendar now.
func (c *Clinic) today() Date { return c.DayOf(time.Now()) }

// DayOf returns the day on the clinic's calendar at an instant.
func (c *Clinic) DayOf(t time.Time) Date { return DateOf(t.In(c.location)) }

// StartOf returns the instant at which a day begins on the clinic's clock.
func (c *Clinic) StartOf(day Date) time.Time {
	return calendar.StartOfDay(c.location, calendar.Date(day))
}

// LocalTime returns what the clinic's calendar and clock show at an instant.
func (c *Clinic) LocalTime(t time.Time) LocalDateTime { return LocalDateTimeOf(t.In(c.location)) }
