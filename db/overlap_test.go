package db_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/google/uuid"
	"github.com/lib/pq"
)

// A calendar writes visits as somebody would who knows nothing but the tables.
// Those of the numbers above 0 share one thing with the visit 0, be it the
// practitioner, the patient or the room; those below 0 share nothing.
type calendar struct {
	shares                         string
	practitioners, patients, rooms []uuid.UUID
	start                          time.Time
}

func newCalendar(t *testing.T, d *dbtest.Database, shares string) *calendar {
	t.Helper()
	ctx := auth.WithActor(t.Context(), auth.SystemActor("tester"))
	c := &calendar{shares: shares, start: time.Now().Add(24 * time.Hour).Truncate(time.Minute)}
	for n := range 6 {
		doctor := &db.Practitioner{}
		doctor.FamilyName = ptr(fmt.Sprint("Doctor ", n))
		doctor, err := d.CreatePractitioner(ctx, doctor)
		if err != nil {
			t.Fatal(err)
		}
		patient, err := d.CreatePatient(ctx, registering(person(fmt.Sprint("Patient ", n))))
		if err != nil {
			t.Fatal(err)
		}
		room := db.NewID(db.KindRoom)
		d.SQL.MustExec(`INSERT INTO rooms (id, name) VALUES ($1, $2)`, room, fmt.Sprint("Room ", n))
		c.practitioners, c.patients, c.rooms = append(c.practitioners, doctor.ID), append(c.patients, patient.ID), append(c.rooms, room)
	}
	return c
}

// visit is the nth visit, from and until so many minutes after the start of the
// first, as a row of VALUES.
func (c *calendar) visit(n, from, until int, status db.AppointmentStatus, isOverbooked bool) string {
	index := map[string]int{"practitioner": n, "patient": n, "room": n}
	if n > 0 {
		index[c.shares] = 0
	}
	for who, i := range index {
		index[who] = (i + 6) % 6
	}
	id := db.NewID(db.KindAppointment)
	id[0], id[1] = 0, byte(n+100)
	reason, rules, why := "NULL", "{}", "NULL"
	if status == db.Cancelled {
		reason = "'CLINIC'"
	}
	if isOverbooked {
		rules, why = "{OVERBOOKING}", "'Emergency'"
	}
	return fmt.Sprintf("('%s', '%s', '%s', '%s', '%s', '%s', '%s', %s, %t, '%s', %s)", id, c.patients[index["patient"]], c.practitioners[index["practitioner"]],
		c.rooms[index["room"]], c.at(from), c.at(until), status, reason, isOverbooked, rules, why)
}

func (c *calendar) at(minutes int) string {
	return c.start.Add(time.Duration(minutes) * time.Minute).Format(time.RFC3339)
}

const insertVisits = `INSERT INTO appointments (id, patient_id, practitioner_id, room_id, starts_at, ends_at, status, cancellation_reason, is_overbooked,
	overridden_rules, override_reason) VALUES `

// Nobody is in two places at once, whoever writes and however. Two at once are
// the most that is possible on purpose, and of patients not even that.
func TestDatabaseRefusesOverlaps(t *testing.T) {
	t.Parallel()
	for _, shares := range []string{"practitioner", "patient", "room"} {
		t.Run("of the same "+shares, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t)
			c := newCalendar(t, d, shares)
			update := func(n int, set string) string {
				return fmt.Sprintf(`UPDATE appointments SET %s WHERE get_byte(uuid_send(id), 1) = %d`, set, n+100)
			}
			column := shares + "_id"
			base := insertVisits + c.visit(0, 0, 30, db.Booked, false)
			over := insertVisits + c.visit(0, 0, 30, db.Booked, true)
			none, free, twice := "", "appointments_"+shares+"_free", "appointments_"+shares+"_overbooked"
			overbooked := none // what is said of one that is booked over another on purpose
			if shares == "patient" {
				overbooked, twice = free, free
			}
			for _, test := range []struct {
				claim, refusal string
				statements     []string // the last of them is refused
			}{
				{"one that begins in it", free, []string{base, insertVisits + c.visit(1, 29, 45, db.Booked, false)}},
				{"one that ends in it", free, []string{base, insertVisits + c.visit(1, -15, 1, db.Booked, false)}},
				{"one that lies around it", free, []string{base, insertVisits + c.visit(1, -15, 45, db.Booked, false)}},
				{"one that lies in it", free, []string{base, insertVisits + c.visit(1, 10, 11, db.Booked, false)}},
				{"one whose patient waits", free, []string{base, insertVisits + c.visit(1, 0, 30, db.CheckedIn, false)}},
				{"one that goes on", free, []string{base, insertVisits + c.visit(1, 0, 30, db.InProgress, false)}},
				{"one over a visit whose patient waits", free, []string{strings.Replace(base, "BOOKED", "CHECKED_IN", 1), insertVisits + c.visit(1, 0, 30, db.Booked, false)}},
				{"one over a visit that goes on", free, []string{strings.Replace(base, "BOOKED", "IN_PROGRESS", 1), insertVisits + c.visit(1, 0, 30, db.Booked, false)}},
				{"one of several rows", free, []string{base, insertVisits + c.visit(-1, 0, 30, db.Booked, false) + ", " + c.visit(1, 0, 30, db.Booked, false)}},
				{"two rows of one statement", free, []string{insertVisits + c.visit(0, 0, 30, db.Booked, false) + ", " + c.visit(1, 0, 30, db.Booked, false)}},
				{"a move onto it", free, []string{base, insertVisits + c.visit(1, 60, 90, db.Booked, false), update(1, "starts_at = starts_at - interval '1 hour', ends_at = ends_at - interval '1 hour'")}},
				{"a longer end", free, []string{base, insertVisits + c.visit(1, -30, 0, db.Booked, false), update(1, "ends_at = ends_at + interval '1 minute'")}},
				{"a change of who", free, []string{base, insertVisits + c.visit(-1, 0, 30, db.Booked, false), update(-1, fmt.Sprintf("%[1]s = (SELECT %[1]s FROM appointments WHERE get_byte(uuid_send(id), 1) = 100)", column))}},
				{"a move onto a third", free, []string{base, insertVisits + c.visit(1, 60, 90, db.Booked, false) + ", " + c.visit(2, 120, 150, db.Booked, false),
					update(1, "starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour'")}},
				{"a cancelled one that revives", free, []string{base, insertVisits + c.visit(1, 0, 30, db.Cancelled, false), update(1, "status = 'BOOKED', cancellation_reason = NULL")}},
				{"a missed one that revives", free, []string{base, insertVisits + c.visit(1, 0, 30, db.NoShow, false), update(1, "status = 'BOOKED'")}},
				{"a completed one that goes on again", free, []string{base, insertVisits + c.visit(1, 0, 30, db.Completed, false), update(1, "status = 'IN_PROGRESS'")}},
				{"a wish that is confirmed", free, []string{base, insertVisits + c.visit(1, 0, 30, db.Requested, false), update(1, "status = 'BOOKED'")}},
				{"one over a visit that was booked over another", free, []string{over, insertVisits + c.visit(1, 0, 30, db.Booked, false)}},
				{"a move over a visit that was booked over another", free, []string{over, insertVisits + c.visit(1, 60, 90, db.Booked, false), update(1, "starts_at = starts_at - interval '1 hour', ends_at = ends_at - interval '1 hour'")}},
				{"a cancelled one that revives under a visit that was booked over it", free, []string{insertVisits + c.visit(1, 0, 30, db.Cancelled, false), over,
					update(1, "status = 'BOOKED', cancellation_reason = NULL")}},
				{"two that were booked over others", twice, []string{over, insertVisits + c.visit(1, 0, 30, db.Booked, true)}},
				{"a third on purpose", twice, []string{strings.Replace(base, "'BOOKED'", "'COMPLETED'", 1), insertVisits + c.visit(1, 0, 30, db.Booked, true), insertVisits + c.visit(2, 15, 20, db.Booked, true)}},
				{"one on purpose that is made usual", free, []string{base, insertVisits + c.visit(1, 30, 60, db.Booked, true), update(1, "is_overbooked = false, starts_at = starts_at - interval '1 minute'")}},

				{"nothing that begins at its end", none, []string{base, insertVisits + c.visit(1, 30, 60, db.Booked, false)}},
				{"nothing that ends at its start", none, []string{base, insertVisits + c.visit(1, -30, 0, db.Booked, false)}},
				{"nothing over a cancelled one", none, []string{insertVisits + c.visit(0, 0, 30, db.Cancelled, false), insertVisits + c.visit(1, 0, 30, db.Booked, false)}},
				{"nothing over one that is over", none, []string{strings.Replace(base, "BOOKED", "COMPLETED", 1), insertVisits + c.visit(1, 0, 30, db.Booked, false)}},
				{"no wish", none, []string{base, insertVisits + c.visit(1, 0, 30, db.Requested, false)}},
				{"nothing that has nothing to do with it", none, []string{base, insertVisits + c.visit(-1, 0, 30, db.Booked, false)}},
				{"one on purpose only of patients", overbooked, []string{base, insertVisits + c.visit(1, 0, 30, db.Booked, true)}},
				{"no step of a visit over which another was booked", none, []string{base, insertVisits + c.visit(-1, 0, 30, db.Booked, true), update(0, "status = 'CHECKED_IN'")}},
			} {
				t.Run(test.claim, func(t *testing.T) {
					tx, err := d.SQL.Beginx()
					if err != nil {
						t.Fatal(err)
					}
					defer func() { _ = tx.Rollback() }()
					last := len(test.statements) - 1
					for _, s := range test.statements[:last] {
						if _, err := tx.Exec(s); err != nil {
							t.Fatal(err)
						}
					}
					_, err = tx.Exec(test.statements[last])
					var refusal *pq.Error
					switch {
					case test.refusal == none && err != nil:
						t.Errorf("answers %v", err)
					case test.refusal != none && (!errors.As(err, &refusal) || refusal.Code != "23P01" || refusal.Constraint != test.refusal):
						t.Errorf("answers %v, not by %s", err, test.refusal)
					}
				})
			}
		})
	}
}

// Those who write by hand into one calendar at the same moment wait for each
// other: one wins, the others are told so, and none is a deadlock's victim.
func TestDatabaseRefusesOverlaps_atOnce(t *testing.T) {
	t.Parallel()
	const writers, rounds = 5, 150
	for _, shares := range []string{"practitioner", "patient", "room"} {
		t.Run("of the same "+shares, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t)
			c := newCalendar(t, d, shares)
			d.SQL.SetMaxIdleConns(writers) // or they would queue for connections instead
			for round := range rounds {
				begin := make(chan struct{})
				answers := make(chan error, writers)
				for n := range writers {
					statement := insertVisits + c.visit(n+1, 30*round, 30*round+30, db.Booked, false)
					go func() {
						<-begin
						_, err := d.SQL.Exec(statement)
						answers <- err
					}()
				}
				close(begin)
				won := 0
				for range writers {
					var refusal *pq.Error
					switch err := <-answers; {
					case err == nil:
						won++
					case !errors.As(err, &refusal) || refusal.Code != "23P01":
						t.Errorf("answers %v", err)
					}
				}
				if won != 1 {
					t.Fatalf("%d were booked", won)
				}
			}
		})
	}
}
